"""A thread as one viewer reads it."""

from communities.forums.reading.around import participants, related
from communities.forums.reading.entries import PLACEHOLDER, SPOKEN, Entry, entries, samples
from communities.forums.reading.marks import first_new, with_marks
from communities.forums.reading.pages import ThreadPage, read
from communities.forums.reading.sheets import Sheet, sheet

__all__ = [
    "PLACEHOLDER",
    "SPOKEN",
    "Entry",
    "Sheet",
    "ThreadPage",
    "entries",
    "first_new",
    "participants",
    "read",
    "related",
    "samples",
    "sheet",
    "with_marks",
]
