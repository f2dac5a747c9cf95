"""Addresses of people."""

from django.urls import path

from network.experts.views import directory, editing, rosters
from network.foundations import paths

paths.register()

app_name = "experts"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("me/", editing.overview, name="me"),
    path("me/publish/", editing.publish, name="publish"),
    path("me/hide/", editing.hide, name="hide"),
    path("me/as/<slug:eyes>/", editing.preview, name="preview"),
    path("me/suggestions/", rosters.suggestions, name="suggestions"),
    path("me/<slug:section>/", editing.edit, name="edit"),
    path("lists/", rosters.lists, name="rosters"),
    path("lists/<int:pk>/", rosters.roster, name="roster"),
    path("lists/<int:pk>/start/", rosters.start, name="roster_start"),
    path("lists/<int:pk>/forget/", rosters.forget, name="roster_forget"),
    path("lists/<int:pk>/to-mend.csv", rosters.rejected, name="roster_rejected"),
    path("from-a-list/<str:token>/", rosters.answer, name="from_list"),
    path("photos/<slug:key>/<int:size>.webp", directory.photo, name="photo"),
    path("<anyscript:slug>/", directory.detail, name="detail"),
]
