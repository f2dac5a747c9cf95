"""What was owed to holders and has been brought."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from network.consent import policies
from network.consent.models import ConsentRecord, Delivery, Duty
from network.foundations.viewer import Viewer


def confirm_delivery(*, duty: Duty, by: Viewer) -> Delivery:
    """Somebody of the holders has it in her hands. What was paused because it was overdue goes on.

    Confirmed twice, it counts once.
    """
    if not policies.can_confirm(by, duty):
        raise PermissionDenied(_("Only the holders say that they got what is owed to them."))
    with transaction.atomic():
        ConsentRecord.objects.select_for_update().get(pk=duty.record_id)
        found = duty.deliveries.first()
        return found or Delivery.objects.create(duty=duty, confirmed_by=by.user.actor_id)
