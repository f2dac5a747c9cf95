"""The kinds of case that wait for a decision, and what can be decided about each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.utils.functional import Promise

from communities.models import Community
from network.foundations.registry import Registry
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Verb:
    """One decision. ``next`` says what happens then, before the button is pressed; ``key`` presses it.

    ``deed(viewer, row, reason)`` does it, ``undo(viewer, row)`` takes it back. ``spoken`` is the meaning of
    the word by which it is decided in a mail (``inbound/spoken.yaml``).
    """

    name: str
    label: str | Promise
    next: str | Promise
    key: str
    deed: Callable[[Viewer, Any, str], Any]
    undo: Callable[[Viewer, Any], None] | None = None
    needs_words: bool = False
    shown: Callable[[Any], bool] = lambda row: True
    spoken: str = ""


def deed(action: Callable[..., Any], subject: str, *, reasoned: bool = False, **fixed: Any) -> Callable:
    """An action as a verb does it: on the row as its ``subject``, with the reason where it takes one."""

    def do(viewer: Viewer, row: Any, reason: str) -> Any:
        given = fixed | ({"reason": reason} if reasoned else {})
        return action(viewer=viewer, **{subject: row}, **given)

    return do


def undo(action: Callable[..., Any], subject: str) -> Callable[[Viewer, Any], None]:
    """An action that takes a decision about its ``subject`` back."""
    return lambda viewer, row: action(viewer=viewer, **{subject: row})


@dataclass(frozen=True)
class CaseKind:
    """``rows(viewer)`` are those that wait and that this viewer may decide; her own cases are none of them.
    ``decided(viewer)`` are the same once they are decided, to take that back.

    ``place``, ``since`` and ``language`` are paths to the community, the instant and the language;
    ``community`` and ``people`` read the row: whose case it is comes first. ``prepare`` adds to the rows of a
    page at once what stands in other tables. ``number`` names the kind in addresses of mails and never
    changes; ``revision`` is what a decision by mail is bound to besides: the text as it was read.
    """

    label: str | Promise
    template: str
    rows: Callable[[Viewer], QuerySet]
    decided: Callable[[Viewer], QuerySet]
    place: str
    since: str
    language: str
    community: Callable[[Any], Community]
    people: Callable[[Any], Sequence[int | None]]
    verbs: tuple[Verb, ...]
    number: int
    order: int = 100
    revision: Callable[[Any], tuple[Any, ...]] = lambda row: ()
    prepare: Callable[[Viewer, Sequence[Any]], None] | None = None


case_kinds: Registry[CaseKind] = Registry("kinds of case")


@dataclass
class Case:
    """A row that waits, with what is shown beside it."""

    name: str
    kind: CaseKind
    row: Any
    person: Any = None
    others: list[Any] = field(default_factory=list)
    looking: Any = None
    standing: Any = None
    held_for: list[Any] = field(default_factory=list)
    canned: list[Any] = field(default_factory=list)
    shows_place: bool = True

    @property
    def key(self) -> str:
        return f"{self.name}:{self.row.pk}"

    @property
    def slug(self) -> str:
        """Names it inside a page."""
        return f"{self.name}-{self.row.pk}"

    @property
    def community(self) -> Community:
        return self.kind.community(self.row)

    @property
    def people(self) -> Sequence[int | None]:
        return self.kind.people(self.row)

    @property
    def about(self) -> int | None:
        """Whose case it is."""
        return next(iter(self.people), None)

    @property
    def verbs(self) -> list[Verb]:
        return [verb for verb in self.kind.verbs if verb.shown(self.row)]

    def verb(self, name: str) -> Verb | None:
        return next((verb for verb in self.verbs if verb.name == name), None)


def kinds_in_order() -> list[tuple[str, CaseKind]]:
    return sorted(case_kinds.items(), key=lambda pair: pair[1].order)


def ordered(name: str, kind: CaseKind, rows: QuerySet) -> QuerySet:
    """With what they are put in one order by: ``waits_since``, ``rank`` of the kind, the number."""
    rank = [known for known, _kind in kinds_in_order()].index(name)
    return rows.annotate(waits_since=F(kind.since), rank=Value(rank, output_field=IntegerField()))


def find(viewer: Viewer, name: str, pk: int, *, decided: bool = False) -> Case | None:
    """The case of this name and number, if it waits (or was ``decided``) and this viewer may decide it."""
    kind = case_kinds.get(name)
    if kind is None:
        return None
    rows = kind.decided(viewer) if decided else ordered(name, kind, kind.rows(viewer))
    row = rows.filter(pk=pk).first()
    return Case(name, kind, row) if row is not None else None


def find_all(viewer: Viewer, keys: Iterable[str]) -> list[Case]:
    """Those of these keys (``held:17``) that wait and that she may decide; a question for each kind."""
    wanted: dict[str, list[int]] = {}
    for key in keys:
        name, _colon, number = key.partition(":")
        if number.isdecimal() and number.isascii() and len(number) < 16:
            wanted.setdefault(name, []).append(int(number))
    return [
        Case(name, kind, row)
        for name, kind in kinds_in_order()
        if name in wanted
        for row in kind.rows(viewer).filter(pk__in=wanted[name])
    ]
