"""What the worker does by the clock."""

from django.db import transaction

from communities.enums import MemberRole
from communities.models import Community, Membership
from communities.moderation.workload import Workload
from communities.notices import carers
from network.notifications.actions import notify


def tell_of_week() -> int:
    """Tell the moderators of each open community of the last week; how many communities had one."""
    moderated = Membership.objects.active().filter(role=MemberRole.MODERATOR).values("community")
    told = 0
    for community in Community.objects.open().filter(pk__in=moderated).order_by("pk"):
        load = Workload(community)
        last = load.weeks[-2]
        if not (load.waits or last.came or last.decided):
            continue
        with transaction.atomic():
            notify(
                kind="moderation.week",
                recipients=carers(community.pk, only_moderators=True),
                group=f"week:{community.pk}:{last.monday}",
                ids={
                    "community": community.pk,
                    "decided": last.decided,
                    "waits": load.waits,
                    "hours": last.wait,
                },
            )
        told += 1
    return told
