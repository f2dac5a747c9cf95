"""The one door: every deed comes through here, holding the locks that put deeds in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from network.calls import course
from network.calls.models import Call, Case, StageRun
from network.calls.signals import stage_closed_recorded
from network.foundations.viewer import Viewer, viewer_for


@contextmanager
def locked_call(call_id: int) -> Iterator[Call]:
    """The call's row, locked in a transaction: deeds of one call happen one after the other.

    The clock is read once, after the lock: whoever waited is measured by the instant of her deed.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call_id)
        call.stamp()
        yield call


@contextmanager
def locked_case(case_id: int) -> Iterator[Case]:
    """The case as it stands now, its call locked first so that two deeds never wait for each other."""
    with transaction.atomic():
        call_id = Case.objects.values_list("call_id", flat=True).get(pk=case_id)
        call = Call.objects.select_for_update().get(pk=call_id)
        call.stamp()
        case = Case.objects.select_for_update(of=("self",)).select_related("party").get(pk=case_id)
        case.call = call
        yield case


def actor(user: Any) -> Viewer:
    """The person as a viewer with the keys that she holds at this instant, not when she opened the page."""
    return viewer_for(user)


def require(allowed: bool, sentence: str = "") -> None:
    if not allowed:
        raise PermissionDenied(sentence or _("This step is not open to you now."))


def close_run(case: Case, *, outcome: str, by: Any, reason: str = "") -> StageRun:
    """End the stage that the case is at; the caller rings once the next one stands."""
    run = case.runs.get(closed_at=None)
    run.closed_at = case.call.at
    run.closed_by = by
    run.outcome = outcome
    run.reason = reason
    run.save(update_fields=["closed_at", "closed_by", "outcome", "reason"])
    return run


def ring(case: Case, run: StageRun, by: Any) -> None:
    stage_closed_recorded.send(sender=Case, case=case, run=run, user=by)


def open_run(case: Case, place: int, *, due_at: datetime | None = None) -> StageRun:
    kind = course.stage_at(case.call.rules, place)["kind"]
    return StageRun.objects.create(case=case, kind=kind, place=place, due_at=due_at, opened_at=case.call.at)


def advance(case: Case, run: StageRun, *, but: frozenset[str] = frozenset()) -> StageRun | None:
    """Open the stage that follows ``run`` in the course of this call; None when the case is through."""
    place = course.following(case.call.rules, run.place, but=but)
    return None if place is None else open_run(case, place)
