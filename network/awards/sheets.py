"""The questionnaire and the scores on paper for weak lines: a workbook out, filled in anywhere, and in again.

What comes back is data and nothing else. A workbook that brings a macro, a formula or a link to elsewhere is
refused as a whole, and every cell passes the form that the page has.
"""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from network.awards.enums import SCORED, anchor_of
from network.awards.forms import NominationForm
from network.awards.models import Nomination
from network.foundations.exceptions import Refused

FORMAT = "award-sheet/1"
LARGEST = 2 * 1024 * 1024
#: What the parts of a workbook may come to when they are unpacked.
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS = 5000
#: Parts of a workbook that do something.
_ACTIVE = ("vbaproject", "macrosheets/", "externallinks/", "activex/", "embeddings/", "connections.xml")

Row = list[Any]


def questionnaire(nomination: Nomination) -> bytes:
    """Each question with what stands there now."""
    form = NominationForm(instance=nomination)
    rows = []
    for name in form.questions:
        field = form.fields[name]
        choices = getattr(field, "choices", None)
        hint = ", ".join(str(code) for code, _label in choices if code) if choices else field.help_text
        rows.append([name, str(field.label), str(hint or ""), str(form.initial.get(name, "") or "")])
    key = ["questionnaire", nomination.edition.slug, nomination.case.public_id, nomination.version]
    return _made(key, [_("Code"), _("Question"), _("What is meant"), _("Your answer")], rows)


def answers_of(content: bytes, nomination: Nomination) -> dict[str, str]:
    """What was filled in, by the name of the question; with the version that the workbook was made of."""
    key, rows = _read(content)
    if key[:3] != ["questionnaire", nomination.edition.slug, nomination.case.public_id]:
        raise Refused(
            _("This is the workbook of another nomination or edition. Take a new one from this page.")
        )
    known = NominationForm(instance=nomination).questions
    answers = {str(row[0]): _text(row[3]) for row in rows if row[0] in known}
    return answers | {"version": _text(key[3])}


def scoring_sheet(slug: str, rules: dict, nominations: Iterable[tuple[Nomination, dict, dict]]) -> bytes:
    """One line for each nomination and criterion, with what the juror has typed so far."""
    rows = []
    for nomination, scores, reasons in nominations:
        for code in (criterion["code"] for criterion in rules["criteria"]):
            rows.append([
                f"{nomination.case.public_id}:{code}", str(nomination.case.party), str(SCORED[code]),
                anchor_of(code), scores.get(code, ""), reasons.get(code, ""),
            ])  # fmt: skip
    head = [_("Code"), _("Party"), _("Criterion"), _("What is meant"), _("Your score"), _("Reason")]
    return _made(["scores", slug], head, rows)


def scores_of(content: bytes, slug: str) -> dict[str, dict[str, str]]:
    """Nomination to what a score form would have sent for it."""
    key, rows = _read(content)
    if key[:2] != ["scores", slug]:
        raise Refused(_("This is the workbook of another edition. Take a new one from this page."))
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        public_id, _colon, code = _text(row[0]).partition(":")
        if code in SCORED:
            typed = found.setdefault(public_id, {})
            typed |= {f"score_{code}": _text(row[4]), f"reason_{code}": _text(row[5])}
    return found


def _made(key: Row, head: Row, rows: list[Row]) -> bytes:
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.append([FORMAT, *key])
    sheet.row_dimensions[1].hidden = True
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with '=' is a text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEF", (16, 28, 40, 60, 12, 60), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _read(content: bytes) -> tuple[Row, list[Row]]:
    """The key of the workbook and its rows, each padded to six cells."""
    _refuse_what_acts(content)
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
        sheet = book.worksheets[0]
        if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > 50:
            raise Refused(_("This workbook is much larger than the one that was given out."))
        lines = [list(line) for line in sheet.iter_rows()]
    except Refused:
        raise
    except Exception:
        # A broken workbook breaks in many ways; none of them is ours.
        raise Refused(_("This is no workbook that can be read (XLSX).")) from None
    if any(cell.data_type == "f" for line in lines for cell in line):
        raise Refused(_("There is a formula in this workbook. Put what it comes to in its place."))
    values = [[cell.value for cell in line] for line in lines]
    if len(values) < 2 or not values[0] or values[0][0] != FORMAT:
        raise Refused(_("This is not the workbook that was given out here."))
    key = [part for part in values[0][1:] if part is not None]
    return key + [""] * (4 - len(key)), [(row + [None] * 6)[:6] for row in values[2:]]


def _refuse_what_acts(content: bytes) -> None:
    if len(content) > LARGEST:
        raise Refused(_("A filled-in workbook is smaller than 2 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
    except zipfile.BadZipFile:
        raise Refused(_("This is no workbook that can be read (XLSX).")) from None
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused(_("This workbook is much larger than the one that was given out."))
    names = [entry.filename.lower() for entry in entries]
    if any(part in name for name in names for part in _ACTIVE):
        raise Refused(_("This workbook brings a macro or a link to elsewhere. Save it as plain XLSX."))


def _text(value: Any) -> str:
    """A cell as a form would have sent it: 3.0 is a 3 to whoever typed it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
