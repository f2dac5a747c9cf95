"""Events with a registration desk, and people who ask for places at it."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from home.events import actions
from home.events.models import (
    Desk,
    EventIndexPage,
    EventPage,
    KnowledgeFairPage,
    Registration,
    Session,
    Stall,
)
from home.events.rooms import Standing, room_of
from network.accounts.models import User
from network.foundations.clock import zone_of
from network.foundations.viewer import viewer_for
from network.thesaurus.models import Term
from tests import people


def event(title: str = "Mangrove day", *, days: float = 3, hours: float = 2, **fields: Any) -> EventPage:
    starts_at: datetime = fields.pop("starts_at", timezone.now() + timedelta(days=days))
    model = fields.pop("model", EventPage)
    values = {"zone": "Africa/Nairobi", "attendance": "on-site", "place": "Mombasa"} | fields
    page = model(title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), **values)
    EventIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def desk(page: EventPage, **rules: Any) -> Desk:
    """Opened by the editor."""
    return actions.open_desk(viewer=viewer_for(people.editor()), event=page, **rules)


def ask(page: EventPage, desk: Desk, who: User, country: str = "", **said: Any) -> Registration:
    """``who`` asks for a place, for the country with this code."""
    named = Term.objects.get(domain="country", code=country) if country else None
    return actions.register(
        viewer=viewer_for(who), event=page, desk=desk, attendance=page.attendance, country=named, **said
    )


def crowd(number: int) -> list[User]:
    return [people.person(f"guest-{n}", f"Guest {n}") for n in range(number)]


def region_of(country: str) -> int:
    return Term.objects.get(domain="country", code=country).parent_id


def fair(title: str = "Mangrove fair", **fields: Any) -> KnowledgeFairPage:
    return event(title, model=KnowledgeFairPage, **fields)


def stall(at: KnowledgeFairPage, title: str = "Seeds", **kept_by: Any) -> Stall:
    """A stall kept by an ``organization`` or a ``community``."""
    at.stalls.add(Stall(title=title, **kept_by))
    at.save_revision().publish()
    return Stall.objects.get(fair=at, title=title)


def session(at: EventPage, title: str = "Opening", **fields: Any) -> Session:
    """A session that begins with the event, by the clock at the place."""
    begins = fields.pop("starts_at", at.starts_at).astimezone(zone_of(at.zone))
    values = {"day": begins.date(), "begins": begins.time().replace(microsecond=0), "minutes": 60} | fields
    at.sessions.add(Session(title=title, **values))
    at.save_revision().publish()
    return Session.objects.select_related("event", "speaker").get(event=at, title=title)


def standing(of: Session, who: User) -> Standing:
    """The session as this person stands in it now."""
    here = Session.objects.select_related("speaker").get(event=of.event_id, key=of.key)
    here.event = EventPage.objects.get(pk=of.event_id)
    return Standing(viewer_for(who), here.event, here, room_of(here.event, here), timezone.now())
