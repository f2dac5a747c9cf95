"""Opening the desk of an event, and its rules."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.events import policies
from home.events.actions.line import demand, locked, settle
from home.events.enums import Asking
from home.events.models import Desk, EventPage, Question, Quota
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer

#: What a form may set of a desk.
RULES = (
    "capacity", "opens_at", "closes_at", "needs_approval", "has_waiting_list", "offer_hours", "quotas_until",
    "asks_needs", "shown_to", "meeting_url", "meeting_minutes",
)  # fmt: skip
#: So much may be asked.
MOST_QUESTIONS = 12


def what_is_told(event: EventPage) -> dict[str, Any]:
    """What participants have to know of the event."""
    return {
        "told_start": event.starts_at,
        "told_end": event.ends_at,
        "told_place": event.place,
        "told_cancelled_at": event.cancelled_at,
    }


@deed
def open_desk(
    *,
    viewer: Viewer,
    event: EventPage,
    quotas: Mapping[int, int] | None = None,
    questions: list[dict[str, Any]] | None = None,
    **rules: Any,
) -> Desk:
    """Give the event a desk; where it has one already, that is the answer."""
    demand(policies.can_keep(viewer, event), _("This is for those who keep the event."))
    _check(rules, quotas or {})
    known = {name: rules[name] for name in RULES if name in rules}
    desk, is_new = Desk.objects.get_or_create(
        event=event.translation_key, defaults={**what_is_told(event), **known}
    )
    if is_new:
        _set_quotas(desk, quotas or {})
        _set_questions(desk, questions or [])
    return desk


@deed
def change_desk(
    *,
    viewer: Viewer,
    event: EventPage,
    desk: Desk,
    version: int,
    quotas: Mapping[int, int],
    questions: list[dict[str, Any]],
    **rules: Any,
) -> Desk:
    """Change the rules. ``quotas`` maps regions to places; whoever waits and fits now is called at once.

    Raises ``StaleEdit`` where somebody has changed them since ``version``, and refuses fewer places than
    people hold: whom to leave out is a decision about people, which no number makes.
    """
    demand(policies.can_keep(viewer, event), _("This is for those who keep the event."))
    desk = locked(desk)
    if desk.version != version:
        raise StaleEdit(_("Somebody has changed this in the meantime."), desk)
    _check(rules, quotas)
    holding = desk.registrations.holding().count()
    if rules["capacity"] is not None and rules["capacity"] < holding:
        told = ngettext(
            "%(number)d person holds a place. Take places back from single people first.",
            "%(number)d people hold a place. Take places back from single people first.",
            holding,
        )
        raise Refused(told % {"number": holding}, "capacity")
    for name in RULES:
        setattr(desk, name, rules[name])
    desk.version += 1
    desk.save()
    _set_quotas(desk, quotas)
    _set_questions(desk, questions)
    settle(desk, timezone.now())
    return desk


@deed
def close_desk(*, viewer: Viewer, event: EventPage, desk: Desk) -> Desk:
    """From now on nobody registers; who has a place keeps it."""
    demand(policies.can_keep(viewer, event), _("This is for those who keep the event."))
    desk = locked(desk)
    now = timezone.now()
    if desk.opens_at and desk.opens_at >= now:
        desk.opens_at = None
    desk.closes_at = now
    desk.version += 1
    desk.save(update_fields=["opens_at", "closes_at", "version"])
    return desk


def _check(rules: Mapping[str, Any], quotas: Mapping[int, int]) -> None:
    capacity = rules.get("capacity")
    kept = sum(quotas.values())
    if kept and capacity is None:
        raise Refused(_("Quotas need a number of places."), "capacity")
    if capacity is not None and kept > capacity:
        raise Refused(_("The quotas are more than there are places."), "capacity")


def _set_quotas(desk: Desk, quotas: Mapping[int, int]) -> None:
    desk.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(desk=desk, region_id=region, places=places) for region, places in quotas.items() if places
    )


def _set_questions(desk: Desk, questions: list[dict[str, Any]]) -> None:
    """Answers that were given stay as they were: each holds its question as it was put."""
    if len(questions) > MOST_QUESTIONS:
        raise Refused(_("That is more than anybody answers."))
    desk.questions.all().delete()
    Question.objects.bulk_create(
        Question(
            desk=desk, position=place, text=asked["text"], purpose=asked["purpose"], kind=asked["kind"],
            required=asked["required"],
            choices=asked["choices"] if asked["kind"] == Asking.CHOICE else [],
        )
        for place, asked in enumerate(questions)
    )  # fmt: skip
