"""Looks at the sites that nominators name: asked for here, made by the worker, kept until the deadline."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from network.awards import policies
from network.awards.models import Nomination, SiteLook
from network.calls import actions as engine
from network.calls import chronicle
from network.calls.enums import StageKind
from network.calls.models import StageRun
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for

#: Addresses of one nomination that are looked at, and how often each may be asked.
MOST = 11
PAUSE = timedelta(minutes=10)
DAILY = timedelta(days=1)
#: What was asked for before the deadline is seen within this time after it, or not at all.
LATEST = timedelta(hours=1)


@deed
def ask_look(*, nomination: Nomination, by: Any) -> int:
    """Have every address of this nomination looked at soon. How many are asked for."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_ask_look(viewer_for(by), case):
            raise PermissionDenied(_("What is seen of a site is kept until the deadline, and not after it."))
        current = Nomination.objects.get(pk=nomination.pk)
        if not current.addresses:
            raise Refused(_("There is no address yet to look at."))
        recent = SiteLook.objects.filter(nomination=current, asked_at__gt=case.call.at - PAUSE)
        if recent.exists():
            raise Refused(_("It was looked at a moment ago. Sites are asked no more than every ten minutes."))
        return put_down(current, case.call.at)


def put_down(nomination: Nomination, at: datetime) -> int:
    """A row for each address that does not wait already. Inside a transaction that holds the call."""
    rows = SiteLook.objects.filter(nomination=nomination, looked_at=None)
    waiting = set(rows.values_list("url", flat=True))
    made = [
        SiteLook(nomination=nomination, url=address, asked_at=at)
        for address in nomination.addresses[:MOST]
        if address not in waiting
    ]
    SiteLook.objects.bulk_create(made)
    return len(made)


@deed
def put_down_daily() -> int:
    """What the clock does: while a call is open, what is handed in is looked at once a day."""
    now = timezone.now()
    seen = SiteLook.objects.filter(nomination=OuterRef("pk"), asked_at__gt=now - DAILY)
    waits = StageRun.objects.open().filter(
        case=OuterRef("case"), kind__in=[StageKind.ENDORSE, StageKind.SCREEN]
    )
    due = Nomination.objects.filter(
        Exists(waits), ~Exists(seen), case__call__opens_at__lte=now, case__call__closes_at__gt=now
    )
    return sum(put_down(nomination, now) for nomination in due.order_by("pk")[:50])


@deed
def keep_look(*, look: SiteLook, findings: dict[str, Any], fault: str = "") -> SiteLook | None:
    """What the worker has seen. Nothing is kept that nobody asked for, or that comes after the deadline."""
    with engine.locked_case(look.nomination.case_id) as case:
        current = SiteLook.objects.filter(pk=look.pk, looked_at=None).first()
        if current is None:
            return None
        if case.call.at >= policies.looks_until(case) + LATEST:
            current.delete()
            return None
        current.looked_at, current.findings, current.fault = case.call.at, findings, fault
        current.save(update_fields=["looked_at", "findings", "fault"])
        chronicle.record(
            case.call, "looked-at", by=None, case=case, look=current.pk,
            digest=chronicle.digest_of({"url": current.url, "findings": findings, "fault": fault}),
        )  # fmt: skip
        return current
