"""What a few scores say, told honestly: all of them, their range, and how much one juror's view weighs.

With four jurors an average hides more than it tells. So nothing here is rescaled; below the quorum there is
no average at all; and each place says what it would be without any one of those who scored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Scores = dict[str, int]


def total(rules: dict, scores: Scores) -> float:
    """The weighted sum of the criteria that are added up; those that stand apart are not among them."""
    return sum(
        criterion.get("weight", 1) * scores[criterion["code"]]
        for criterion in rules["criteria"]
        if not criterion.get("apart") and criterion["code"] in scores
    )


@dataclass
class Standing:
    """One case among those that it is compared with. ``scores`` maps each juror's seat to her scores."""

    key: Any
    scores: dict[int, Scores]
    totals: dict[int, float] = field(default_factory=dict)
    #: What the tie rule compares, best first; None below the quorum.
    measures: tuple[float, ...] | None = None
    #: The place among its group, shared where the tie rule does not part them; None below the quorum.
    rank: int | None = None
    #: Whether somebody else holds the same place.
    tied: bool = False
    #: The places that it would have if any one juror were left out.
    without_one: tuple[int, int] | None = None
    discrepant: bool = False

    @property
    def lowest(self) -> float:
        return min(self.totals.values())

    @property
    def highest(self) -> float:
        return max(self.totals.values())

    @property
    def mean(self) -> float | None:
        return self.measures and sum(self.totals.values()) / len(self.totals)

    def mean_of(self, code: str) -> float | None:
        given = [scores[code] for scores in self.scores.values() if code in scores]
        return sum(given) / len(given) if given and self.measures is not None else None

    @property
    def is_firm(self) -> bool:
        """No single juror holds its place."""
        return self.without_one is not None and self.without_one == (self.rank, self.rank)


def standings(rules: dict, quorum: int, scored: dict[Any, dict[int, Scores]]) -> list[Standing]:
    """All cases of one group, best first; those below the quorum stand last and have no place."""
    found = [Standing(key, scores) for key, scores in scored.items()]
    for standing in found:
        standing.totals = {seat: total(rules, scores) for seat, scores in standing.scores.items()}
        if len(standing.scores) >= quorum:
            standing.measures = measures(rules, standing.scores.values())
        standing.discrepant = bool(standing.totals) and _differs(rules, standing)
    ranks = _ranks({one.key: one.measures for one in found if one.measures is not None})
    seats = {seat for one in found for seat in one.scores}
    for standing in found:
        if standing.measures is not None:
            standing.rank = ranks[standing.key]
            standing.tied = list(ranks.values()).count(standing.rank) > 1
    for standing in found:
        if standing.rank is not None:
            standing.without_one = _span(rules, found, standing, seats)
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0))


def measures(rules: dict, scores: Iterable[Scores]) -> tuple[float, ...]:
    """What is compared, in the order that the rules declared: first what leads, then the tie-breakers.

    ``total`` is the mean of the weighted sums, a code the mean of that criterion.
    """
    rows = list(scores)
    return tuple(
        sum(total(rules, row) if name == "total" else row.get(name, 0) for row in rows) / len(rows)
        for name in rules.get("ranking") or ["total"]
    )


def _ranks(compared: dict[Any, tuple[float, ...]]) -> dict[Any, int]:
    """One more than the number of those that are better: equals share a place."""
    rounded = {key: tuple(round(value, 9) for value in values) for key, values in compared.items()}
    return {key: 1 + sum(other > values for other in rounded.values()) for key, values in rounded.items()}


def _span(rules: dict, found: list[Standing], one: Standing, seats: set[int]) -> tuple[int, int] | None:
    """The best and the worst place of ``one`` with any one juror left out everywhere."""
    places = []
    for absent in seats:
        compared = {}
        for other in found:
            left = [scores for seat, scores in other.scores.items() if seat != absent]
            if other.measures is not None and left:
                compared[other.key] = measures(rules, left)
        if one.key in compared:
            places.append(_ranks(compared)[one.key])
    return (min(places), max(places)) if places else None


def _differs(rules: dict, standing: Standing) -> bool:
    limit = rules.get("discrepancy")
    return limit is not None and standing.highest - standing.lowest > limit * standing.highest
