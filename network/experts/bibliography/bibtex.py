"""BibTeX, read as reference managers write it, and written so that they can read it."""

import logging
import re
from collections.abc import Iterable
from typing import Any

import bibtexparser
from bibtexparser.bibdatabase import BibDatabase
from bibtexparser.bparser import BibTexParser
from bibtexparser.bwriter import BibTexWriter
from bibtexparser.customization import convert_to_unicode

from network.experts.bibliography.works import work
from network.experts.enums import Source
from network.search.analyser import fold

#: Letters of a file: a lifetime of works is less.
LONGEST = 1_000_000
_VENUES = ("journal", "journaltitle", "booktitle", "publisher", "institution", "school", "howpublished")
_BRACES = re.compile(r"[{}]")


def read(text: str) -> list[dict[str, Any]]:
    """The works in ``text``; what is no entry with a title is passed over."""
    logging.getLogger("bibtexparser").setLevel(logging.ERROR)
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    try:
        entries = bibtexparser.loads(text[:LONGEST].replace("\x00", ""), parser=parser).entries
    except (ValueError, KeyError, IndexError, RecursionError, AttributeError, TypeError):
        return []
    found = (_work(_unescaped(entry)) for entry in entries)
    return [entry for entry in found if entry]


def _unescaped(entry: dict[str, Any]) -> dict[str, str]:
    """Letters for ``{\\'e}``; an entry whose commands nobody knows stays as it is written."""
    texts = {key: value for key, value in entry.items() if isinstance(value, str)}
    try:
        return dict(convert_to_unicode(dict(texts)))
    except (ValueError, KeyError, IndexError, TypeError):
        return texts


def _work(entry: dict[str, str]) -> dict[str, Any] | None:
    told = {key: _BRACES.sub("", value) for key, value in entry.items()}
    return work(
        Source.BIBTEX,
        title=told.get("title"),
        authors="; ".join(re.split(r"\s+and\s+", told.get("author", "").replace("\n", " "))),
        venue=next((told[key] for key in _VENUES if told.get(key)), ""),
        year=told.get("year") or told.get("date"),
        doi_text=told.get("doi"),
        url=told.get("url"),
    )


def write(rows: Iterable[dict[str, Any]]) -> str:
    """A file with an entry for each row; keys are unique in it."""
    database = BibDatabase()
    taken: set[str] = set()
    for row in rows:
        key = _key(row, taken)
        taken.add(key)
        told = {
            "title": row["title"],
            "author": re.sub(r"\s*;\s*", " and ", row["authors"]),
            "journal": row["venue"],
            "year": str(row["year"] or ""),
            "doi": row["doi"],
            "url": row["url"],
        }
        kind = "article" if row["venue"] else "misc"
        database.entries.append(
            {"ENTRYTYPE": kind, "ID": key} | {name: _safe(text) for name, text in told.items() if text}
        )
    writer = BibTexWriter()
    writer.order_entries_by = None
    return str(writer.write(database))


def _safe(text: str) -> str:
    """Braces that do not match would swallow the entries below."""
    return _BRACES.sub("", text)


def _key(row: dict[str, Any], taken: set[str]) -> str:
    words = "".join(sign for sign in fold(row["authors"].split(";")[0].split(",")[0]) if sign.isalnum())
    plain = "".join(sign for sign in words if sign.isascii())[:20] or "work"
    key = f"{plain}{row['year'] or ''}"
    number = 1
    while key in taken:
        number += 1
        key = f"{plain}{row['year'] or ''}-{number}"
    return key
