"""Entries of a profile as lines to read, in the language of the page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def experience(years: int | None, evidence: str) -> str:
    """Years and evidence of one subject in a line."""
    told = [] if years is None else [ngettext("%(years)d year", "%(years)d years", years) % {"years": years}]
    return "; ".join([*told, *([evidence] if evidence else [])])


def engagement(entry: dict[str, Any]) -> str:
    """``Reviewer, IPBES (2019-2023)``."""
    named = ", ".join(filter(None, (entry["title"], entry["body"])))
    years = span(entry["since"], entry["until"])
    return f"{named} ({years})" if years else named


def span(since: int | None, until: int | None) -> str:
    if since and until:
        return f"{since}–{until}" if since != until else str(since)
    if since:
        return _("since %(year)d") % {"year": since}
    return _("until %(year)d") % {"year": until} if until else ""


def publication(entry: dict[str, Any]) -> str:
    """As a reader would cite it: authors (year). Title. Journal."""
    authors = f"{entry['authors']} " if entry["authors"] else ""
    year = f"({entry['year']}). " if entry["year"] else ""
    venue = f" {entry['venue']}." if entry["venue"] else ""
    title = entry["title"].rstrip(".")
    return f"{authors}{year}{title}.{venue}"
