"""How many people each value of each facet leaves, by what a viewer may see: one question for all of them.

A facet that is asked for is counted as if it were not, so that one may change one's mind.
As long as nothing is asked, what everybody (or every member) sees is counted once and kept until somebody's
profile changes; what opens to one viewer alone, through her communities, is added to it each time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.apps import apps
from django.core.cache import cache
from django.db.models import BigIntegerField, CharField, Count, Q, QuerySet, Value
from django.utils import timezone

from network.experts.asking import ORGANIZATION_KIND, Asked
from network.experts.directory import Directory
from network.experts.enums import Facet, Visibility
from network.experts.lenses import lenses
from network.experts.models import ExpertProfile, ProfileFacet
from network.foundations.viewer import EVERYONE, MEMBER, Viewer
from network.outbox.models import Stream
from network.pagecache.rules import PEOPLE

_TOTAL = "people"
_KEPT_FOR = 24 * 3600
Facets = dict[str, dict[int, int]]


@dataclass(frozen=True)
class Counts:
    """``facets``: facet to value to people. ``lenses``: lens to the number of its option to people.

    ``kinds`` counts people by organization, as if no kind of organization were asked for.
    """

    total: int = 0
    facets: Facets = field(default_factory=dict)
    lenses: Facets = field(default_factory=dict)
    kinds: dict[int, int] = field(default_factory=dict)


def counts_of(directory: Directory) -> Counts:
    """One question for facets, one for numbers of people; where a single facet is asked for, it is counted as
    if nothing were, and that is kept."""
    if not directory.is_narrowed:
        return _open(directory)
    asked = list(directory.asked.facets)
    alone = asked[0] if len(asked) == 1 and asked[0] in Facet.values and not directory.query else ""
    counts = _read(_parts(directory, directory.viewer, leave_out=alone), _numbers(directory))
    if alone:
        there = _open(Directory(directory.viewer, Asked()))
        counts.facets[alone] = there.facets.get(alone, {})
    return counts


# --- nothing is asked ---------------------------------------------------------------------------------


def _open(directory: Directory) -> Counts:
    viewer = directory.viewer
    whole = _kept(directory, MEMBER if viewer.is_member else EVERYONE)
    own = list(_parts_for_her_alone(viewer)) if viewer.is_member else []
    own += [part for name, lens in lenses.items() if not lens.shared for part in _lens(directory, name)]
    return _sum(whole, _read(own)) if own else whole


def _kept(directory: Directory, level: str) -> Counts:
    """What everybody of this level sees. Whoever changes a profile moves the stream with it."""
    moved = Stream.objects.filter(name=PEOPLE).values_list("last_number", flat=True).first() or 0
    key = f"experts.counts:{level}:{moved}:{timezone.now():%Y%m%d}"
    kept = cache.get(key)
    if kept is None:
        anybody = Viewer(keys=frozenset({EVERYONE, level}))
        whole = Directory(anybody, directory.asked)
        shared = [part for name, lens in lenses.items() if lens.shared for part in _lens(whole, name)]
        kept = _read([*_parts(whole, anybody), _number(_TOTAL, 0, whole.profiles()), *shared])
        cache.set(key, kept, _KEPT_FOR)
    return kept


def _parts_for_her_alone(viewer: Viewer) -> Iterator[QuerySet]:
    """What a member sees that other members do not: her own, and what her communities open to her.

    Each by itself, for a database finds a few rows by an index, and not by one of two conditions.
    """
    for hers in _hers_alone(viewer):
        rows = ProfileFacet.objects.filter(hers("visibility", "profile"))
        yield _facets("", rows.filter(profile__in=ExpertProfile.objects.published().values("pk")))
        people = ExpertProfile.objects.published().filter(hers("name_visibility", "pk"))
        yield _number(_TOTAL, 0, people)
        for name, lens in lenses.items():
            if lens.shared:
                for place, option in enumerate(lens.options):
                    yield _number(name, place, people.filter(option.among(viewer)))


def _hers_alone(viewer: Viewer) -> list[Callable[[str, str], Q]]:
    """Two conditions that never hold for the same row."""
    circles = apps.get_model("experts", "Circle").objects.filter(key__in=viewer.keys).values("profile")
    hers = ExpertProfile.objects.filter(user=viewer.user_id).values("pk")

    def of_her_circles(level: str, profile: str) -> Q:
        return Q(**{level: Visibility.CIRCLES, f"{profile}__in": circles})

    def of_herself(level: str, profile: str) -> Q:
        own = Q(**{f"{profile}__in": hers, f"{level}__lt": Visibility.MEMBERS})
        return own & ~of_her_circles(level, profile)

    return [of_her_circles, of_herself]


# --- questions ----------------------------------------------------------------------------------------


def _parts(directory: Directory, viewer: Viewer, leave_out: str = "") -> Iterator[QuerySet]:
    """The parts of the one question: facets that are not asked for together, each asked one by itself."""
    asked = list(directory.asked.facets)
    visible = ProfileFacet.objects.visible_to(viewer)
    rest = visible.exclude(facet__in=asked) if asked else visible
    yield _facets("", rest.filter(profile__in=directory.profiles().values("pk")))
    for name in asked:
        if name in Facet.values and name != leave_out:
            there = directory.profiles(without=name).values("pk")
            yield _facets(name, visible.filter(facet=name, profile__in=there))
        elif name in lenses:
            yield from _lens(directory, name)
    if ORGANIZATION_KIND in asked or Facet.ORGANIZATION in asked:
        there = directory.profiles(without=ORGANIZATION_KIND).values("pk")
        yield _facets(ORGANIZATION_KIND, visible.filter(facet=Facet.ORGANIZATION, profile__in=there))


def _lens(directory: Directory, name: str) -> Iterator[QuerySet]:
    people = directory.profiles(without=name)
    lens = lenses.get(name)
    for place, option in enumerate(lens.options if lens else ()):
        yield _number(name, place, people.filter(option.among(directory.viewer)))


def _numbers(directory: Directory) -> dict[tuple[str, int], int]:
    """How many there are, and for each lens that is not asked for, by its options: people are read once."""
    wanted = {_TOTAL + "0": Count("pk")}
    places: dict[str, tuple[str, int]] = {_TOTAL + "0": (_TOTAL, 0)}
    for name, lens in lenses.items():
        if name not in directory.asked.facets:
            for place, option in enumerate(lens.options):
                key = f"lens{len(places)}"
                places[key] = (name, place)
                wanted[key] = Count("pk", filter=option.among(directory.viewer))
    found = directory.profiles().aggregate(**wanted)
    return {places[key]: number for key, number in found.items()}


def _text(word: str) -> Value:
    return Value(word, output_field=CharField())


def _facets(label: str, rows: QuerySet) -> QuerySet:
    """Rows of label, facet, value, people. A profile has each value of a facet once."""
    return (
        rows.order_by()
        .annotate(part=_text(label))
        .values("part", "facet", "value")
        .annotate(number=Count("pk"))
        .values_list("part", "facet", "value", "number")
    )


def _number(label: str, place: int, people: QuerySet) -> QuerySet:
    """One row of label, nothing, place, people."""
    return (
        people.order_by()
        .annotate(part=_text(label), facet=_text(""), value=Value(place, output_field=BigIntegerField()))
        .values("part", "facet", "value")
        .annotate(number=Count("pk"))
        .values_list("part", "facet", "value", "number")
    )


def _read(parts: Iterable[QuerySet], numbers: Mapping[tuple[str, int], int] | None = None) -> Counts:
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    total = 0
    facets: Facets = defaultdict(dict)
    seen: Facets = defaultdict(dict)
    for (name, place), number in (numbers or {}).items():
        if name == _TOTAL:
            total = number
        else:
            seen[name][place] = number
    kinds: dict[int, int] | None = None
    for part, facet, value, number in rows:
        if part == _TOTAL:
            total += number
        elif part in lenses:
            seen[part][value] = seen[part].get(value, 0) + number
        elif part == ORGANIZATION_KIND:
            kinds = (kinds or {}) | {value: number}
        else:
            facets[facet][value] = facets[facet].get(value, 0) + number
    asked_kind = any(_label_of(query) == ORGANIZATION_KIND for query in [first, *others])
    if kinds is None:
        kinds = {} if asked_kind else facets.get(Facet.ORGANIZATION, {})
    return Counts(total, dict(facets), dict(seen), kinds)


def _label_of(query: QuerySet) -> str:
    return query.query.annotations["part"].value


def _sum(one: Counts, other: Counts) -> Counts:
    return replace(
        one,
        total=one.total + other.total,
        facets=_sum_facets(one.facets, other.facets),
        lenses=_sum_facets(one.lenses, other.lenses),
        kinds=_sum_values(one.kinds, other.kinds),
    )


def _sum_facets(one: Facets, other: Facets) -> Facets:
    return {name: _sum_values(one.get(name, {}), other.get(name, {})) for name in {*one, *other}}


def _sum_values(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {value: one.get(value, 0) + other.get(value, 0) for value in {*one, *other}}
