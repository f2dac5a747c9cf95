"""Closing an account for a time, and opening it again."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts import policies
from network.accounts.actions.roles import guard_last_administrator
from network.accounts.models import Suspension, User
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE


@transaction.atomic
def suspend(*, person: User, by: Viewer, reason: str, until: datetime | None = None) -> Suspension:
    """Close the account, at once and everywhere: every session of hers ends."""
    if not policies.can_suspend(by):
        raise PermissionDenied(_("Only site moderators and administrators suspend people."))
    if person.is_superuser and not policies.can_manage_people(by):
        raise PermissionDenied(_("Only an administrator suspends an administrator."))
    if by.user_id == person.pk:
        raise Refused(_("You cannot suspend yourself."))
    if not reason.strip():
        raise Refused(_("Say why: the person will read it."), "reason")
    if until is not None and until <= timezone.now():
        raise Refused(_("Choose a time that is still to come."), "until")
    guard_last_administrator(person)
    if Suspension.objects.standing().filter(person=person).exists():
        raise Refused(_("This person is suspended already."))
    suspension = Suspension.objects.create(
        person=person, imposed_by_id=by.user_id, reason=reason.strip(), until=until
    )
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    end_sessions(person)
    announce(f"person:{person.pk}", "accounts.suspended", person=person.pk)
    bump(PEOPLE)
    return suspension


@transaction.atomic
def reinstate(*, person: User, by: Viewer, reason: str = "") -> None:
    """Open the account again."""
    if not policies.can_suspend(by):
        raise PermissionDenied(_("Only site moderators and administrators lift a suspension."))
    lifted = (
        Suspension.objects.standing()
        .filter(person=person)
        .update(lifted_at=timezone.now(), lifted_by_id=by.user_id, lifted_reason=reason.strip())
    )
    if not lifted:
        raise Refused(_("This person is not suspended."))
    User.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True
    announce(f"person:{person.pk}", "accounts.reinstated", person=person.pk)
    bump(PEOPLE)


def lift_run_out() -> int:
    """Open the accounts whose suspension has run out; how many."""
    run_out = list(Suspension.objects.run_out().select_related("person"))
    for suspension in run_out:
        reinstate(person=suspension.person, by=policies.INSTALLATION)
    return len(run_out)


def end_sessions(person: User) -> None:
    """Sign the person out of every browser."""
    for session in UserSession.objects.filter(user=person):
        session.end()
