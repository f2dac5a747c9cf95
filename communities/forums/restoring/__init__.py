"""A copy of a community, read again row by row. Nothing is believed: each row is looked at like a form."""

from communities.forums.restoring.files import NoCopy, Taken, opened
from communities.forums.restoring.rows import Unsound, html, made

__all__ = ["NoCopy", "Taken", "Unsound", "html", "made", "opened"]
