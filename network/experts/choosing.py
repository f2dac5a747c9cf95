"""What each facet can be narrowed to, in the words and the order of its reader: trees, and chips."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from taggit.models import Tag

from network.experts.asking import ORGANIZATION_KIND
from network.experts.counting import Counts, counts_of
from network.experts.directory import DOMAIN_OF, Directory
from network.experts.disclosure import term_label
from network.experts.enums import Facet
from network.experts.lenses import coded, lenses
from network.organizations.enums import Kind
from network.organizations.models import Organization
from network.thesaurus.models import Term
from network.thesaurus.sorting import sort_key

#: Keywords that are offered: those of most people.
_MOST_TAGS = 40
#: Choices of a facet that stand open; the others fold away.
FIRST = 8


@dataclass(frozen=True)
class Choice:
    """One value of a facet, with the number of people behind it and what stands below it.

    ``name`` is the part of the address that it belongs to; a heading, which cannot be chosen, has none.
    """

    name: str
    code: str
    label: str
    count: int
    chosen: bool = False
    narrower: tuple["Choice", ...] = ()

    @property
    def is_open(self) -> bool:
        return any(choice.chosen or choice.is_open for choice in self.narrower)


@dataclass(frozen=True)
class Group:
    """A facet as it stands beside the list: some choices in sight, the others behind a line to unfold."""

    name: str
    label: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        return (*self.first, *self.more)

    @property
    def is_open(self) -> bool:
        return any(choice.chosen or choice.is_open for choice in self.choices)

    @property
    def more_open(self) -> bool:
        return any(choice.chosen or choice.is_open for choice in self.more)


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for, and the address without it."""

    label: str
    words: str
    url: str


class Choices:
    """All facets of a directory with their counts."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.asked = directory.asked.facets

    @cached_property
    def counts(self) -> Counts:
        return counts_of(self.directory)

    @cached_property
    def groups(self) -> list[Group]:
        """Facets in the order in which they are looked for; those that narrow nothing are left out."""
        groups = [
            self._terms(Facet.SUBJECT),
            self._terms(Facet.TARGET),
            self._terms(Facet.REGION),
            self._places(Facet.COUNTRY),
            self._terms(Facet.LANGUAGE),
            *(self._coded(name) for name in coded.names()),
            self._kinds(),
            *(self._lens(name) for name in lenses.names()),
            self._places(Facet.WORKED),
            self._tags(),
            self._organizations(),
        ]
        return [group for group in groups if group.first]

    def group(self, name: str) -> Group | None:
        return next((group for group in self.groups if group.name == name), None)

    def chips(self, path: str) -> list[Chip]:
        """What was asked for, each to be taken out by itself."""
        asked = self.directory.asked
        chips = (
            [Chip(_("Words"), asked.words, _at(path, asked.without_words().address))] if asked.words else []
        )
        for group in self.groups:
            for choice in _flat(group.choices):
                if choice.chosen:
                    rest = asked.without(choice.name, choice.code)
                    chips.append(Chip(group.label, choice.label, _at(path, rest.address)))
        return chips

    # --- facets -------------------------------------------------------------------------------------------

    def _made(self, facet: str, choices: list[Choice], *, first: int = FIRST, label: Any = "") -> Group:
        shown = {choice.code for choice in _flat(choices)}
        unknown = [code for code in self.asked.get(facet, ()) if code not in shown]
        found = [*(Choice(facet, code, code, 0, chosen=True) for code in unknown), *choices]
        if len(found) <= first + 2:
            first = len(found)
        return Group(facet, str(label or Facet(facet).label), tuple(found[:first]), tuple(found[first:]))

    def _choice(self, facet: str, code: str, label: str, count: int) -> Choice:
        return Choice(facet, code, label, count, chosen=code in self.asked.get(facet, ()))

    def _terms(self, facet: Facet) -> Group:
        """A vocabulary with its broader and narrower terms: a broader one counts everybody below it once."""
        counts = self._counted_terms(facet)
        below: dict[int, list[Term]] = defaultdict(list)
        for term in counts:
            below[term.parent_id if self._is_below(term, counts) else 0].append(term)

        def grown(parent: int) -> list[Choice]:
            return [
                replace(
                    self._choice(facet, term.code, term_label(term), counts[term]),
                    narrower=tuple(grown(term.pk)),
                )
                for term in self._sorted(facet, below[parent])
            ]

        return self._made(facet, grown(0), first=30 if facet == Facet.REGION else FIRST)

    @staticmethod
    def _is_below(term: Term, counts: dict[Term, int]) -> bool:
        return any(other.pk == term.parent_id for other in counts)

    def _counted_terms(self, facet: Facet) -> dict[Term, int]:
        """Terms with somebody behind them, and those that are chosen."""
        terms = self.directory.terms
        numbers = {
            value: number for value, number in self.counts.facets.get(facet, {}).items() if value in terms
        }
        for value in self.directory.wanted.get(facet, ()):
            numbers.setdefault(value, 0)
        return {terms[value]: number for value, number in numbers.items()}

    def _places(self, facet: Facet) -> Group:
        """Countries below the name of their region, which unfolds."""
        counts = self._counted_terms(facet)
        below: dict[int | None, list[Term]] = defaultdict(list)
        for term in counts:
            below[term.parent_id].append(term)
        regions = self._sorted(Facet.REGION, [self.directory.terms[pk] for pk in below if pk])
        headings = [(region.name, below[region.pk]) for region in regions]
        if below[None]:
            headings.append((_("Other"), below[None]))
        trees = [
            Choice(
                "",
                "",
                name,
                sum(counts[term] for term in terms),
                narrower=tuple(
                    self._choice(facet, term.code, term.name, counts[term])
                    for term in self._sorted(facet, terms)
                ),
            )
            for name, terms in headings
        ]
        return self._made(facet, trees, first=30)

    def _sorted(self, facet: Facet, terms: Iterable[Term]) -> list[Term]:
        """Regions, targets and UN languages in their own order, all else by the alphabet."""
        if facet in (Facet.TARGET, Facet.REGION):
            return sorted(terms, key=lambda term: (term.position, term.code))
        language = get_language() or "en"

        def place(term: Term) -> tuple:
            official = facet == Facet.LANGUAGE and term.facts.get("group") == "united-nations"
            return (not official, sort_key(term.name, language))

        return sorted(terms, key=place)

    def _coded(self, name: str) -> Group:
        numbers = self.counts.facets.get(name, {})
        chosen = self.asked.get(name, ())
        choices = [
            self._choice(name, entry.code, str(entry.label), numbers.get(entry.number, 0))
            for entry in coded.get(name) or ()
            if entry.number in numbers or entry.code in chosen
        ]
        return self._made(name, choices, first=20)

    def _lens(self, name: str) -> Group:
        lens = lenses.get(name)
        if lens is None:
            return Group(name, "", ())
        numbers = self.counts.lenses.get(name, {})
        chosen = self.asked.get(name, ())
        choices = [
            self._choice(name, option.code, str(option.label), numbers.get(place, 0))
            for place, option in enumerate(lens.options)
            if numbers.get(place) or option.code in chosen
        ]
        return self._made(name, choices, first=20, label=lens.label)

    def _kinds(self) -> Group:
        numbers: dict[str, int] = defaultdict(int)
        for organization, number in self.counts.kinds.items():
            if organization in self._organizations_known:
                numbers[self._organizations_known[organization][2]] += number
        chosen = self.asked.get(ORGANIZATION_KIND, ())
        choices = [
            self._choice(ORGANIZATION_KIND, kind.value, str(kind.label), numbers[kind.value])
            for kind in Kind
            if numbers[kind.value] or kind.value in chosen
        ]
        return self._made(ORGANIZATION_KIND, choices, first=20, label=_("Kind of organization"))

    def _tags(self) -> Group:
        numbers = self.counts.facets.get(Facet.TAG, {}) | dict.fromkeys(
            set(self.directory.wanted.get(Facet.TAG, ())) - set(self.counts.facets.get(Facet.TAG, {})), 0
        )
        return self._by_number(Facet.TAG, numbers, self._tags_known)

    def _organizations(self) -> Group:
        """Only those that were asked for: from the page of an organization one comes here."""
        known = self._organizations_known
        numbers = self.counts.facets.get(Facet.ORGANIZATION, {})
        asked = self.directory.wanted.get(Facet.ORGANIZATION, ())
        return self._by_number(Facet.ORGANIZATION, {pk: numbers.get(pk, 0) for pk in asked}, known)

    def _by_number(self, facet: Facet, numbers: dict[int, int], known: dict[int, tuple]) -> Group:
        found = [
            self._choice(facet, known[pk][0], known[pk][1], number)
            for pk, number in numbers.items()
            if pk in known
        ]
        found.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.label.casefold()))
        return self._made(facet, found)

    # --- names of what is no term ---------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, dict[int, tuple]]:
        """Codes, names and kinds of keywords and organizations, in one question."""
        tags = self.counts.facets.get(Facet.TAG, {})
        often = sorted(tags, key=lambda pk: (-tags[pk], pk))[:_MOST_TAGS]
        wanted = {*often, *self.directory.wanted.get(Facet.TAG, ())}
        organizations = {*self.counts.kinds, *self.directory.wanted.get(Facet.ORGANIZATION, ())}
        found: dict[str, dict[int, tuple]] = {"tag": {}, "organization": {}}
        rows = _named("tag", Tag.objects.filter(pk__in=wanted), F("name"), Value("")).union(
            _named("organization", Organization.objects.filter(pk__in=organizations), F("name"), F("kind")),
            all=True,
        )
        for what, pk, code, name, kind in rows:
            found[what][pk] = (code, name, kind)
        return found

    @property
    def _tags_known(self) -> dict[int, tuple]:
        return self._names["tag"]

    @property
    def _organizations_known(self) -> dict[int, tuple]:
        return self._names["organization"]


def words_of(directory: Directory) -> list[str]:
    """What was asked for, in words, without counting anybody."""
    words = [directory.asked.words] if directory.asked.words else []
    for name, codes in directory.asked.facets.items():
        labels = _labels(directory, name)
        words += [labels.get(code, code) for code in codes]
    return words


def _labels(directory: Directory, name: str) -> dict[str, str]:
    """Code to words."""
    if domain := DOMAIN_OF.get(name):
        terms = directory.terms.values()
        return {term.code: term_label(term) for term in terms if term.domain_id == domain}
    if name in (Facet.TAG, Facet.ORGANIZATION):
        model = Tag if name == Facet.TAG else Organization
        named = model.objects.filter(pk__in=directory.wanted[name])
        return dict(named.values_list("slug", "name"))
    if name == ORGANIZATION_KIND:
        return {kind.value: str(kind.label) for kind in Kind}
    if lens := lenses.get(name):
        return {option.code: str(option.label) for option in lens.options}
    return {entry.code: str(entry.label) for entry in coded.get(name) or ()}


def _named(what: str, rows: Any, name: Any, kind: Any) -> Any:
    return (
        rows.order_by()
        .annotate(
            what=Value(what, output_field=CharField()),
            called=name,
            sort=kind if isinstance(kind, F) else Value("", output_field=CharField()),
        )
        .values_list("what", "pk", "slug", "called", "sort")
    )


def _flat(choices: Iterable[Choice]) -> Iterable[Choice]:
    for choice in choices:
        if choice.name:
            yield choice
        yield from _flat(choice.narrower)


def _at(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
