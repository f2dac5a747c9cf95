"""The record of a call: written with each deed, replayed and verified at any time."""

import hashlib
import json
from typing import Any

from django.utils import timezone

from network.calls.models import Call, Case, Event

GENESIS = "0" * 64


def digest_of(data: Any) -> str:
    """SHA-256 of plain data in one canonical writing."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _event_digest(event: Event) -> str:
    return digest_of(
        [event.previous, event.call, event.number, event.kind, event.case, str(event.actor), event.ids,
         event.at.isoformat()]
    )  # fmt: skip


def record(call: Call, kind: str, *, by: Any, case: Case | None = None, **ids: int | str | None) -> Event:
    """Append one event. The call's row must be locked by the caller: it is what orders the chain."""
    last = Event.objects.filter(call=call.pk).order_by("-number").first()
    event = Event(
        call=call.pk,
        number=last.number + 1 if last else 1,
        kind=kind,
        case=case.pk if case else None,
        actor=by.actor_id,
        ids=ids,
        at=timezone.now(),
        previous=last.digest if last else GENESIS,
    )
    event.digest = _event_digest(event)
    event.save(force_insert=True)
    return event


def first_break(call: Call) -> int | None:
    """The number of the first event that does not fit its chain; None when the record is whole."""
    previous = GENESIS
    for expected, event in enumerate(Event.objects.filter(call=call.pk).order_by("number"), start=1):
        if event.number != expected or event.previous != previous or event.digest != _event_digest(event):
            return expected
        previous = event.digest
    return None
