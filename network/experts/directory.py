"""Finding people: what a viewer asked for, answered and counted by the database from what she may see."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext as _
from taggit.models import Tag

from network.experts import disclosure
from network.experts.disclosure import PersonCard
from network.experts.enums import Facet, Field
from network.experts.facets import ENDORSED, ENDORSED_CODE
from network.experts.models import ExpertProfile, ProfileFacet
from network.experts.querysets import ProfileQuerySet
from network.experts.searching import KIND
from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.search.models import SearchDocument
from network.search.query import Query, parse
from network.thesaurus.models import Term

DOMAIN_OF = {
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
class Asked:
    """What somebody looks for: words, and at most one value of each facet, by its code."""

    words: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    order: str = ""


@dataclass(frozen=True)
class Row:
    """A person in the directory: her card and some of what she is good at."""

    card: PersonCard
    words: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One value of a facet, with the number of people behind it."""

    code: str
    label: str
    count: int


class Directory:
    """The directory as one viewer sees it, narrowed to what she asked for."""

    def __init__(self, viewer: Viewer, asked: Asked) -> None:
        self.viewer = viewer
        self.query: Query = parse(asked.words)
        self.asked = asked
        self.wanted = self._wanted()
        order = asked.order if asked.order in ORDERS else ""
        if order == "relevance" and not self.query:
            order = ""
        self.order = order or ("relevance" if self.query else "name")

    def _wanted(self) -> dict[str, int]:
        """The asked values as numbers; one that does not exist finds nobody."""
        asked = {facet: code for facet, code in self.asked.facets.items() if code}
        # PostgreSQL refuses to compare with a NUL; no code holds one.
        codes = {facet: code for facet, code in asked.items() if "\x00" not in code}
        wanted = dict.fromkeys(asked, 0)
        in_domains = {(DOMAIN_OF[Facet(facet)], code) for facet, code in codes.items() if facet in DOMAIN_OF}
        found = {}
        if in_domains:
            terms = Term.objects.filter(
                domain__in={domain for domain, _code in in_domains},
                code__in={code for _domain, code in in_domains},
            )
            found = {(domain, code): pk for pk, domain, code in terms.values_list("pk", "domain_id", "code")}
        for facet, code in codes.items():
            if facet in DOMAIN_OF:
                wanted[facet] = found.get((DOMAIN_OF[Facet(facet)], code), 0)
            elif facet == Facet.TAG:
                wanted[facet] = _pk_or_none(Tag.objects.filter(slug=code))
            elif facet == Facet.VERIFIED:
                wanted[facet] = ENDORSED if code == ENDORSED_CODE else 0
            elif facet == Facet.ORGANIZATION:
                wanted[facet] = _pk_or_none(Organization.objects.filter(slug=code))
        return wanted

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or self.wanted)

    def profiles(self, without: str = "") -> ProfileQuerySet:
        """Those who match, by fields that this viewer may see; ``without`` one of the facets asked for."""
        found = ExpertProfile.objects.visible_to(self.viewer)
        for facet, value in self.wanted.items():
            if facet != without:
                holders = ProfileFacet.objects.visible_to(self.viewer).filter(facet=facet, value=value)
                found = found.filter(pk__in=holders.values("profile"))
        if self.query:
            found = found.filter(pk__in=self._documents().values("object_id"))
        return found

    def _documents(self) -> Any:
        return SearchDocument.objects.matching(self.query, self.viewer, KIND)

    def count(self) -> int:
        return self.profiles().count()

    def page(self, cursor: str = "", size: int = 20) -> KeysetPage:
        """One page of rows, in four queries."""
        found = self.profiles().for_cards()
        if self.order == "relevance":
            score = self._documents().filter(object_id=OuterRef("pk")).values("score")
            found = found.annotate(score=Subquery(score, output_field=IntegerField()))
        page = paginate(found, ORDERS[self.order], cursor, size)
        return KeysetPage(self._rows(page.rows), page.next, page.previous)

    def _rows(self, profiles: list[ExpertProfile]) -> list[Row]:
        levels = disclosure.levels_for(self.viewer, profiles)
        lists = disclosure.term_lists(profiles, levels)
        return [
            Row(
                card=disclosure.build_card(profile, levels[profile.pk]),
                words=_words(lists[profile.pk]),
            )
            for profile in profiles
        ]

    def choices(self) -> dict[str, list[Choice]]:
        """What each facet can be narrowed to and how many people that leaves.

        A facet that is asked for is counted as if it were not, so that one may change one's mind.
        """
        counts = self._counts()
        terms = Term.objects.in_bulk({value for facet in DOMAIN_OF for value in counts[facet]} - {0})
        tags = Tag.objects.in_bulk(list(counts[Facet.TAG]))
        offered = {
            str(facet): _ordered(
                facet,
                [
                    Choice(terms[value].code, disclosure.term_label(terms[value]), number)
                    for value, number in counts[facet].items()
                    if value in terms
                ],
                terms,
            )
            for facet in DOMAIN_OF
        }
        offered[str(Facet.TAG)] = sorted(
            (
                Choice(tags[value].slug, tags[value].name, number)
                for value, number in counts[Facet.TAG].items()
                if value in tags
            ),
            key=lambda choice: (-choice.count, choice.label.casefold()),
        )[:50]
        if number := counts[Facet.VERIFIED].get(ENDORSED):
            offered[str(Facet.VERIFIED)] = [Choice(ENDORSED_CODE, _("Endorsed people only"), number)]
        return offered

    def _counts(self) -> dict[str, dict[int, int]]:
        counts: dict[str, dict[int, int]] = defaultdict(dict)
        for asked in ["", *self.wanted]:
            rows = ProfileFacet.objects.visible_to(self.viewer).filter(
                profile__in=self.profiles(without=asked)
            )
            rows = rows.filter(facet=asked) if asked else rows.exclude(facet__in=self.wanted)
            for facet, value, number in (
                rows.order_by()
                .values("facet", "value")
                .annotate(number=Count("pk"))
                .values_list("facet", "value", "number")
            ):
                counts[facet][value] = number
        return counts


def _pk_or_none(found: Any) -> int:
    """The number of the row that was found; 0, which is nobody's, where there is none."""
    return found.values_list("pk", flat=True).first() or 0


def _ordered(facet: str, choices: list[Choice], terms: dict[int, Term]) -> list[Choice]:
    """Targets by their number, everything else as the reader's alphabet has it."""
    if facet == Facet.TARGET:
        return sorted(choices, key=lambda choice: int(choice.code) if choice.code.isdecimal() else 0)
    return sorted(choices, key=lambda choice: choice.label.casefold())


def _words(lists: dict[str, list[Term]]) -> tuple[str, ...]:
    return tuple(
        disclosure.term_label(term) for term in [*lists[Field.SUBJECTS], *lists[Field.TARGETS]][:_SHOWN_WORDS]
    )
