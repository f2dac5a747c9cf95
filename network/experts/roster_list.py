"""Who stands on a roster, as one viewer sees it: people who show themselves to her, the unconfirmed last."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from network.experts.disclosure import PersonCard, build_card, levels_for
from network.experts.enums import Facet
from network.experts.freshness import day_of
from network.experts.models import ExpertProfile, ProfileFacet, Roster, RosterEntry
from network.experts.trusted import EntryQuerySet
from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term

#: By what the people of a roster are narrowed, and the vocabulary behind it.
FACETS = {"country": Facet.COUNTRY, "subject": Facet.SUBJECT, "language": Facet.LANGUAGE}
DOMAINS = {"country": "country", "subject": "subject", "language": "language"}
_ORDER = ["sunk", "person__expert_profile__sort_name", "id"]


@dataclass(frozen=True)
class Row:
    """One of them: her card, in whose name she was nominated, and how fresh that is."""

    card: PersonCard
    entry: RosterEntry

    @property
    def verified_on(self) -> datetime | None:
        return self.entry.verified_at or self.entry.approved_at

    @property
    def is_stale(self) -> bool:
        return self.entry.stale_at is not None

    @property
    def verified_day(self) -> Any:
        return day_of(self.verified_on) if self.verified_on else None


class RosterList:
    def __init__(self, viewer: Viewer, roster: Roster, asked: dict[str, str] | None = None) -> None:
        self.viewer, self.roster = viewer, roster
        self.asked = {name: value for name, value in (asked or {}).items() if value}

    def entries(self) -> EntryQuerySet:
        """Those whose names open to the viewer, narrowed by what opens to her."""
        found = self._all()
        for name, facet in FACETS.items():
            if code := self.asked.get(name):
                term = Term.objects.filter(domain=DOMAINS[name], code=code.replace("\x00", "")).values("pk")
                holders = ProfileFacet.objects.visible_to(self.viewer).filter(facet=facet, value__in=term)
                found = found.filter(person__expert_profile__in=holders.values("profile"))
        if self.asked.get("fresh"):
            found = found.filter(stale_at=None)
        return found

    def _all(self) -> EntryQuerySet:
        shown = ExpertProfile.objects.visible_to(self.viewer)
        active = RosterEntry.objects.active().filter(roster=self.roster)
        return active.filter(person__expert_profile__in=shown)

    def page(self, cursor: str = "", size: int = 30) -> KeysetPage:
        """One page of rows, in three questions."""
        found = self.entries().sinking().select_related("person__expert_profile", "country", "organization")
        page = paginate(found, _ORDER, cursor, size)
        return KeysetPage(self.rows(page.rows), page.next, page.previous)

    def whole(self, most: int) -> list[Row]:
        """The first ``most`` of them, in the same order, with what is shown of them."""
        found = self.entries().sinking().select_related("country", "organization")
        return self.rows(list(found.order_by(*_ORDER)[:most]))

    def rows(self, entries: list[RosterEntry]) -> list[Row]:
        profiles = {
            profile.user_id: profile
            for profile in ExpertProfile.objects.for_cards().filter(
                user__in=[row.person_id for row in entries]
            )
        }
        levels = levels_for(self.viewer, profiles.values())
        return [
            Row(build_card(profile, levels[profile.pk]), entry)
            for entry in entries
            if (profile := profiles.get(entry.person_id))
        ]

    def count(self) -> int:
        return self.entries().count()

    def offered(self) -> dict[str, list[Term]]:
        """The terms that narrow it, from fields that the viewer may see: two questions."""
        rows = ProfileFacet.objects.visible_to(self.viewer).filter(
            profile__user__in=self._all().values("person"), facet__in=FACETS.values()
        )
        values: dict[str, set[int]] = defaultdict(set)
        for facet, value in rows.values_list("facet", "value").distinct():
            values[facet].add(value)
        terms = Term.objects.in_bulk({pk for some in values.values() for pk in some})
        return {name: [terms[pk] for pk in values[facet] if pk in terms] for name, facet in FACETS.items()}


def numbers(viewer: Viewer) -> dict[int, int]:
    """How many people of each roster show themselves to the viewer. One question."""
    shown = ExpertProfile.objects.visible_to(viewer)
    rows = RosterEntry.objects.active().filter(person__expert_profile__in=shown)
    return dict(rows.order_by().values_list("roster").annotate(number=Count("pk")))
