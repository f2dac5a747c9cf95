"""Rosters and who stands on them: opening, nominating, accepting, approving, renewing, leaving."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import policies
from network.experts.enums import Ending, Step
from network.experts.freshness import months_later
from network.experts.models import Roster, RosterEntry, RosterEvent, RosterKeeper
from network.experts.voices import Voice
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import free_slug
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE

#: Steps that the page of a person shows.
_SHOWN = {Step.APPROVED, Step.STALE, Step.CONFIRMED, Step.RENEWED, Step.ENDED}
#: Addresses below ``/rosters/`` that are no roster.
RESERVED_SLUGS = {"add", "entries", "mine", "office", "still-true"}


@deed
def save_roster(
    *, viewer: Viewer, values: dict[str, Any], roster: Roster | None = None, version: int = 0
) -> Roster:
    """Open a roster, or change it if it still is in the ``version`` that was edited."""
    if not policies.can_run_rosters(viewer):
        raise PermissionDenied(_("Only the secretariat opens and changes rosters."))
    if roster is None:
        held = Roster(slug=free_slug(values["name"], Roster.objects.all(), RESERVED_SLUGS), version=0)
    else:
        held = Roster.objects.select_for_update().get(pk=roster.pk)
        if held.version != version:
            raise StaleEdit(_("Somebody else saved this roster in the meantime."), held)
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    return held


@deed
def close_roster(*, viewer: Viewer, roster: Roster) -> None:
    """Everybody on it, and whoever waits, is told; what they did stays in their records."""
    if not policies.can_run_rosters(viewer):
        raise PermissionDenied(_("Only the secretariat closes rosters."))
    held = Roster.objects.select_for_update().get(pk=roster.pk)
    if held.closed_at is not None:
        raise Refused(_("This roster is closed already."))
    for entry in RosterEntry.objects.select_for_update(of=("self",)).filter(roster=held, ended_at=None):
        end_entry(entry, Ending.CLOSED, by=viewer.user_id)
    held.closed_at = timezone.now()
    held.save(update_fields=["closed_at"])


@deed
def name_keeper(*, viewer: Viewer, roster: Roster, person: User) -> None:
    if not policies.can_run_rosters(viewer):
        raise PermissionDenied(_("Only the secretariat names keepers of rosters."))
    if not person.is_active:
        raise Refused(_("This account is closed."), "email")
    _row, new = RosterKeeper.objects.get_or_create(
        roster=roster, person=person, until=None, defaults={"named_by_id": viewer.user_id}
    )
    if not new:
        raise Refused(_("This person keeps the roster already."), "email")


@deed
def end_keeper(*, viewer: Viewer, keeper: RosterKeeper) -> None:
    """The secretariat ends it, or the keeper herself; the last one only after another is named."""
    held = RosterKeeper.objects.select_for_update().get(pk=keeper.pk)
    if not policies.can_run_rosters(viewer) and viewer.user_id != held.person_id:
        raise PermissionDenied(_("Only the secretariat and the keeper herself end this."))
    Roster.objects.select_for_update().get(pk=held.roster_id)
    if held.until is not None:
        raise Refused(_("This has ended already."))
    if not RosterKeeper.objects.current().filter(roster=held.roster_id).exclude(pk=held.pk).exists():
        raise Refused(_("Name another keeper first: a roster is never left without one."))
    held.until = timezone.now()
    held.save(update_fields=["until"])


@deed
def nominate(
    *, viewer: Viewer, roster: Roster, person: User, voice: Voice | None, why: str = ""
) -> RosterEntry:
    """Put ``person`` forward: in the name of ``voice``, or oneself where the roster says so.

    She is asked whether she accepts; putting oneself forward is accepting.
    """
    held = Roster.objects.select_for_update().get(pk=roster.pk)
    if not policies.can_nominate(viewer, held, person.pk, voice):
        raise PermissionDenied(
            _("Focal points and officers nominate others; oneself only where a roster says so.")
        )
    if held.closed_at is not None:
        raise Refused(_("This roster is closed."))
    if not person.is_active:
        raise Refused(_("This account is closed."))
    if RosterEntry.objects.filter(roster=held, person=person, ended_at=None).exists():
        raise Refused(_("This person stands on the roster already, or is nominated for it."))
    entry = RosterEntry.objects.create(
        roster=held,
        person=person,
        nominated_by_id=viewer.user_id,
        capacity=voice.capacity if voice else "",
        country=voice.country if voice else None,
        organization=voice.organization if voice else None,
        why=why,
        accepted_at=None if voice else timezone.now(),
    )
    note(entry, Step.NOMINATED, by=viewer.user_id)
    _tell(entry, "nominated" if voice else "accepted")
    return entry


@deed
def accept_nomination(*, viewer: Viewer, entry: RosterEntry) -> None:
    """The person agrees to stand on the roster; its keepers decide next."""
    held = locked(entry)
    if viewer.user_id is None or viewer.user_id != held.person_id:
        raise PermissionDenied(_("Only whoever is nominated answers this."))
    if held.accepted_at is not None:
        raise Refused(_("You have accepted already."))
    held.accepted_at = timezone.now()
    held.save(update_fields=["accepted_at"])
    note(held, Step.ACCEPTED, by=viewer.user_id)
    _tell(held, "accepted")


@deed
def leave_roster(*, viewer: Viewer, entry: RosterEntry) -> None:
    """Decline a nomination, or leave: at once and without a reason."""
    held = locked(entry)
    if viewer.user_id is None or viewer.user_id != held.person_id:
        raise PermissionDenied(_("Only the person herself leaves a roster."))
    end_entry(held, Ending.RESIGNED if held.accepted_at else Ending.DECLINED, by=viewer.user_id)


@deed
def approve(*, viewer: Viewer, entry: RosterEntry) -> None:
    """A keeper takes her onto the roster; from today the term runs."""
    held = locked(entry)
    if not policies.can_decide_entry(viewer, held):
        raise PermissionDenied(_("Only keepers of the roster decide, and nobody about herself."))
    if held.accepted_at is None:
        raise Refused(_("The person has not accepted yet."))
    if held.approved_at is not None:
        raise Refused(_("This has been approved already."))
    held.approved_at, held.approved_by_id = timezone.now(), viewer.user_id
    held.until = months_later(timezone.localdate(), held.roster.valid_months)
    held.save(update_fields=["approved_at", "approved_by", "until"])
    note(held, Step.APPROVED, by=viewer.user_id, day=held.until)
    _tell(held, "approved")


@deed
def take_off(*, viewer: Viewer, entry: RosterEntry, reason: str) -> None:
    """A keeper does not approve, or takes off, with a reason that the person reads."""
    held = locked(entry)
    if not policies.can_decide_entry(viewer, held):
        raise PermissionDenied(_("Only keepers of the roster decide, and nobody about herself."))
    if not reason.strip():
        raise Refused(_("Say why: the person reads it."), "reason")
    ending = Ending.REMOVED if held.approved_at else Ending.REFUSED
    end_entry(held, ending, by=viewer.user_id, reason=reason)


@deed
def renominate(*, viewer: Viewer, entry: RosterEntry) -> None:
    """Ask for another term before this one ends; a keeper decides."""
    held = locked(entry)
    if not policies.can_renominate(viewer, held):
        raise PermissionDenied(_("Only those who nominated her put her forward again."))
    if held.term_told_at is None:
        raise Refused(_("The term does not end soon."))
    if held.renominated_at is not None:
        raise Refused(_("She has been put forward again already."))
    held.renominated_at, held.renominated_by_id = timezone.now(), viewer.user_id
    held.save(update_fields=["renominated_at", "renominated_by"])
    note(held, Step.RENOMINATED, by=viewer.user_id)
    _tell(held, "renominated")


@deed
def renew(*, viewer: Viewer, entry: RosterEntry) -> None:
    """A keeper gives another term to somebody who was put forward again; it follows the one that runs."""
    held = locked(entry)
    if not policies.can_decide_entry(viewer, held):
        raise PermissionDenied(_("Only keepers of the roster decide, and nobody about herself."))
    if held.renominated_at is None:
        raise Refused(_("Nobody has put her forward again."))
    today = timezone.localdate()
    held.until = months_later(max(held.until or today, today), held.roster.valid_months)
    held.term_told_at = held.term_warned_at = held.renominated_at = held.renominated_by = None
    held.save(update_fields=["until", "term_told_at", "term_warned_at", "renominated_at", "renominated_by"])
    note(held, Step.RENEWED, by=viewer.user_id, day=held.until)
    _tell(held, "renewed")


# --- shared with keeping ----------------------------------------------------------------------------------


def locked(entry: RosterEntry) -> RosterEntry:
    """The open entry, its row locked until the transaction ends."""
    found = RosterEntry.objects.select_for_update(of=("self",)).select_related("roster")
    row = found.filter(pk=entry.pk).first()
    if row is None or row.ended_at is not None:
        raise Refused(_("This has ended already."))
    return row


def end_entry(held: RosterEntry, ending: Ending, *, by: int | None = None, reason: str = "") -> None:
    """End a locked entry and tell of it."""
    held.ended_at, held.ended_by_id, held.ending, held.reason = timezone.now(), by, ending, reason
    held.save(update_fields=["ended_at", "ended_by", "ending", "reason"])
    note(held, Step.ENDED, by=by)
    _tell(held, "ended")


def note(held: RosterEntry, step: Step, *, by: int | None = None, way: str = "", day: Any = None) -> None:
    RosterEvent.objects.create(entry=held, step=step, at=timezone.now(), by_id=by, way=way, day=day)
    if step in _SHOWN:
        bump(PEOPLE)


def _tell(held: RosterEntry, what: str) -> None:
    announce(f"roster:{held.roster_id}", f"experts.roster_{what}", entry=held.pk)
