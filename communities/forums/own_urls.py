"""Addresses that are about one reader: what she follows and has not read, and what she keeps for herself.

Two lists, because they hang in two places; each is included under its own name.
"""

from django.urls import path

from communities import converters  # noqa: F401 - registers <number:>
from communities.forums.views import drafts, kept, reading

#: Below ``/communities/``.
following = (
    [
        path("catch-up/", reading.catch_up, name="catch_up"),
        path("catch-up/read/", reading.mark_read, name="mark_read"),
        path("keys/", reading.keys, name="keys"),
        path("watching/", reading.watching, name="watching"),
    ],
    "reading",
)

#: Whichever community it is from.
keeping = (
    [
        path("bookmarks/", kept.bookmarks, name="bookmarks"),
        path("bookmarks/<number:pk>/remove/", kept.remove, name="remove"),
        path("drafts/", drafts.drafts, name="drafts"),
        path("drafts/<number:pk>/delete/", drafts.delete, name="delete_draft"),
    ],
    "kept",
)
