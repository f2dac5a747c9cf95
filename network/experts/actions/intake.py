"""A list of people on its way in: read, its columns told, tried, brought in piece by piece by the worker."""

import io
import json
import zlib
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts.enums import ListState
from network.accounts.models import ListShape, ListSuggestion, PeopleList
from network.experts import policies
from network.experts.actions.roster import enter_person
from network.experts.importing import headers, trying
from network.experts.importing.rows import Rejection, Vocabularies, person_in
from network.foundations import tables
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.spreadsheets import write_rows
from network.foundations.viewer import Viewer, viewer_for
from network.outbox.actions import announce
from network.outbox.models import Entry

#: Rows in one transaction: short enough to let others write in between, and nothing is lost in a crash.
SLICE = 50
CONTENT_KEPT = timedelta(days=7)
REJECTED_KEPT = timedelta(days=30)
SUGGESTIONS_KEPT = timedelta(days=365)


@deed
def upload_list(*, viewer: Viewer, name: str, file_name: str, content: bytes) -> PeopleList:
    """Read the file; its columns are guessed, or as they were told for the last list of this shape."""
    _demand(viewer)
    try:
        found = tables.read(content, headers.how_many)
    except tables.Unreadable as error:
        raise Refused(str(error), "file") from None
    if not found.rows:
        raise Refused(_("There is nobody below the header of this list."), "file")
    shape = ListShape.objects.filter(header_hash=headers.shape(found.header)).first()
    guessed = {str(number): field for number, field in headers.columns(found.header).items()}
    return PeopleList.objects.create(
        uploaded_by_id=viewer.user_id,
        name=name[:150],
        file_name=file_name[:150],
        content=_packed(found),
        columns=shape.columns if shape else guessed,
        total=len(found.rows),
    )


@deed
def tell_columns(
    *, viewer: Viewer, roster: PeopleList, columns: dict[int, str], invite: bool, version: int
) -> PeopleList:
    """Say what each column holds, remember it for lists of the same shape, and try it without writing."""
    roster = _locked(viewer, roster, version)
    found = table_of(roster)
    if lacks := headers.missing(columns):
        raise Refused(_("No column holds %(what)s.") % {"what": _(" and ").join(lacks)})
    roster.columns = {str(number): field for number, field in columns.items()}
    ListShape.objects.update_or_create(
        header_hash=headers.shape(found.header),
        defaults={"columns": roster.columns, "told_at": timezone.now()},
    )
    roster.invite = invite
    roster.tried = trying.tried(found, columns)
    roster.version += 1
    roster.save(update_fields=["columns", "invite", "tried", "version"])
    return roster


@deed
def start_list(*, viewer: Viewer, roster: PeopleList, version: int) -> PeopleList:
    """Hand it to the worker. It has been tried as it stands now, or it does not start."""
    roster = _locked(viewer, roster, version)
    if roster.tried is None:
        raise Refused(_("Tell what the columns hold first."))
    roster.state = ListState.WAITING
    roster.version += 1
    roster.save(update_fields=["state", "version"])
    announce(f"people_list:{roster.pk}", "experts.list_started", roster=roster.pk)
    return roster


@deed
def forget_list(*, viewer: Viewer, roster: PeopleList) -> None:
    """Take the list away; who was brought in stays."""
    _demand(viewer)
    standing = PeopleList.objects.select_for_update().get(pk=roster.pk)
    if standing.state in (ListState.WAITING, ListState.RUNNING):
        raise Refused(_("It is being brought in at this moment."))
    standing.delete()


def take_slice(entry: Entry) -> None:
    """The worker's part, in the transaction that marks it done: some rows, then the next are announced."""
    roster = PeopleList.objects.select_for_update().filter(pk=entry.ids["roster"]).first()
    if roster is None or roster.state not in (ListState.WAITING, ListState.RUNNING):
        return
    by = viewer_for(roster.uploaded_by) if roster.uploaded_by else Viewer()
    if not policies.can_enter_people(by) or roster.content is None:
        roster.state, roster.finished_at = ListState.FAILED, timezone.now()
        roster.save(update_fields=["state", "finished_at"])
        return
    with translation.override(by.language):
        _take(roster, by)
    if roster.done < roster.total:
        roster.state = ListState.RUNNING
        announce(f"people_list:{roster.pk}", "experts.list_started", roster=roster.pk)
    else:
        _finish(roster)
    roster.save()


def _take(roster: PeopleList, by: Viewer) -> None:
    found = table_of(roster)
    columns = columns_of(roster)
    known = Vocabularies()
    seen = trying.Seen(found.rows[: roster.done], columns)
    for number in range(roster.done, min(roster.done + SLICE, roster.total)):
        line, cells = found.rows[number]
        try:
            person = person_in(headers.told_by(cells, columns), known)
            seen.once(person.email, line)
            with transaction.atomic():
                outcome = enter_person(
                    by=by,
                    email=person.email,
                    name=person.name,
                    values=person.values,
                    list_name=roster.name,
                    invite=roster.invite,
                )
            roster.counts[outcome.name] = roster.counts.get(outcome.name, 0) + 1
        except Rejection as rejection:
            roster.reasons.append([number, str(rejection)])
        except DatabaseError:
            roster.reasons.append(
                [number, _("The database did not take this row. Look for strange signs in it.")]
            )
    roster.done = min(roster.done + SLICE, roster.total)


def _finish(roster: PeopleList) -> None:
    """What is to be mended is kept as a file; the list itself goes."""
    if roster.reasons:
        roster.rejected = mendable(table_of(roster), roster.reasons).encode("utf-8-sig")
    roster.counts["REJECTED"] = len(roster.reasons)
    roster.content = None
    roster.state, roster.finished_at = ListState.DONE, timezone.now()


def mendable(found: tables.Table, reasons: list[list[Any]]) -> str:
    """The rows that could not be taken, with their columns and why, to be mended and brought in again."""
    width = len(found.header)
    written = io.StringIO()
    rows = [[*found.header, "Why it was not taken"]]
    for number, reason in reasons:
        cells = found.rows[number][1]
        rows.append([*cells[:width], *[""] * (width - len(cells)), reason])
    write_rows(written, rows, found.separator)
    return written.getvalue()


def tidy_lists() -> None:
    """By the clock: files not brought in, rows not mended, suggestions not answered in time."""
    now = timezone.now()
    PeopleList.objects.filter(state=ListState.UPLOADED, uploaded_at__lt=now - CONTENT_KEPT).delete()
    PeopleList.objects.filter(finished_at__lt=now - REJECTED_KEPT).exclude(rejected=None, reasons=[]).update(
        rejected=None, reasons=[], tried=None, content=None
    )
    ListSuggestion.objects.filter(at__lt=now - SUGGESTIONS_KEPT).delete()


def table_of(roster: PeopleList) -> tables.Table:
    told = json.loads(zlib.decompress(bytes(roster.content or zlib.compress(b"{}"))))
    rows = [(line, cells) for line, cells in told.get("rows", [])]
    return tables.Table(told.get("header", []), rows, told.get("separator", ","))


def columns_of(roster: PeopleList) -> dict[int, str]:
    return {int(number): field for number, field in roster.columns.items()}


def _packed(found: tables.Table) -> bytes:
    told = {"header": found.header, "rows": found.rows, "separator": found.separator}
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode())


def _locked(viewer: Viewer, roster: PeopleList, version: int) -> PeopleList:
    _demand(viewer)
    standing = PeopleList.objects.select_for_update().get(pk=roster.pk)
    if standing.state != ListState.UPLOADED:
        raise Refused(_("This list is on its way in already."))
    if standing.version != version:
        raise StaleEdit(_("Somebody else told the columns of this list in the meantime."), standing.version)
    return standing


def _demand(viewer: Viewer) -> None:
    if not policies.can_enter_people(viewer):
        raise PermissionDenied(_("Only the secretariat and administrators bring in lists of people."))
