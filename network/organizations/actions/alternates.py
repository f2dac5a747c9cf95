"""A focal point names somebody who answers in her place."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations import policies
from network.organizations.models import Alternate, FocalPoint
from network.outbox.actions import announce

#: No alternate is named for longer than this.
LONGEST = timedelta(days=366)


@deed
def name_alternate(*, viewer: Viewer, focal_point: FocalPoint, email: str, until: date) -> Alternate:
    """Ask whoever has this address to stand in until a day; an address without an account does the same."""
    held = FocalPoint.objects.select_for_update().get(pk=focal_point.pk)
    if not policies.can_name_alternate(viewer, held):
        raise PermissionDenied(_("Only the focal point herself names her alternate."))
    if email.lower() == viewer.user.email.lower():
        raise Refused(_("Name somebody else."), "email")
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise Refused(_("Choose a day from today until one year from now."), "until")
    if held.alternates.standing().exists():
        raise Refused(_("You have named somebody already. End that first."))
    held.alternates.filter(ended_at=None).update(ended_at=timezone.now(), email="")
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    named = Alternate.objects.create(focal_point=held, person=person, email=email, until=until)
    announce(f"alternate:{named.pk}", "organizations.alternate_named", alternate=named.pk)
    return named


@deed
def accept_alternate(*, viewer: Viewer, alternate: Alternate) -> None:
    """From now on she answers in the place of the focal point."""
    asked = _locked(alternate)
    if not policies.can_accept_alternate(viewer, asked):
        raise PermissionDenied(_("Only whoever was asked accepts this."))
    if not Alternate.objects.invited().filter(pk=asked.pk).exists():
        raise Refused(_("This has been answered in the meantime, or is over."))
    asked.accepted_at, asked.email = timezone.now(), ""
    asked.save(update_fields=["accepted_at", "email"])
    announce(f"alternate:{asked.pk}", "organizations.alternate_answered", alternate=asked.pk)


@deed
def end_alternate(*, viewer: Viewer, alternate: Alternate) -> None:
    """At once: the focal point revokes it, or the alternate declines or resigns."""
    held = _locked(alternate)
    if not policies.can_end_alternate(viewer, held):
        raise PermissionDenied(_("Only the focal point or her alternate ends this."))
    if held.ended_at is not None:
        raise Refused(_("This has ended already."))
    held.ended_at, held.ended_by, held.email = timezone.now(), viewer.user, ""
    held.save(update_fields=["ended_at", "ended_by", "email"])
    announce(f"alternate:{held.pk}", "organizations.alternate_ended", alternate=held.pk)


def _locked(alternate: Alternate) -> Alternate:
    found = Alternate.objects.select_for_update(of=("self",)).select_related("focal_point")
    row = found.filter(pk=alternate.pk).first()
    if row is None:
        raise Refused(_("This has ended already."))
    return row
