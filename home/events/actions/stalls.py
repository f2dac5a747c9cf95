"""Deeds at the stalls of a fair: telling, being there, asking, answering."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.events import policies
from home.events.actions.line import demand
from home.events.enums import HourKind
from home.events.models import Booth, Stall, StallHour, VisitorQuestion
from home.events.models.stalls import RENEWED_FOR
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ratelimit import limit
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

#: Kinds of entry in ``stall:<id>``.
ASKED = "events.stall_asked"
ANSWERED = "events.stall_answered"
BOOKED = "events.talk_booked"
#: A stall is not open at more hours than these.
MOST_HOURS = 60


@deed
def tell_story(*, viewer: Viewer, stall: Stall, story: str, of_people: bool, version: int) -> Booth:
    """Write what the stall shows. Raises ``StaleEdit`` where another of its people has written since."""
    _demand_keeper(viewer, stall)
    Booth.objects.get_or_create(stall=stall)
    booth = Booth.objects.select_for_update().get(stall=stall)
    if booth.version != version:
        raise StaleEdit(_("Somebody has changed this in the meantime."), booth)
    if booth.of_people and not of_people:
        demand(policies.is_of_stall(viewer, stall), _("Only the people of the stall say whose this is."))
    booth.story, booth.of_people = story, of_people
    booth.shown_until = _end(booth, stall) if of_people else None
    booth.changed_at, booth.changed_by = timezone.now(), viewer.user
    booth.version += 1
    booth.save()
    return booth


def _end(booth: Booth, stall: Stall) -> datetime:
    """The fair's end, or a later day that they have named already."""
    return max(booth.shown_until or stall.fair.ends_at, stall.fair.ends_at)


@deed
def renew(*, viewer: Viewer, stall: Stall) -> Booth:
    """Its people want the story to be shown for another year. Nobody else can: editors do not renew."""
    booth = Booth.objects.select_for_update().get(stall=stall)
    demand(
        policies.is_of_stall(viewer, stall),
        _("Only the people of the stall decide for how long it is shown."),
    )
    if booth.of_people:
        booth.shown_until = timezone.now() + RENEWED_FOR
        booth.save(update_fields=["shown_until"])
    return booth


@deed
def add_hour(*, viewer: Viewer, stall: Stall, kind: str, starts_at: datetime, minutes: int) -> StallHour:
    """Say when somebody is at the stall. Refuses hours that are over, and the same one twice."""
    _demand_keeper(viewer, stall)
    now = timezone.now()
    if starts_at <= now:
        raise Refused(_("This hour is over."), "starts_at")
    if stall.hours.filter(starts_at__gt=now).count() >= MOST_HOURS:
        raise Refused(_("That is more than anybody looks through."))
    try:
        with transaction.atomic():
            return StallHour.objects.create(stall=stall, kind=kind, starts_at=starts_at, minutes=minutes)
    except IntegrityError:
        raise Refused(_("This hour stands there already."), "starts_at") from None


@deed
def drop_hour(*, viewer: Viewer, hour: StallHour) -> None:
    """Take an hour away; of a talk that is booked, its visitor would wait for nobody, so that is refused."""
    _demand_keeper(viewer, hour.stall)
    current = StallHour.objects.select_for_update().get(pk=hour.pk)
    if current.visitor_id and current.starts_at > timezone.now():
        raise Refused(_("Somebody has booked this talk. Write to her first; she can give it back."))
    current.delete()


@deed
def book(*, viewer: Viewer, hour: StallHour) -> StallHour:
    """Have a talk for oneself. Of two who want it, the first has it."""
    demand(viewer.is_member, _("Sign in to book a talk."))
    current = StallHour.objects.select_for_update().select_related("stall__fair").get(pk=hour.pk)
    if current.visitor_id == viewer.user_id:
        return current
    if current.kind != HourKind.TALK or current.visitor_id or current.starts_at <= timezone.now():
        raise Refused(_("This talk cannot be booked any more."))
    current.visitor, current.booked_at = viewer.user, timezone.now()
    current.save(update_fields=["visitor", "booked_at"])
    announce(f"stall:{current.stall_id}", BOOKED, hour=current.pk)
    return current


@deed
def give_talk_back(*, viewer: Viewer, hour: StallHour) -> StallHour:
    current = StallHour.objects.select_for_update().get(pk=hour.pk)
    demand(viewer.user_id is not None and current.visitor_id == viewer.user_id, _("This talk is not yours."))
    current.visitor = current.booked_at = None
    current.save(update_fields=["visitor", "booked_at"])
    return current


@deed
def ask(*, viewer: Viewer, stall: Stall, text: str) -> VisitorQuestion:
    """Ask the people of the stall; ten times an hour at most."""
    demand(
        policies.can_ask(viewer, stall, timezone.now()), _("The fair is over. Nobody answers here any more.")
    )
    limit("stall-question", f"user:{viewer.user_id}", times=10, seconds=3600)
    asked = VisitorQuestion.objects.create(stall=stall, asked_by=viewer.user, text=text)
    announce(f"stall:{stall.pk}", ASKED, question=asked.pk)
    return asked


@deed
def answer(*, viewer: Viewer, question: VisitorQuestion, text: str) -> VisitorQuestion:
    """Answer a visitor, or mend the answer; she is told of the first one."""
    _demand_keeper(viewer, question.stall)
    current = VisitorQuestion.objects.select_for_update().get(pk=question.pk)
    is_first = current.answered_at is None
    current.answer, current.answered_at, current.answered_by = text, timezone.now(), viewer.user
    current.save(update_fields=["answer", "answered_at", "answered_by"])
    if is_first:
        announce(f"stall:{current.stall_id}", ANSWERED, question=current.pk)
    return current


@deed
def hide(*, viewer: Viewer, question: VisitorQuestion) -> VisitorQuestion:
    """Take a question off the stall, or show it again."""
    _demand_keeper(viewer, question.stall)
    current = VisitorQuestion.objects.select_for_update().get(pk=question.pk)
    hidden: Any = (None, None) if current.hidden_at else (timezone.now(), viewer.user)
    current.hidden_at, current.hidden_by = hidden
    current.save(update_fields=["hidden_at", "hidden_by"])
    return current


def _demand_keeper(viewer: Viewer, stall: Stall) -> None:
    demand(policies.can_keep_stall(viewer, stall), _("This is for the people of the stall."))
