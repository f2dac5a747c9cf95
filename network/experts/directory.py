"""Finding people: what a viewer asked for, answered and counted by the database from what she may see."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef
from taggit.models import Tag

from network.experts import disclosure
from network.experts.asking import ORGANIZATION_KIND, Asked
from network.experts.disclosure import PersonCard
from network.experts.enums import Facet, Field
from network.experts.lenses import codes_of, lenses
from network.experts.models import ExpertProfile, ProfileFacet
from network.experts.querysets import ProfileQuerySet
from network.experts.searching import KIND
from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.search.models import SearchDocument, Segment
from network.search.query import Query, parse
from network.thesaurus.models import Term

DOMAIN_OF: dict[str, str] = {
    Facet.COUNTRY: "country",
    Facet.REGION: "un-region",
    Facet.TARGET: "kmgbf-target",
    Facet.SUBJECT: "subject",
    Facet.LANGUAGE: "language",
    Facet.WORKED: "country",
}
ORDERS = {
    "relevance": ["-score", "sort_name", "id"],
    "name": ["sort_name", "id"],
    "recent": ["-updated_at", "-id"],
}
#: How many words of a list stand in a row of the directory.
_SHOWN_WORDS = 4


@dataclass(frozen=True)
class Row:
    """A person in the directory: her card and some of what she is good at."""

    slug: str
    card: PersonCard
    words: tuple[str, ...]


class Directory:
    """The directory as one viewer sees it, narrowed to what she asked for."""

    def __init__(self, viewer: Viewer, asked: Asked) -> None:
        self.viewer = viewer
        self.query: Query = parse(asked.words)
        self.asked = asked
        order = asked.order if asked.order in ORDERS else ""
        if order == "relevance" and not self.query:
            order = ""
        self.order = order or ("relevance" if self.query else "name")

    @cached_property
    def terms(self) -> dict[int, Term]:
        """The words by which one narrows here, all at once: they are few."""
        return {term.pk: term for term in Term.objects.filter(domain__in=set(DOMAIN_OF.values()))}

    @cached_property
    def wanted(self) -> dict[str, Collection[Any]]:
        """The asked values of each facet as the rows have them; those that do not exist find nobody."""
        # PostgreSQL refuses to compare with a NUL; no code holds one.
        return {
            name: self._values(name, {code for code in codes if "\x00" not in code})
            for name, codes in self.asked.facets.items()
        }

    def _values(self, name: str, codes: set[str]) -> Collection[Any]:
        if domain := DOMAIN_OF.get(name):
            return {
                term.pk for term in self.terms.values() if term.domain_id == domain and term.code in codes
            }
        if name == Facet.TAG:
            return set(Tag.objects.filter(slug__in=codes).values_list("pk", flat=True))
        if name == Facet.ORGANIZATION:
            return set(Organization.objects.filter(slug__in=codes).values_list("pk", flat=True))
        if name == ORGANIZATION_KIND or name in lenses:
            return codes
        known = codes_of(name)
        return {known[code] for code in codes if code in known}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or self.asked.facets)

    def profiles(self, without: str = "") -> ProfileQuerySet:
        """Those who match, by fields that this viewer may see; ``without`` one of the facets asked for."""
        found = ExpertProfile.objects.visible_to(self.viewer)
        for name, values in self.wanted.items():
            if name == without:
                continue
            if lens := lenses.get(name):
                found = found.filter(lens.narrow(self.viewer, values))
            else:
                found = found.filter(pk__in=self._holders(name, values).values("profile"))
        if self.query:
            found = found.filter(pk__in=self._documents().values("object_id"))
        return found

    def _holders(self, name: str, values: Collection[Any]) -> Any:
        rows = ProfileFacet.objects.visible_to(self.viewer)
        if name == ORGANIZATION_KIND:
            kind = Organization.objects.filter(kind__in=values)
            return rows.filter(facet=Facet.ORGANIZATION, value__in=kind.values("pk"))
        return rows.filter(facet=name, value__in=values)

    def _documents(self) -> Any:
        return SearchDocument.objects.matching(self.query, self.viewer, KIND)

    def count(self) -> int:
        return self.profiles().count()

    def page(self, cursor: str = "", size: int = 20) -> KeysetPage:
        """One page of rows, in three queries."""
        page = paginate(self.ordered(), ORDERS[self.order], cursor, size)
        return KeysetPage(rows_of(self.viewer, page.rows), page.next, page.previous)

    def ordered(self) -> ProfileQuerySet:
        """Those who match, with what the order and cards need; to be read in the order of ``order``."""
        found = self.profiles().for_cards()
        if self.order == "relevance":
            score = Segment.objects.score_of(self.query, self.viewer, KIND, OuterRef("pk"))
            found = found.annotate(score=score)
        return found


def rows_of(viewer: Viewer, profiles: Collection[ExpertProfile]) -> list[Row]:
    """Rows for these profiles, in their order, two queries for all; they come ``for_cards``."""
    levels = disclosure.levels_for(viewer, profiles)
    lists = disclosure.term_lists(profiles, levels)
    return [
        Row(
            slug=profile.slug,
            card=disclosure.build_card(profile, levels[profile.pk]),
            words=_words(lists[profile.pk]),
        )
        for profile in profiles
    ]


def _words(lists: dict[str, list[Term]]) -> tuple[str, ...]:
    return tuple(
        disclosure.term_label(term) for term in [*lists[Field.SUBJECTS], *lists[Field.TARGETS]][:_SHOWN_WORDS]
    )
