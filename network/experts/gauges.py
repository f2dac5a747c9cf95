"""How balanced a group of people is, by what they show to the viewer: never by what they keep to themselves.

A gauge over fewer than five people who show it says nothing at all. Of what people say of themselves
(gender, peoples and communities) no part of fewer than five is told.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.experts.disclosure import term_label
from network.experts.enums import NUMBER_OF, Facet, Gender, Group
from network.experts.models import ProfileFacet
from network.foundations.registry import Registry
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term

FEW = 5
_MOST_PARTS = 10


@dataclass(frozen=True)
class Gauge:
    """``names`` gives words to the values of its facet; ``sensitive`` ones keep small parts to themselves."""

    label: Any
    facet: str
    names: Callable[[Collection[int]], Mapping[int, str]]
    sensitive: bool = False


@dataclass(frozen=True)
class Part:
    """``number`` is None where it is too small to be told."""

    label: str
    number: int | None
    width: int


@dataclass(frozen=True)
class Reading:
    """What a gauge says: ``shown`` people show it, out of ``people``; no parts where they are too few."""

    label: str
    people: int
    shown: int
    parts: tuple[Part, ...]

    @property
    def is_silent(self) -> bool:
        return not self.parts

    @property
    def unsaid(self) -> int:
        return self.people - self.shown


def names_of_terms(values: Collection[int]) -> dict[int, str]:
    return {term.pk: term_label(term) for term in Term.objects.filter(pk__in=values)}


def names_of_words(
    facet: Facet, words: type[models.TextChoices]
) -> Callable[[Collection[int]], Mapping[int, str]]:
    """For what people say of themselves: it is balanced, but nobody is looked for by it."""

    def names(values: Collection[int]) -> dict[int, str]:
        return {number: str(words(code).label) for code, number in NUMBER_OF[facet].items()}

    return names


gauges: Registry[Gauge] = Registry("balance gauges")


def register() -> None:
    gauges.register("region", Gauge(_("UN region"), Facet.REGION, names_of_terms))
    gauges.register("language", Gauge(_("Language"), Facet.LANGUAGE, names_of_terms))
    groups, genders = names_of_words(Facet.GROUP, Group), names_of_words(Facet.GENDER, Gender)
    gauges.register("group", Gauge(Facet.GROUP.label, Facet.GROUP, groups, sensitive=True))
    gauges.register("gender", Gauge(Facet.GENDER.label, Facet.GENDER, genders, sensitive=True))


def read(viewer: Viewer, profiles: Collection[int]) -> list[Reading]:
    """All gauges over these profiles, which the viewer sees. One question, and one for each vocabulary."""
    wanted = {gauge.facet for gauge in gauges}
    rows = ProfileFacet.objects.visible_to(viewer).filter(profile__in=profiles, facet__in=wanted)
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for facet, profile, value in rows.order_by().values_list("facet", "profile", "value"):
        held[facet].append((profile, value))
    return [_reading(gauge, len(profiles), held[gauge.facet]) for gauge in gauges]


def _reading(gauge: Gauge, people: int, rows: list[tuple[int, int]]) -> Reading:
    shown = len({profile for profile, _value in rows})
    if shown < FEW:
        return Reading(str(gauge.label), people, 0, ())
    counts = Counter(value for _profile, value in rows)
    names = gauge.names(counts.keys())
    parts = [
        _part(names[value], number, shown, hidden=gauge.sensitive and number < FEW)
        for value, number in counts.most_common(_MOST_PARTS)
        if value in names
    ]
    return Reading(str(gauge.label), people, shown, tuple(parts))


def _part(label: str, number: int, of: int, *, hidden: bool) -> Part:
    return Part(label, None if hidden else number, 0 if hidden else round(100 * number / of))
