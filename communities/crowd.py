"""The members of a community as one viewer may see them: their countries, and in whose name they speak."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from communities.forms import MembersFilter
from communities.models import Community, Mandate, Membership
from communities.voices import Group, group_of, grouped
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term


@dataclass(frozen=True)
class Bar:
    """A country with its members; ``width`` is its share of the largest region, of a hundred."""

    country: Term
    number: int
    width: int


@dataclass(frozen=True)
class Region:
    name: str
    number: int
    width: int
    bars: list[Bar]


class Crowd:
    """All members at once, in a constant number of queries. A country that a member keeps to herself is not
    counted anywhere and finds nobody."""

    def __init__(self, viewer: Viewer, community: Community) -> None:
        self.viewer, self.community = viewer, community

    @cached_property
    def cards(self) -> dict[int, PersonCard]:
        ids = self.community.memberships.current().values_list("user_id", flat=True)
        return cards_for(self.viewer, list(ids))

    @cached_property
    def mandates(self) -> list[Mandate]:
        """Of those who belong here today."""
        speaking = Mandate.objects.speaking().whole().filter(community=self.community)
        return [mandate for mandate in speaking.order_by("pk") if mandate.user_id in self.cards]

    @cached_property
    def countries(self) -> dict[Term, int]:
        """Each country that members show, with how many do."""
        numbers: dict[str, int] = defaultdict(int)
        for card in self.cards.values():
            if card.country_code:
                numbers[card.country_code] += 1
        terms = Term.objects.of("country").filter(code__in=numbers).select_related("parent")
        return {term: numbers[term.code] for term in terms}

    @property
    def unsaid(self) -> int:
        return len(self.cards) - sum(self.countries.values())

    def choices(self) -> list[tuple[str, str]]:
        named = sorted((term.name, term.code) for term in self.countries)
        return [(code, name) for name, code in named]

    def chosen(self, choice: MembersFilter) -> Q:
        """The filter as a condition; a value that is not offered narrows nothing."""
        choice.is_valid()
        data = getattr(choice, "cleaned_data", {})
        wanted = Q()
        if data.get("role"):
            wanted &= Q(role=data["role"])
        if code := data.get("country"):
            wanted &= Q(user__in=[pk for pk, card in self.cards.items() if card.country_code == code])
        if name := data.get("capacity"):
            wanted &= self._speaking(name)
        return wanted

    def _speaking(self, name: str) -> Q:
        if name == "individuals":
            return ~Q(user__in=[mandate.user_id for mandate in self.mandates])
        return Q(user__in=[one.user_id for one in self.mandates if group_of(one) == name])

    def member(self, membership: Membership) -> dict:
        spoken = [mandate for mandate in self.mandates if mandate.user_id == membership.user_id]
        return {"person": self.cards[membership.user_id], "membership": membership, "mandates": spoken}

    def regions(self) -> list[Region]:
        """By region, the largest first; in each its countries, the largest first."""
        by_region: dict[str, list[tuple[Term, int]]] = defaultdict(list)
        for term, number in self.countries.items():
            by_region[term.parent.name if term.parent else ""].append((term, number))
        totals = {name: sum(number for _term, number in rows) for name, rows in by_region.items()}
        most = max(totals.values(), default=1)
        return [
            Region(name, totals[name], _share(totals[name], most), _bars(by_region[name], most))
            for name in sorted(totals, key=lambda name: (-totals[name], name))
        ]

    def groups(self) -> list[Group]:
        return grouped(self.viewer, [(one.user_id, one, one.state()) for one in self.mandates])


def _bars(rows: list[tuple[Term, int]], most: int) -> list[Bar]:
    ordered = sorted(rows, key=lambda row: (-row[1], row[0].name))
    return [Bar(term, number, _share(number, most)) for term, number in ordered]


def _share(number: int, most: int) -> int:
    return max(round(100 * number / most), 1)
