"""What somebody looks for in the directory: read from an address, and written back into one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from network.experts.enums import Facet
from network.experts.lenses import lenses

#: The kind of the organization that somebody names as hers.
ORGANIZATION_KIND = "kind"
#: Longest words, and most values of one facet, that are read.
MAX_WORDS = 500
MANY = 30
_LONGEST = 100


@dataclass(frozen=True)
class Asked:
    """Words, and values of facets and lenses by their codes: any of one facet, and all facets together."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""

    def pairs(self, *, order: bool = True) -> list[tuple[str, str]]:
        """As the parts of an address, always in the same order."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, code) for name in names() for code in self.facets.get(name, ())]
        return pairs + ([("sort", self.order)] if order and self.order else [])

    @property
    def address(self) -> str:
        return urlencode(self.pairs())

    def without(self, name: str, code: str) -> "Asked":
        """The same with one value taken out."""
        left = tuple(value for value in self.facets.get(name, ()) if value != code)
        facets = {other: codes for other, codes in self.facets.items() if other != name}
        return replace(self, facets=facets | ({name: left} if left else {}))

    def without_words(self) -> "Asked":
        return replace(self, words="")


def names() -> list[str]:
    """By what one may narrow."""
    return [*Facet.values, ORGANIZATION_KIND, *lenses.names()]


def asked_of(query: QueryDict) -> Asked:
    """What an address asks for; too long or senseless parts find nobody rather than fail."""
    return asked(query.get("q", ""), {name: query.getlist(name) for name in names()}, query.get("sort", ""))


def asked(words: str, facets: Mapping[str, Iterable[Any]], order: str = "") -> Asked:
    """``Asked`` of what somebody typed: cut to size, each value once, in a fixed order."""
    return Asked(
        words=words[:MAX_WORDS],
        facets={name: values for name, codes in facets.items() if (values := _clean(codes))},
        order=order[:_LONGEST],
    )


def _clean(codes: Iterable[Any]) -> tuple[str, ...]:
    typed = (str(code).strip()[:_LONGEST] for code in codes)
    return tuple(sorted(dict.fromkeys(code for code in typed if code))[:MANY])
