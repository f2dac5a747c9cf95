"""The order of nominations as their scores give it, category by category, for those who decide."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from network.awards.enums import PROGRESS, SCORED, Category
from network.awards.models import Edition, Nomination
from network.calls import course, scoring
from network.calls.enums import Outcome, Round, StageKind
from network.calls.models import Decision, Review, StageRun
from network.calls.scoring import Scores, Standing
from network.foundations.viewer import Viewer


@dataclass
class Row:
    """One nomination in its place. ``decision`` is the newest one, sealed; ``waits``: for the viewer too."""

    nomination: Nomination
    standing: Standing | None
    decision: Decision | None
    waits: bool

    @property
    def totals(self) -> list[float]:
        return sorted(self.standing.totals.values(), reverse=True) if self.standing else []

    @property
    def progress(self) -> float | None:
        return self.standing and self.standing.mean_of(PROGRESS)


def rankings(edition: Edition, viewer: Viewer) -> list[tuple[str, list[Row]]]:
    """Category to rows, best first. What the viewer has a conflict about is not among them."""
    nominations = list(
        Nomination.objects.visible_to(viewer)
        .filter(edition=edition, case__runs__kind=StageKind.REVIEW, case__runs__outcome=Outcome.SCORED)
        .select_related("case__party", "edition__call")
        .prefetch_related("case__runs", "case__decisions")
        .with_parts_of(viewer)
        .distinct()
    )
    call = edition.call
    scored = scores_that_count([nomination.case_id for nomination in nominations])
    found = []
    for category in Category:
        group = {one.case_id: one for one in nominations if one.category == category}
        standings = scoring.standings(
            call.rules, quorum_of(call.rules), {pk: scored[pk] for pk in group if scored.get(pk)}
        )
        rows = [_row(group.pop(standing.key), standing) for standing in standings]
        rows += [_row(nomination, None) for nomination in group.values()]
        if rows:
            found.append((str(category.label), rows))
    return found


def _row(nomination: Nomination, standing: Standing | None) -> Row:
    run = nomination.case.run
    has_part = nomination.screened_by_viewer or nomination.scored_by_viewer
    return Row(
        nomination,
        standing,
        next(iter(nomination.case.decisions.all()), None),
        run is not None and run.kind == StageKind.DECIDE and not has_part,
    )


def quorum_of(rules: dict) -> int:
    places = [place for place, stage in enumerate(course.stages(rules)) if stage["kind"] == StageKind.REVIEW]
    return course.quorum_at(rules, places[-1]) if places else 1


def scores_that_count(cases: list[int]) -> dict[int, dict[int, Scores]]:
    """Case to seat to scores: what was said after the discussion where it was, else what was said alone."""
    found: dict[int, dict[int, Scores]] = defaultdict(dict)
    closed = StageRun.objects.filter(case__in=cases, kind=StageKind.REVIEW, closed_at__isnull=False)
    for round in (Round.ALONE, Round.DISCUSSED):
        reviews = Review.objects.counting(round).filter(assignment__run__in=closed)
        rows = reviews.values_list("assignment__case", "assignment__member", "scores")
        for case, member, scores in rows:
            found[case][member] = scores
    return found


#: From which mean score on a band begins, best first.
BANDS = [(0.75, "strong"), (0.45, "sound"), (0.0, "to-build-on")]


def feedback(nomination: Nomination) -> list[dict[str, Any]]:
    """For the nominee, criterion by criterion: a band, and in which part of the field the nomination stands.

    No number, no juror; nothing below the quorum.
    """
    edition = nomination.edition
    rules = edition.call.rules
    field = Nomination.objects.filter(edition=edition, category=nomination.category)
    scored = scores_that_count(list(field.values_list("case_id", flat=True)))
    standings = {one.key: one for one in scoring.standings(rules, quorum_of(rules), scored)}
    mine = standings.get(nomination.case_id)
    if mine is None or mine.measures is None:
        return []
    _lowest, highest = rules["scale"]
    found = []
    for code in (criterion["code"] for criterion in rules["criteria"]):
        mean = mine.mean_of(code) or 0.0
        means = sorted(m for one in standings.values() if (m := one.mean_of(code)) is not None)
        below = sum(other < mean for other in means)
        found.append({
            "label": SCORED[code],
            "band": next(name for share, name in BANDS if mean >= share * highest),
            "third": min(2, below * 3 // len(means)) if len(means) > 2 else None,
        })  # fmt: skip
    return found
