"""Addresses of people."""

from django.urls import path

from network.experts.views import directory, editing
from network.foundations import paths

paths.register()

app_name = "experts"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("me/", editing.overview, name="me"),
    path("me/publish/", editing.publish, name="publish"),
    path("me/hide/", editing.hide, name="hide"),
    path("me/as/<slug:eyes>/", editing.preview, name="preview"),
    path("me/<slug:section>/", editing.edit, name="edit"),
    path("photos/<slug:key>/<int:size>.webp", directory.photo, name="photo"),
    path("<anyscript:slug>/", directory.detail, name="detail"),
]
