"""By what else the directory is narrowed: facts that are no words of a vocabulary.

Two ways to add some, for this room and for rooms above:

- ``coded``: a facet whose rows in ``ProfileFacet`` hold a number of a fixed list (availability). They carry
  the visibility of their field, as all rows do, so nothing more has to be asked.
- ``lenses``: a condition on profiles that holds for a viewer (kept up to date, verified until a day).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.experts.enums import NUMBER_OF, Facet
from network.foundations.registry import Registry
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Code:
    """One value of a coded facet: the number in the rows, the code in addresses, and its words."""

    number: int
    code: str
    label: Any


@dataclass(frozen=True)
class Option:
    """One value of a lens; ``among`` says for a viewer which profiles have it, by what she may see."""

    code: str
    label: Any
    among: Callable[[Viewer], Q]


@dataclass(frozen=True)
class Lens:
    """``shared``: its answer is the same for all viewers who see the same fields, so counts may be kept."""

    label: Any
    options: tuple[Option, ...]
    shared: bool = False

    def narrow(self, viewer: Viewer, codes: Iterable[str]) -> Q:
        """Profiles with one of the values; codes that there are not find nobody."""
        wanted = [option.among(viewer) for option in self.options if option.code in set(codes)]
        narrowed = Q(pk__in=[])
        for condition in wanted:
            narrowed |= condition
        return narrowed


#: Facet to its numbers.
coded: Registry[tuple[Code, ...]] = Registry("coded facets of the directory")
#: Part of an address to what it narrows by.
lenses: Registry[Lens] = Registry("lenses of the directory")


def codes_of(facet: str) -> Mapping[str, int]:
    return {entry.code: entry.number for entry in coded.get(facet) or ()}


def _changed_within(days: int) -> Callable[[Viewer], Q]:
    def condition(viewer: Viewer) -> Q:
        # By whole days, so that a count that was kept is right until midnight.
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return Q(updated_at__gte=today - timedelta(days=days))

    return condition


KEPT_UP = Lens(
    _("Kept up to date"),
    (
        Option("month", _("In the last month"), _changed_within(30)),
        Option("half-year", _("In the last six months"), _changed_within(182)),
        Option("year", _("In the last year"), _changed_within(365)),
    ),
    shared=True,
)


def numbered(facet: Facet, words: type[models.TextChoices]) -> list[Code]:
    """The codes of a facet whose rows hold the numbers of a list of words."""
    return [Code(number, code, words(code).label) for code, number in NUMBER_OF[facet].items()]


def register_coded(facet: Facet, *entries: Code) -> None:
    coded.register(str(facet), entries)
