"""Taking people out of the directory: asked with a purpose, logged for everybody who is on it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import exporting, policies
from network.experts.asking import asked_of
from network.experts.directory import ORDERS, Directory
from network.experts.enums import ExportFormat
from network.experts.models import (
    DirectoryExport,
    ExpertProfile,
    ExportedPerson,
    Roster,
    Shortlist,
    ShortlistEntry,
)
from network.experts.roster_list import RosterList
from network.experts.roster_tables import csv_of, xlsx_of
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.outbox.actions import announce
from network.outbox.models import Entry

ASKED, READY = "experts.export_asked", "experts.export_ready"
#: People in one file, and in all files of one person in a day.
MOST, MOST_A_DAY = 5000, 10_000
#: So many are written while the person waits; more are the worker's.
AT_ONCE = 100
#: How long a file can be fetched, and how long it is known that it was made.
KEPT, LOGGED = timedelta(days=1), timedelta(days=730)


@deed
def ask_for_export(
    *, viewer: Viewer, format: str, purpose: str, asked: str = "", shortlist: Shortlist | None = None
) -> DirectoryExport:
    """What the viewer sees of those whom she asked for, or who stand on a list. Small ones are ready soon."""
    if not policies.can_export(viewer):
        raise PermissionDenied(_("Sign in to take a list of people out."))
    User.objects.select_for_update().get(pk=viewer.user_id)
    where = f"list={shortlist.key}" if shortlist else asked
    people = people_of(viewer, where)
    if not people:
        raise Refused(_("There is nobody to take out."))
    if len(people) > MOST:
        raise Refused(_("One file holds 5,000 people at most. Narrow what you look for."))
    _demand_measure(viewer, len(people))
    export = DirectoryExport.objects.create(
        by_id=viewer.user_id,
        format=ExportFormat(format),
        purpose=purpose,
        asked=where,
        number=len(people),
    )
    if len(people) <= AT_ONCE:
        _write(viewer, export, people)
    else:
        announce(f"export:{export.pk}", ASKED, export=export.pk)
    return export


@deed
def export_roster(*, viewer: Viewer, roster: Roster, format: str, purpose: str) -> DirectoryExport:
    """The people of a roster whom the viewer sees, with since when and until when they are on it."""
    if not policies.can_export(viewer):
        raise PermissionDenied(_("Sign in to take a list of people out."))
    User.objects.select_for_update().get(pk=viewer.user_id)
    found = RosterList(viewer, roster)
    rows = found.whole(MOST + 1)
    if not rows:
        raise Refused(_("There is nobody to take out."))
    if len(rows) > MOST:
        raise Refused(_("One file holds 5,000 people at most. Narrow what you look for."))
    _demand_measure(viewer, len(rows))
    write = xlsx_of if format == ExportFormat.XLSX else csv_of
    made = timezone.now()
    export = DirectoryExport.objects.create(
        by_id=viewer.user_id,
        format=ExportFormat(format),
        purpose=purpose,
        asked=f"roster={roster.pk}",
        number=len(rows),
        file=write(roster, rows),
        asked_at=made,
        ready_at=made,
        expires_at=made + KEPT,
    )
    _log_people(export, [row.entry.person_id for row in rows])
    return export


def _log_people(export: DirectoryExport, people: list[int]) -> None:
    """For each of them to read."""
    rows = [ExportedPerson(export=export, person_id=person) for person in people]
    ExportedPerson.objects.bulk_create(rows, batch_size=1000)


def _demand_measure(viewer: Viewer, number: int) -> None:
    today = DirectoryExport.objects.filter(
        by=viewer.user_id, asked_at__gt=timezone.now() - timedelta(days=1)
    ).aggregate(people=Sum("number"))
    if (today["people"] or 0) + number > MOST_A_DAY:
        raise Refused(
            _("You have taken out very many people today. Come back tomorrow, or narrow your list.")
        )


def people_of(viewer: Viewer, where: str) -> list[int]:
    """The profiles that ``asked`` of an export means, one more than a file may hold at most."""
    query = QueryDict(where)
    if key := query.get("list"):
        found = Shortlist.objects.visible_to(viewer).filter(key=key.replace("\x00", ""))
        visible = ExpertProfile.objects.visible_to(viewer).values("pk")
        entries = ShortlistEntry.objects.filter(shortlist__in=found, profile__in=visible)
        return list(entries.order_by("added_at", "pk").values_list("profile_id", flat=True))
    directory = Directory(viewer, asked_of(query))
    ordered = directory.ordered().order_by(*ORDERS[directory.order])
    return list(ordered.values_list("pk", flat=True)[: MOST + 1])


def build_export(entry: Entry) -> None:
    """The worker's part. Called twice it makes one file."""
    export = DirectoryExport.objects.waiting().select_related("by").filter(pk=entry.ids["export"]).first()
    if export is None or export.by is None:
        return
    with translation.override(export.by.language):
        viewer = viewer_for(export.by)
        _write(viewer, export, people_of(viewer, export.asked)[:MOST])
    announce(f"export:{export.pk}", READY, export=export.pk)


def _write(viewer: Viewer, export: DirectoryExport, people: list[int]) -> None:
    """The file, and who stands in it: both or neither."""
    lines = list(exporting.lines_of(viewer, people))
    export.file = exporting.write(export.format, lines)
    export.number = len(lines)
    export.ready_at = timezone.now()
    export.expires_at = export.ready_at + KEPT
    export.save()
    _log_people(export, [line.person_id for line in lines])


def drop_old_exports() -> int:
    """Files whose day is over, and what need not be known any more; how many files went."""
    now = timezone.now()
    DirectoryExport.objects.filter(asked_at__lt=now - LOGGED).delete()
    return DirectoryExport.objects.filter(expires_at__lt=now).exclude(file=None).update(file=None)
