"""The capacities in which people speak in a community: of one who writes, and of all who take part."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from communities.enums import Capacity, MandateState, SpeakerGroup
from communities.models import Community, Mandate
from communities.policies import must_agree
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Voice:
    """What has to be asked of somebody who writes: which of her mandates, and the code of conduct."""

    mandates: list[Mandate] = field(default_factory=list)
    conduct: int | None = None


def voice_of(viewer: Viewer, community: Community) -> Voice:
    """One query for whoever has a mandate there, none for everybody else."""
    mandates = Mandate.objects.none()
    if viewer.has(f"speaks:{community.pk}"):
        mandates = Mandate.objects.speaking().whole().filter(community=community, user=viewer.user_id)
    return Voice(
        mandates=list(mandates.order_by("pk")),
        conduct=community.conduct_version if must_agree(viewer, community) else None,
    )


@dataclass(frozen=True)
class Speaker:
    """One person in one capacity."""

    person: PersonCard
    mandate: Mandate | None = None
    state: str = ""

    @property
    def is_declared(self) -> bool:
        return self.state == MandateState.DECLARED


@dataclass
class Group:
    """Those who speak in the same kind of capacity."""

    name: str
    label: str | Promise
    speakers: list[Speaker] = field(default_factory=list)


GROUPS: dict[str, str | Promise] = {group.value: group.label for group in SpeakerGroup}


def group_of(mandate: Mandate | None) -> str:
    if mandate is None:
        return "individuals"
    if mandate.capacity == Capacity.GOVERNMENT:
        return "parties" if mandate.is_of_party else "non-parties"
    return "peoples" if mandate.capacity == Capacity.PEOPLES else "organizations"


def grouped(viewer: Viewer, spoken: Iterable[tuple[int, Mandate | None, str]]) -> list[Group]:
    """People (user, mandate, its state) by kind of capacity, in the order of whom they speak for, then of
    their names; kinds that nobody speaks in are left out."""
    spoken = list(spoken)
    cards = cards_for(viewer, [user for user, _mandate, _state in spoken])
    groups = {name: Group(name, label) for name, label in GROUPS.items()}
    for user, mandate, state in spoken:
        if user in cards:
            groups[group_of(mandate)].speakers.append(Speaker(cards[user], mandate, state))
    for group in groups.values():
        group.speakers.sort(key=lambda one: (one.mandate.whom if one.mandate else "", one.person.name))
    return [group for group in groups.values() if group.speakers]
