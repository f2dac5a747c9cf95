"""Taking a certificate of attendance."""

from django.utils import timezone
from django.utils.translation import gettext as _

from home.events import policies
from home.events.actions.line import locked
from home.events.models import AttendanceCertificate, Desk
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


@deed
def take_certificate(*, viewer: Viewer, desk: Desk) -> AttendanceCertificate:
    """Her certificate; asking twice leads to the first one. Nobody has one unless she takes it: whoever holds
    its code can read her name."""
    desk = locked(desk)
    row = desk.registrations.live().of(viewer).first()
    if row is None or not policies.can_take_certificate(row, desk, timezone.now()):
        raise Refused(_("You have a certificate once the event is over, if the list at the door has you."))
    return AttendanceCertificate.objects.get_or_create(registration=row)[0]
