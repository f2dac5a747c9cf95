"""Lists of organizations as offices have them: headers and kinds in any of six languages, countries by name
or code."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from network.foundations import richtext, tables
from network.foundations.spreadsheets import write_rows
from network.foundations.tables import Unreadable
from network.organizations.enums import Kind
from network.search.analyser import fold
from network.thesaurus.models import Term

#: Column to what offices call it; folded when it is compared.
HEADERS = {
    "name": "name organization organisation institution nom organisme nombre organización institución "
    "название организация 名称 机构 الاسم المنظمة",
    "acronym": "acronym abbreviation sigle acronyme sigla siglas аббревиатура сокращение 缩写 简称 الاختصار",
    "kind": "kind type category catégorie tipo categoría тип вид 类型 النوع",
    "country": "country pays país страна 国家 البلد الدولة",
    "website": "website web url site internet sitio сайт 网站 الموقع",
    "description": "description about présentation descripción описание 简介 描述 الوصف",
}
_MOST_CELL = 10_000


@dataclass
class Row:
    """One line: what it says, or why it cannot be taken."""

    line: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    outcome: str = ""


@dataclass
class Listing:
    header: list[str]
    separator: str
    columns: dict[str, int]
    rows: list[Row]
    left_alone: list[str]


def read(content: bytes) -> Listing:
    """The rows with their values; a row that cannot be taken says why. Excel workbooks and text."""
    found = tables.read(content, lambda titles: len(_columns(titles)), one_column=True)
    columns = _columns(found.header)
    if "name" not in columns:
        raise Unreadable(
            _("No column holds the names. The columns are: %(columns)s.")
            % {"columns": ", ".join(found.header)[:300]}
        )
    known, seen = _Known(), dict[tuple[str, int], int]()
    rows = [_row(number, cells, columns, known, seen) for number, cells in found.rows]
    left = [title for at, title in enumerate(found.header) if title and at not in columns.values()]
    return Listing(found.header, found.separator, columns, rows, left)


def mendable(listing: Listing) -> str:
    """The rejected rows as a list that can be mended and read again."""
    width = len(listing.header)
    rows = [
        [*row.cells[:width], *[""] * (width - len(row.cells)), row.reason] for row in rejected(listing.rows)
    ]
    return written([[*listing.header, _("Why it was not taken")], *rows], listing.separator)


def written(rows: Iterable[list[str]], separator: str) -> str:
    """A table in which no cell is run by the program that opens it."""
    file = io.StringIO(newline="")
    write_rows(file, rows, separator)
    return file.getvalue()


def _columns(header: list[str]) -> dict[str, int]:
    names = {fold(word): column for column, words in HEADERS.items() for word in words.split()}
    found: dict[str, int] = {}
    for at, title in enumerate(header):
        words = fold(title).split()
        column = next((names[word] for word in [fold(title), *words] if word in names), None)
        if column:
            found.setdefault(column, at)
    return found


class _Known:
    """Kinds and countries by everything that they are called."""

    def __init__(self) -> None:
        self.kinds = dict(_called_kinds())
        self.countries: dict[str, Term] = {}
        for term in Term.objects.of("country").current():
            for name in (term.code, term.facts.get("iso3", ""), *term.names.values()):
                if name:
                    self.countries.setdefault(fold(str(name)), term)


def _called_kinds() -> Iterator[tuple[str, str]]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for kind in Kind:
                yield fold(str(kind.label)), kind.value
                yield fold(kind.value), kind.value


def _row(
    line: int, cells: list[str], columns: dict[str, int], known: _Known, seen: dict[tuple[str, int], int]
) -> Row:
    told = {name: cells[at] for name, at in columns.items() if at < len(cells)}
    row = Row(line, cells)
    try:
        row.values = _values(told, known)
        country = row.values.get("country")
        key = (fold(row.values["name"]), country.pk if country else 0)
        if key in seen:
            raise ValueError(_("It stands on line %(line)d already.") % {"line": seen[key]})
        seen[key] = line
    except ValueError as error:
        row.reason = str(error)
    return row


def _values(told: dict[str, str], known: _Known) -> dict[str, Any]:
    name = told.get("name", "")
    if not any(sign.isalnum() for sign in name):
        raise ValueError(_("It has no name."))
    if len(name) > 200 or len(told.get("acronym", "")) > 30:
        raise ValueError(_("Its name or acronym is too long."))
    if max(map(len, told.values())) > _MOST_CELL:
        raise ValueError(_("A cell is too long."))
    values: dict[str, Any] = {"name": name, "acronym": told.get("acronym", ""), "country": None}
    if country := told.get("country"):
        if fold(country) not in known.countries:
            raise ValueError(_("We know no country called “%(name)s”.") % {"name": country[:60]})
        values["country"] = known.countries[fold(country)]
    if kind := told.get("kind"):
        if fold(kind) not in known.kinds:
            raise ValueError(_("We know no kind called “%(name)s”.") % {"name": kind[:60]})
        values["kind"] = known.kinds[fold(kind)]
    if website := told.get("website"):
        values["website"] = _address(website)
    if description := told.get("description"):
        values["description"] = richtext.clean(richtext.from_plain_text(description))
    return values


def _address(website: str) -> str:
    address = website if "://" in website else f"https://{website}"
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and "." in (parts.hostname or "")
    except ValueError:
        good = False
    if not good or len(address) > 200 or any(sign.isspace() for sign in address):
        raise ValueError(_("“%(address)s” is no address of a website.") % {"address": website[:60]})
    return address


def rejected(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.reason]
