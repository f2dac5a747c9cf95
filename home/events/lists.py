"""The list at the desk as a table for a spreadsheet."""

import io
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from home.events.models import Desk, Question, Registration
from network.foundations.clock import zone_of
from network.foundations.spreadsheets import write_rows


def table(desk: Desk, zone: str) -> str:
    """CSV of everybody who ever asked, a column for each question; hours by the clock at the event."""
    questions = list(desk.questions.all())
    written = io.StringIO("\ufeff")
    written.seek(0, io.SEEK_END)
    write_rows(written, [[*_heads(), *(question.text for question in questions)]])
    rows = desk.registrations.select_related("person", "country").order_by("number")
    write_rows(written, (_row(row, questions, zone) for row in rows.iterator(chunk_size=500)))
    return written.getvalue()


def _row(row: Registration, questions: list[Question], zone: str) -> list[str]:
    said = {one["question"]: one["answer"] for one in row.answers}
    return [*_cells(row, zone), *(said.get(question.text, "") for question in questions)]


def _heads() -> list[str]:
    return [
        _("Number"), _("Name"), _("State"), _("Since"), _("Attendance"), _("Country"), _("What people need"),
        _("Code"), _("Checked in"),
    ]  # fmt: skip


def _cells(row: Registration, zone: str) -> Iterator[str]:
    def told(when: object) -> str:
        return timezone.localtime(when, zone_of(zone)).strftime("%Y-%m-%d %H:%M") if when else ""

    yield from (str(row.number), row.person.get_full_name(), row.get_state_display(), told(row.state_since))
    yield from (row.get_attendance_display(), str(row.country or ""), row.needs, row.code)
    yield told(row.checked_in_at)
