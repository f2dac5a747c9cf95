"""Registration on the page of an event."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from home.events import policies
from home.events.finding import desk_of
from home.events.models import EventPage
from network.experts.disclosure import PersonCard
from network.pagecache.rules import expire_at

register = template.Library()


@register.inclusion_tag("events/_registration.html", takes_context=True)
def registration(context: Context, event: EventPage, over: bool) -> dict[str, Any]:
    """The button with which one registers, or where the reader stands.

    How many places are left is told where one registers: the page itself may be kept for strangers.
    """
    request = context["request"]
    viewer = request.viewer
    desk = desk_of(event)
    now = timezone.now()
    for turn in (desk.opens_at, desk.closes_at) if desk else ():
        expire_at(request, turn if turn and turn > now else None)
    place = desk.registrations.live().of(viewer).first() if desk and viewer.is_member else None
    return {
        "event": event,
        "desk": desk,
        "place": place,
        "registers": desk is not None and desk.is_open(now),
        "not_yet": bool(desk and desk.opens_at and now < desk.opens_at),
        "goes_on": not over and not event.cancelled_at,
        "can_keep": viewer.is_member and policies.can_keep(viewer, event),
    }


@register.simple_tag(takes_context=True)
def may_begin(context: Context) -> bool:
    """Whether she begins events."""
    return policies.can_begin(context["viewer"])


@register.inclusion_tag("events/_person.html")
def person_named(cards: dict[int, PersonCard], person: int | None) -> dict[str, Any]:
    """Somebody by her name as this viewer may see it; whoever has left is a former member."""
    return {"person": cards.get(person) if person else None}


@register.inclusion_tag("events/_claimed_name.html")
def claimed_name(name: str, claimed: dict[str, int], cards: dict[int, PersonCard]) -> dict[str, Any]:
    """A name of the programme; where somebody with an account has claimed it, it leads to her."""
    return {"name": name, "person": cards.get(claimed[name]) if name in claimed else None}
