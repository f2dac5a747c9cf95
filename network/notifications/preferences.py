"""What each person chose, for a kind and many people at once."""

from collections.abc import Iterable, Mapping

from network.notifications.enums import Channel, Timing
from network.notifications.kinds import Kind
from network.notifications.models import Preference


def default(kind: Kind, channel: str) -> Timing:
    return Timing.AT_ONCE if channel == Channel.INBOX or kind.mail else Timing.NEVER


def chosen(kind_name: str, people: Iterable[int]) -> Mapping[tuple[int, str], str]:
    """``(person, channel)`` to timing, for those who have chosen."""
    rows = Preference.objects.filter(kind=kind_name, person__in=people)
    return {
        (person, channel): timing
        for person, channel, timing in rows.values_list("person_id", "channel", "timing")
    }


def wants(chosen_by: Mapping[tuple[int, str], str], kind: Kind, person: int, channel: str) -> bool:
    return chosen_by.get((person, channel), default(kind, channel)) == Timing.AT_ONCE


def of_person(person: int) -> dict[tuple[str, str], str]:
    """``(kind, channel)`` to timing, as far as this person has chosen."""
    rows = Preference.objects.filter(person=person)
    return {
        (kind, channel): timing for kind, channel, timing in rows.values_list("kind", "channel", "timing")
    }
