"""Addresses of people."""

from django.urls import path

from network.experts.views import directory, editing, exports, intake, shortlists
from network.foundations import paths

paths.register()

app_name = "experts"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("me/", editing.overview, name="me"),
    path("me/publish/", editing.publish, name="publish"),
    path("me/hide/", editing.hide, name="hide"),
    path("me/as/<slug:eyes>/", editing.preview, name="preview"),
    path("me/suggestions/", intake.suggestions, name="suggestions"),
    path("me/<slug:section>/", editing.edit, name="edit"),
    path("lists/", intake.lists, name="people_lists"),
    path("lists/<int:pk>/", intake.people_list, name="people_list"),
    path("lists/<int:pk>/start/", intake.start, name="people_list_start"),
    path("lists/<int:pk>/forget/", intake.forget, name="people_list_forget"),
    path("lists/<int:pk>/to-mend.csv", intake.rejected, name="people_list_rejected"),
    path("from-a-list/<str:token>/", intake.answer, name="from_list"),
    path("photos/<slug:key>/<int:size>.webp", directory.photo, name="photo"),
    path("shortlists/", shortlists.shortlists, name="shortlists"),
    path("shortlists/new/", shortlists.new, name="shortlist_new"),
    path("shortlists/put/", shortlists.put, name="shortlist_put"),
    path("shortlists/<slug:key>/", shortlists.shortlist, name="shortlist"),
    path("shortlists/<slug:key>/edit/", shortlists.edit, name="shortlist_edit"),
    path("shortlists/<slug:key>/delete/", shortlists.delete, name="shortlist_delete"),
    path("shortlists/<slug:key>/share/", shortlists.share, name="shortlist_share"),
    path("shortlists/<slug:key>/shares/<int:pk>/end/", shortlists.unshare, name="shortlist_unshare"),
    path("shortlists/<slug:key>/people/<int:pk>/note/", shortlists.note, name="shortlist_note"),
    path("shortlists/<slug:key>/people/<int:pk>/off/", shortlists.take_off, name="shortlist_take_off"),
    path("export/", exports.export, name="export"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:pk>/file/", exports.download, name="export_file"),
    path("<anyscript:slug>/", directory.detail, name="detail"),
]
