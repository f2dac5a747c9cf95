"""Addresses that get no notices because somebody asked for that: written down by whoever runs the network."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.notifications import policies
from network.notifications.actions import notify
from network.notifications.enums import WhyNoMail
from network.notifications.inbound.bounces import SUSPENDED
from network.notifications.inbound.parcels import owner_of
from network.notifications.models import MailSuspension


@transaction.atomic
def suppress(*, viewer: Viewer, address: str) -> MailSuspension:
    """Send nothing there any more; whose it is reads so in her inbox and can ask for mail again."""
    _demand(viewer)
    address = address.strip().lower()
    person = owner_of(address)
    if person is None:
        raise Refused(_("Nobody signs in with this address, so it gets no notices."), "address")
    made, is_new = MailSuspension.objects.in_force().get_or_create(
        address=address, defaults={"person": person, "kind": WhyNoMail.ASKED}
    )
    if not is_new:
        raise Refused(_("This address gets no notices already."), "address")
    notify(kind=SUSPENDED, recipients=[person.pk], ids={"suspension": made.pk})
    return made


@transaction.atomic
def lift_one(*, viewer: Viewer, suspension: MailSuspension) -> None:
    """The address gets notices again: it was mended, or somebody asked for that on the telephone."""
    _demand(viewer)
    MailSuspension.objects.in_force().filter(pk=suspension.pk).update(lifted_at=timezone.now())


def _demand(viewer: Viewer) -> None:
    if not policies.can_suppress(viewer):
        raise PermissionDenied(_("Only administrators say which addresses get no mail."))
