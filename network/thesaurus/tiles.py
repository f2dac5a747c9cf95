"""A map made of tiles: each country is one of the same size, in its UN region, so that small ones are seen.

It draws no border, and takes no side about any.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from network.thesaurus.models import Term

#: Shades of tiles with people, from few to many.
SHADES = 3


@dataclass(frozen=True)
class Tile:
    """``shade`` is 0 where nobody is."""

    country: Term
    number: int
    shade: int


@dataclass(frozen=True)
class Patch:
    """A region and its countries in the order of their codes, so that each is found at its place again."""

    name: str
    tiles: list[Tile]
    number: int


def tile_map(numbers: Mapping[Term, int]) -> list[Patch]:
    """Every country that there is, and of those that were where somebody is, with how many: one question.

    Empty where nobody is.
    """
    if not numbers:
        return []
    most = max(numbers.values())
    patches: dict[Term | None, list[Tile]] = defaultdict(list)
    for country in Term.objects.of("country").select_related("parent").order_by("code"):
        number = numbers.get(country, 0)
        if country.retired_on and not number:
            continue
        patches[country.parent].append(Tile(country, number, _shade(number, most)))
    ordered = sorted(patches, key=lambda region: (region is None, region.position if region else 0))
    return [
        Patch(region.name if region else "", patches[region], sum(tile.number for tile in patches[region]))
        for region in ordered
    ]


def _shade(number: int, most: int) -> int:
    return -(-number * SHADES // most) if number else 0
