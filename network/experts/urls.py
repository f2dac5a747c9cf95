"""Addresses of people."""

from django.urls import path

from network.experts.views import bringing, directory, documents, editing, looking, messages
from network.foundations import paths

paths.register()

app_name = "experts"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("me/", editing.overview, name="me"),
    path("me/publish/", editing.publish, name="publish"),
    path("me/hide/", editing.hide, name="hide"),
    path("me/as/<slug:eyes>/", looking.preview, name="preview"),
    path("me/history/", looking.history, name="history"),
    path("me/history/forget/", looking.forget_history, name="forget_history"),
    path("me/history/<int:pk>/", looking.bring_back, name="bring_back"),
    path("me/publications/bring/", bringing.publications, name="bring_publications"),
    path("me/publications/keep/", bringing.keep_publications, name="keep_publications"),
    path("me/publications.bib", bringing.own_bibtex, name="own_bibtex"),
    path("me/card/", bringing.own_card, name="own_card"),
    path("me/card/bring/", bringing.card, name="bring_card"),
    path("me/card/keep/", bringing.keep_card, name="keep_card"),
    path("me/documents/", documents.index, name="documents"),
    path("me/documents/<slug:name>/", documents.paper, name="paper"),
    path("me/messages/", messages.index, name="messages"),
    path("me/messages/<int:pk>/", messages.detail, name="message"),
    path("me/messages/<int:pk>/block/", messages.block, name="block"),
    path("me/messages/<int:pk>/report/", messages.report, name="report_message"),
    path("me/blocks/<int:pk>/", messages.unblock, name="unblock"),
    path("reports/", messages.reports, name="reports"),
    path("reports/<int:pk>/", messages.decide, name="decide_report"),
    path("me/<slug:section>/", editing.edit, name="edit"),
    path("me/<slug:section>/draft/", editing.keep_draft, name="keep_draft"),
    path("me/<slug:section>/draft/drop/", editing.drop_draft, name="drop_draft"),
    path("photos/<slug:key>/<int:size>.webp", directory.photo, name="photo"),
    path("<anyscript:slug>/write/", messages.write, name="write"),
    path("<anyscript:slug>/publications.bib", bringing.bibtex_of, name="bibtex"),
    path("<anyscript:slug>/", directory.detail, name="detail"),
]
