"""Vouching for somebody, answering it, taking it back; and what pages show of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import facets, policies
from network.experts.enums import Ending, State
from network.experts.models import Endorsement, ExpertProfile
from network.experts.voices import Voice
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.merging import Change, written
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE
from network.thesaurus.models import Term

#: Nobody vouches for longer than this at once.
LONGEST = timedelta(days=5 * 366)


@deed
def endorse(
    *,
    viewer: Viewer,
    person: User,
    voice: Voice,
    role: str,
    since: date,
    until: date,
    scope: Iterable[Term] = (),
) -> Endorsement:
    """Vouch for ``person`` in the name of ``voice``; she is asked, and until she accepts nobody else knows.

    A former endorsement in the same name ends with it: at most one is open in one name.
    """
    if viewer.user_id == person.pk:
        raise PermissionDenied(_("Nobody endorses herself."))
    if not policies.can_endorse(viewer, person.pk, voice):
        raise PermissionDenied(_("Only focal points and officers of an organization endorse people."))
    _check(person, since, until)
    former = Endorsement.objects.select_for_update(of=("self",)).filter(
        person=person, country=voice.country, organization=voice.organization, ended_at=None
    )
    for row in former:
        _close(row, viewer, Ending.REPLACED)
    made = Endorsement.objects.create(
        person=person,
        by_id=viewer.user_id,
        capacity=voice.capacity,
        country=voice.country,
        organization=voice.organization,
        role=role,
        since=since,
        until=until,
    )
    made.scope.set(scope)
    show_standing(person_id=person.pk)
    announce(f"person:{person.pk}", "experts.endorsed", endorsement=made.pk)
    return made


def _check(person: User, since: date, until: date) -> None:
    if not person.is_active:
        raise Refused(_("This account is closed."))
    today = timezone.localdate()
    if since > until:
        raise Refused(_("The last day cannot lie before the first."), "until")
    if until < today:
        raise Refused(_("The last day cannot lie in the past."), "until")
    if until > max(since, today) + LONGEST:
        raise Refused(_("Choose a last day within five years."), "until")


@deed
def accept_endorsement(*, viewer: Viewer, endorsement: Endorsement) -> None:
    """From now on whoever sees her name sees who vouches for her."""
    held = _locked(endorsement)
    if not policies.can_answer_endorsement(viewer, held):
        raise PermissionDenied(_("Only whoever is endorsed answers this."))
    if held.accepted_at is not None or not Endorsement.objects.open().filter(pk=held.pk).exists():
        raise Refused(_("This has been answered in the meantime, or is over."))
    held.accepted_at = timezone.now()
    held.save(update_fields=["accepted_at"])
    show_standing(person_id=held.person_id)
    announce(f"person:{held.person_id}", "experts.endorsement_accepted", endorsement=held.pk)


@deed
def decline_endorsement(*, viewer: Viewer, endorsement: Endorsement) -> None:
    """At once, without a reason, before or after it was accepted."""
    held = _locked(endorsement)
    if not policies.can_answer_endorsement(viewer, held):
        raise PermissionDenied(_("Only whoever is endorsed answers this."))
    _end(held, viewer, Ending.DECLINED)


@deed
def withdraw_endorsement(*, viewer: Viewer, endorsement: Endorsement, reason: str) -> None:
    """Take it back, with a reason that the person reads."""
    held = _locked(endorsement)
    if not policies.can_withdraw_endorsement(viewer, held):
        raise PermissionDenied(_("Only those in whose name it was made take an endorsement back."))
    if not reason.strip():
        raise Refused(_("Say why: the person reads it."), "reason")
    _end(held, viewer, Ending.WITHDRAWN, reason)


def _end(held: Endorsement, viewer: Viewer, ending: Ending, reason: str = "") -> None:
    if held.ended_at is not None:
        raise Refused(_("This has ended already."))
    _close(held, viewer, ending, reason)
    show_standing(person_id=held.person_id)
    announce(f"person:{held.person_id}", "experts.endorsement_ended", endorsement=held.pk)


def _close(held: Endorsement, viewer: Viewer, ending: Ending, reason: str = "") -> None:
    held.ended_at, held.ended_by_id = timezone.now(), viewer.user_id
    held.ending, held.reason = ending, reason
    held.save(update_fields=["ended_at", "ended_by", "ending", "reason"])


def _locked(endorsement: Endorsement) -> Endorsement:
    found = Endorsement.objects.select_for_update(of=("self",)).filter(pk=endorsement.pk).first()
    if found is None:
        raise Refused(_("This has ended already."))
    return found


@deed
def show_standing(*, person_id: int) -> None:
    """Bring the badge and the filter of the directory in step with what stands today."""
    bump(PEOPLE)
    profile = ExpertProfile.objects.select_for_update(of=("self",)).filter(user=person_id).first()
    if profile is None:
        return
    shown = Endorsement.objects.standing().filter(person=person_id).order_by("-until", "pk").first()
    if profile.endorsement_id == (shown.pk if shown else None):
        return
    profile.endorsement = shown
    profile.save(update_fields=["endorsement"])
    if profile.state == State.PUBLISHED:
        facets.rebuild(profile)


def follow_days() -> int:
    """Endorsements begin and end by the calendar; returns how many profiles changed."""
    today = timezone.localdate()
    standing = Endorsement.objects.standing(today)
    over = Q(endorsement__isnull=False) & ~Q(endorsement__in=standing)
    begun = Q(endorsement=None, user__in=standing.values("person"))
    late = ExpertProfile.objects.filter(over | begun).values_list("user_id", flat=True)
    people = list(late.order_by("user_id"))
    turning = Q(since=today) | Q(until=today - timedelta(days=1))
    if Endorsement.objects.filter(turning, ended_at=None, accepted_at__isnull=False).exists():
        with transaction.atomic():
            bump(PEOPLE)
    for person_id in people:
        show_standing(person_id=person_id)
    return len(people)


def close_in_merge(row: Any, kept: Any) -> list[Change]:
    """Two that were one both vouched for her, or were both vouched for: one of the two is enough."""
    row.ended_at, row.ending = timezone.now(), Ending.REPLACED
    return written([row])
