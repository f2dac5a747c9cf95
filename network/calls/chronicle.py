"""The record of a call: written with each deed, verified at any time."""

from typing import Any

from network.calls.models import Call, Case, Event
from network.foundations import chain


def digest_of(content: dict[str, Any]) -> str:
    """What a text is known by: the digest of plain data on its own."""
    return chain.digest(chain.START, content)


def payload(event: Event) -> dict[str, Any]:
    """What an event's digest is taken of."""
    return {
        "call": event.call,
        "number": event.number,
        "kind": event.kind,
        "case": event.case,
        "actor": str(event.actor),
        "ids": event.ids,
        "at": event.at.isoformat(),
    }


def record(call: Call, kind: str, *, by: Any, case: Case | None = None, **ids: int | str | None) -> Event:
    """Append one event; ``by`` is None for a deed done through a link.

    The call's row must be locked by the caller: it is what orders the chain.
    """
    last = Event.objects.filter(call=call.pk).order_by("-number").first()
    event = Event(
        call=call.pk,
        number=last.number + 1 if last else 1,
        kind=kind,
        case=case.pk if case else None,
        actor=by.actor_id if by else None,
        ids=ids,
        at=call.at,
    )
    event.digest = chain.digest(last.digest if last else chain.START, payload(event))
    event.save(force_insert=True)
    return event


def first_break(call: Call) -> int | None:
    """The place of the first event that does not follow from those before it; None when all is whole."""
    events = Event.objects.filter(call=call.pk).order_by("number")
    return chain.first_break((payload(event), event.digest) for event in events)
