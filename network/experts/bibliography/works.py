"""One work as a plain entry of a profile, whatever it was read from, cut to what a profile holds."""

import re
from collections.abc import Iterable
from typing import Any

from network.accounts.names import clean_name
from network.experts import doi
from network.experts.enums import Source
from network.search.analyser import fold

_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_LENGTHS = {"title": 500, "authors": 500, "venue": 300, "url": 500}


def work(
    source: Source,
    *,
    title: Any,
    authors: Any = "",
    venue: Any = "",
    year: Any = None,
    doi_text: Any = "",
    url: Any = "",
) -> dict[str, Any] | None:
    """The entry; ``None`` where there is not even a title. Texts lose line ends and turning signs."""
    told = {"title": title, "authors": authors, "venue": venue, "url": url}
    entry: dict[str, Any] = {key: _line(text, _LENGTHS[key]) for key, text in told.items()}
    if not entry["title"]:
        return None
    if not entry["url"].lower().startswith(("http://", "https://")):
        entry["url"] = ""
    found = _YEAR.search(str(year or ""))
    number = int(found.group()) if found else None
    entry["year"] = number if number and number >= 1900 else None
    entry["doi"] = doi.normal_form(str(doi_text or "")) or doi.normal_form(entry["url"]) or ""
    return entry | {"source": str(source)}


def _line(text: Any, most: int) -> str:
    return clean_name(text)[:most].strip() if isinstance(text, str) else ""


def merged(held: list[dict[str, Any]], more: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """``held`` and those of ``more`` that are not there yet, by their DOI, or by title and year."""
    rows = list(held)
    known = {mark for row in held for mark in marks(row)}
    for row in more:
        if not known & marks(row):
            rows.append(row)
            known |= marks(row)
    return rows


def marks(row: dict[str, Any]) -> set[str]:
    """By what the same work is known again."""
    title = "".join(sign for sign in fold(row["title"]) if sign.isalnum()) or row["title"]
    return {f"{title} {row['year'] or ''}"} | ({row["doi"]} if row["doi"] else set())
