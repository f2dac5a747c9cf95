"""Who fits into an event: places, and quotas of regions. Pure reckoning, no rows.

A person of a region with a quota takes one of its places first, then one of those for everybody. Others take
only those for everybody: the capacity less all quotas. Once the quotas no longer hold, all places are for
everybody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

#: The region of somebody who named no country.
NOWHERE = None


class Hall:
    """The places of an event while they are given out.

    Args:
        capacity: places in all; None for as many as come.
        quotas: region id to the places that are kept for it; empty once they no longer hold.
        held: the region of each person who has a place.
    """

    def __init__(
        self, capacity: int | None, quotas: Mapping[int, int], held: Iterable[int | None] = ()
    ) -> None:
        self.capacity = capacity
        self.quotas = dict(quotas)
        self.held: Counter[int | None] = Counter(held)

    @property
    def taken(self) -> int:
        return self.held.total()

    def left_for(self, region: int | None) -> int | None:
        """How many more of this region fit; None for as many as come.

        Below zero nothing is told: where fewer places are left than are held, nobody fits.
        """
        if self.capacity is None:
            return None
        for_all = self.capacity - sum(self.quotas.values())
        beyond = sum(max(0, number - self.quotas.get(where, 0)) for where, number in self.held.items())
        own = max(0, self.quotas.get(region, 0) - self.held[region]) if region else 0
        return max(0, min(own + max(0, for_all - beyond), self.capacity - self.taken))

    def fits(self, region: int | None) -> bool:
        return self.left_for(region) != 0

    def take(self, region: int | None) -> None:
        self.held[region] += 1


def next_in_line(hall: Hall, line: Sequence[tuple[int, int | None]]) -> list[int]:
    """Who of the waiting gets a place now, in their order; takes the places in ``hall``.

    Args:
        line: number and region of each who waits, the lowest number first. Whoever does not fit lets those
            behind her pass who do: a place of a quota stays empty for nobody.
    """
    called = []
    for number, region in line:
        if hall.fits(region):
            hall.take(region)
            called.append(number)
        elif hall.capacity is not None and hall.taken >= hall.capacity:
            break
    return called
