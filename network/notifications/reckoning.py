"""What last week would have brought: the mails that her stored notices make under what is ticked."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from network.foundations.viewer import Viewer
from network.notifications.models import Notification
from network.notifications.preferences import Wishes
from network.notifications.scheduling import plan

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Reckoning:
    """How many mails, of them how many digests, and how many notices stood in all of them."""

    mails: int
    digests: int
    notices: int


def last_week(viewer: Viewer, wishes: Wishes) -> Reckoning:
    """By the code that schedules mails. A pause is left aside: nobody pauses for the past."""
    rows = Notification.objects.visible_to(viewer).filter(created_at__gte=timezone.now() - WEEK)
    awake = replace(wishes, habits=replace(wishes.habits, paused_until=None))
    mails = plan(rows.order_by("pk").iterator(1000), awake)
    return Reckoning(
        mails=len(mails),
        digests=sum(mail.leaving.in_digest for mail in mails),
        notices=sum(len(mail.rows) for mail in mails),
    )
