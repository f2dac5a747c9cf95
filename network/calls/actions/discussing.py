"""After the panel has closed: what is said about a case, and a second score beside the first."""

from typing import Any

from django.utils.translation import gettext as _

from network.calls import chronicle, policies
from network.calls.actions._door import actor, advance, close_run, locked_case, require, ring
from network.calls.actions.reviewing import begin_review, check_scores
from network.calls.enums import Outcome, Round
from network.calls.models import Case, Remark, Review
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused


@deed
def remark(*, case: Case, text: str, by: Any) -> Remark:
    with locked_case(case.pk) as locked:
        seat = policies.discussing_seat(actor(by), locked)
        require(seat is not None)
        if not text.strip():
            raise Refused(_("Nothing is written yet."), field="text")
        said = Remark.objects.create(
            case=locked, member=seat.member, text=text.strip()[:3000], at=locked.call.at
        )
        chronicle.record(locked.call, "remarked", by=by, case=locked, remark=said.pk)
        return said


@deed
def rescore(*, case: Case, scores: dict[str, int], reasons: dict[str, str], by: Any) -> Review:
    """A second score, seen by the panel. The first stays as it is and stays in the record."""
    with locked_case(case.pk) as locked:
        assignment = policies.discussing_seat(actor(by), locked)
        require(assignment is not None)
        check_scores(locked.call.rules, scores, reasons)
        review = Review.objects.create(
            assignment=assignment, version=assignment.reviews.count() + 1, round=Round.DISCUSSED,
            scores=scores, reasons={code: text.strip() for code, text in reasons.items() if text.strip()},
            digest=locked.digest, at=locked.call.at,
        )  # fmt: skip
        chronicle.record(
            locked.call, "rescored", by=by, case=locked, review=review.pk, assignment=assignment.pk
        )
        return review


@deed
def close_discussion(*, case: Case, by: Any) -> Case:
    with locked_case(case.pk) as locked:
        require(policies.can_close_discussion(actor(by), locked))
        run = close_run(locked, outcome=Outcome.DISCUSSED, by=by)
        opened = advance(locked, run)
        chronicle.record(
            locked.call, "discussed", by=by, case=locked, run=run.pk, opens=opened.kind if opened else None
        )
        begin_review(locked, opened, by=by)
        ring(locked, run, by)
        return locked
