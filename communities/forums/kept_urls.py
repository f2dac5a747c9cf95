"""Addresses of what somebody keeps for herself, whichever community it is from."""

from django.urls import path

from communities import converters  # noqa: F401 - registers <number:>
from communities.forums.views import drafts, kept

app_name = "kept"

urlpatterns = [
    path("bookmarks/", kept.bookmarks, name="bookmarks"),
    path("bookmarks/<number:pk>/remove/", kept.remove, name="remove"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<number:pk>/delete/", drafts.delete, name="delete_draft"),
]
