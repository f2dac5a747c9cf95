"""What each person chose, for many people at once: of kinds and families, of places, of her hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model

from network.notifications.enums import Channel, Family, Timing
from network.notifications.kinds import Kind
from network.notifications.models import Habit, PlaceChoice, Preference

#: What is said in a community. Only of this does a choice for the whole community speak: who looks after it
#: goes on hearing of what waits for her.
TALK = frozenset({Family.MENTION, Family.REPLY, Family.WATCHED, Family.NEWS})


def family_key(family: str) -> str:
    """The name under which a choice for a whole family is kept."""
    return f"family:{family}"


@dataclass(frozen=True)
class Habits:
    """When and how one person wants her mails, in her own zone."""

    zone: str = "UTC"
    language: str = ""
    digest_hour: int = 7
    digest_weekday: int = 0
    quiet_from: int | None = None
    quiet_to: int | None = None
    paused_until: date | None = None
    version: int = 0


@dataclass(frozen=True)
class PlaceWish:
    """What she wants of one place; what is empty stays as she chose for the kind."""

    inbox: str = ""
    mail: str = ""
    every_post: bool = False

    def timing(self, kind: Kind, channel: str) -> str:
        if channel == Channel.INBOX:
            return self.inbox
        return Timing.AT_ONCE if self.every_post and kind.listed and not self.mail else self.mail


@dataclass(frozen=True)
class Wishes:
    """All that one person chose."""

    habits: Habits = field(default_factory=Habits)
    kinds: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: Mapping[str, PlaceWish] = field(default_factory=dict)

    def timing(self, name: str, kind: Kind, channel: str, *, group: str = "", place: str = "") -> Timing:
        """When she is told of it on this way: the nearest choice holds (line, place, kind, family, usual)."""
        for where in (group, place if kind.family in TALK else ""):
            said = self.places[where].timing(kind, channel) if where in self.places else ""
            if said:
                return Timing(said)
        own = self.kinds.get((name, channel)) or self.kinds.get((family_key(kind.family), channel))
        return Timing(own) if own else kind.usual(channel)


def wishes_of(people: Iterable[int], *, places: Iterable[str] | None = None) -> dict[int, Wishes]:
    """What these people chose; three questions for any number. ``places`` narrows which places matter."""
    people = list(people)
    chosen: dict[int, dict[tuple[str, str], str]] = {}
    rows = Preference.objects.filter(person__in=people)
    for person, kind, channel, timing in rows.values_list("person_id", "kind", "channel", "timing"):
        chosen.setdefault(person, {})[kind, channel] = timing
    of_places: dict[int, dict[str, PlaceWish]] = {}
    wanted = PlaceChoice.objects.filter(person__in=people)
    if places is not None:
        wanted = wanted.filter(place__in=[place for place in places if place])
    for row in wanted:
        of_places.setdefault(row.person_id, {})[row.place] = PlaceWish(row.inbox, row.mail, row.every_post)
    habits = habits_of(people)
    return {
        person: Wishes(habits.get(person, Habits()), chosen.get(person, {}), of_places.get(person, {}))
        for person in people
    }


def habits_of(people: Iterable[int]) -> dict[int, Habits]:
    """One question: zone and language stand with the person, all else beside them."""
    found = get_user_model().objects.filter(pk__in=list(people)).select_related("mail_habit")
    return {person.pk: _habits(person, getattr(person, "mail_habit", None)) for person in found}


def _habits(person: Any, kept: Habit | None) -> Habits:
    if kept is None:
        return Habits(person.zone or "UTC", person.language)
    return Habits(
        zone=person.zone or "UTC",
        language=kept.language or person.language,
        digest_hour=kept.digest_hour,
        digest_weekday=kept.digest_weekday,
        quiet_from=kept.quiet_from,
        quiet_to=kept.quiet_to,
        paused_until=kept.paused_until,
        version=kept.version,
    )


def of_person(person: int) -> dict[tuple[str, str], str]:
    """``(kind or family, channel)`` to timing, as far as this person has chosen."""
    rows = Preference.objects.filter(person=person)
    return {
        (kind, channel): timing for kind, channel, timing in rows.values_list("kind", "channel", "timing")
    }
