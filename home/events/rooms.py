"""A session as one viewer stands in it: what she may see and do there at this instant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from home.events import policies
from home.events.enums import PlaceState
from home.events.finding import desk_of
from home.events.models import Desk, EventPage, LiveRoom, Session, Speaker
from home.events.models.rooms import LINGERS
from network.foundations.viewer import Viewer


@dataclass
class Standing:
    """``room`` has no number yet where nobody has set it up; then its rules are those that every room begins
    with."""

    viewer: Viewer
    event: EventPage
    session: Session
    room: LiveRoom
    at: datetime

    @cached_property
    def desk(self) -> Desk | None:
        return desk_of(self.event)

    @cached_property
    def keeps(self) -> bool:
        """Keeps the event: its settings, its speakers."""
        return policies.can_keep(self.viewer, self.event)

    @cached_property
    def speaks(self) -> bool:
        return self.viewer.is_member and self.viewer.user_id in self.speakers

    @property
    def hosts(self) -> bool:
        """Keeps the room: looks at questions, marks them as answered, ends the session."""
        return self.keeps or self.speaks

    @cached_property
    def takes_part(self) -> bool:
        """Has a place; where one does not register, whoever is signed in. Those who keep the room do, too."""
        if self.hosts:
            return True
        if self.desk is None or not self.viewer.is_member:
            return self.desk is None and self.viewer.is_member
        return self.desk.registrations.of(self.viewer).filter(state=PlaceState.CONFIRMED).exists()

    @cached_property
    def speakers(self) -> set[int]:
        """People with an account who speak here."""
        return speakers_of(self.event, self.session)

    @property
    def opens_at(self) -> datetime:
        return self.session.starts_at - timedelta(minutes=self.room.opens_minutes)

    @property
    def closes_at(self) -> datetime:
        return self.room.ended_at or self.session.ends_at + LINGERS

    @property
    def is_over(self) -> bool:
        return self.at >= self.closes_at

    @property
    def is_open(self) -> bool:
        return self.opens_at <= self.at < self.closes_at and not self.event.cancelled_at

    @property
    def meeting(self) -> str:
        """The address of the meeting, where she may have it now."""
        early = self.hosts and not self.is_over
        return self.room.meeting_url if self.takes_part and (self.is_open or early) else ""

    @property
    def can_read(self) -> bool:
        """Read the questions: everybody; where traditional knowledge may be shared, those who take part."""
        return not self.room.shares_knowledge or self.takes_part

    @property
    def can_ask(self) -> bool:
        goes_on = self.room.takes_questions and not self.is_over and not self.event.cancelled_at
        return goes_on and self.takes_part

    @cached_property
    def reviews(self) -> dict[int, bool]:
        """What each speaker says of the version that would be shown now."""
        rows = self.room.reviews.filter(version=self.room.materials_version) if self.room.pk else []
        return {row.person_id: row.agrees for row in rows}

    @property
    def has_materials(self) -> bool:
        return bool(self.room.recording_url or self.room.transcript_url)

    @property
    def is_released(self) -> bool:
        """Every speaker with an account agrees to what was recorded."""
        return self.has_materials and all(self.reviews.get(person) for person in self.speakers)

    @property
    def awaits_review(self) -> bool:
        """She speaks here, and has said nothing yet about what was recorded."""
        return self.speaks and self.has_materials and self.viewer.user_id not in self.reviews


def room_of(event: EventPage, session: Session) -> LiveRoom:
    """The room of a session, or the one that it would begin with."""
    keys = {"event": event.translation_key, "session": session.key}
    return LiveRoom.objects.select_related("thread").filter(**keys).first() or LiveRoom(**keys)


def speakers_of(event: EventPage, session: Session) -> set[int]:
    claimed = Speaker.objects.of_session(event.translation_key, session.key).confirmed()
    people = set(claimed.values_list("person_id", flat=True))
    return people | ({session.speaker.user_id} if session.speaker else set())
