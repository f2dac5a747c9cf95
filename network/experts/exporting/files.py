"""Lines as bytes of a file. Tokens of sealed knowledge stay tokens: the gate opens them, on the way out."""

import io
import json
from collections.abc import Callable, Sequence
from typing import Any

import vobject
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from network.experts.enums import ExportFormat, Field
from network.experts.exporting.lines import Line
from network.foundations.spreadsheets import harmless, write_rows

CONTENT_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.VCARD: "text/vcard; charset=utf-8",
    ExportFormat.JSON_LD: "application/ld+json",
}
SUFFIXES = {
    ExportFormat.CSV: "csv",
    ExportFormat.XLSX: "xlsx",
    ExportFormat.VCARD: "vcf",
    ExportFormat.JSON_LD: "jsonld",
}
_BETWEEN = "; "


def write(format: str, lines: Sequence[Line]) -> bytes:
    return _WRITERS[ExportFormat(format)](lines)


def _heading() -> list[str]:
    return [
        str(_("Name")),
        str(Field.DESIGNATION.label),
        str(Field.AFFILIATION.label),
        str(Field.COUNTRY.label),
        str(_("Country code")),
        str(Field.SUBJECTS.label),
        str(Field.TARGETS.label),
        str(Field.TAGS.label),
        str(Field.LANGUAGES.label),
        str(Field.WORKED.label),
        str(Field.WEBSITE.label),
        str(Field.ORCID.label),
        str(_("Page")),
    ]


def _cells(line: Line) -> list[str]:
    return [
        line.name,
        line.designation,
        line.affiliation,
        line.country,
        line.country_code,
        _BETWEEN.join(line.subjects),
        _BETWEEN.join(line.targets),
        _BETWEEN.join(line.tags),
        _BETWEEN.join(line.languages),
        _BETWEEN.join(line.worked),
        line.website,
        line.orcid,
        line.url,
    ]


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula, whatever somebody called herself."""
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", text))


def _csv(lines: Sequence[Line]) -> bytes:
    written = io.StringIO()
    cells = ([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in _cells(line)] for line in lines)
    write_rows(written, [_heading(), *cells])
    # With its mark, or a spreadsheet reads UTF-8 as something else.
    return written.getvalue().encode("utf-8-sig")


def _xlsx(lines: Sequence[Line]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=str(_("People"))[:31])
    sheet.freeze_panes = "B2"
    sheet.append([_cell(sheet, text, bold=True) for text in _heading()])
    for line in lines:
        sheet.append([_cell(sheet, text) for text in _cells(line)])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """Words, whatever they begin with: never a formula. No cell holds more than a spreadsheet takes."""
    cell = WriteOnlyCell(sheet, value=defused(text)[:32_000])
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _vcard(lines: Sequence[Line]) -> bytes:
    return "".join(_card(line) for line in lines).encode()


def _card(line: Line) -> str:
    card = vobject.vCard()
    card.add("fn").value = line.name
    # What of a name is the family's nobody says; the whole of it stands in its first part.
    card.add("n").value = vobject.vcard.Name(given=line.name)
    if line.affiliation:
        card.add("org").value = [line.affiliation]
    if line.designation:
        card.add("title").value = line.designation
    if line.country:
        card.add("adr").value = vobject.vcard.Address(country=line.country)
    for address in filter(None, (line.url, line.website)):
        card.add("url").value = address
    if words := [*line.subjects, *line.targets, *line.tags]:
        card.add("categories").value = words
    return card.serialize()


def _json_ld(lines: Sequence[Line]) -> bytes:
    graph = [{key: value for key, value in _person(line).items() if value} for line in lines]
    return json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1
    ).encode()


def _person(line: Line) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": line.name,
        "url": line.url,
        "jobTitle": line.designation,
        "affiliation": {"@type": "Organization", "name": line.affiliation} if line.affiliation else None,
        "workLocation": {"@type": "Country", "name": line.country} if line.country else None,
        "knowsAbout": [*line.subjects, *line.targets, *line.tags],
        "knowsLanguage": list(line.languages),
        "sameAs": [
            address
            for address in (f"https://orcid.org/{line.orcid}" if line.orcid else "", line.website)
            if address
        ],
    }


_WRITERS: dict[ExportFormat, Callable[[Sequence[Line]], bytes]] = {
    ExportFormat.CSV: _csv,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.VCARD: _vcard,
    ExportFormat.JSON_LD: _json_ld,
}
