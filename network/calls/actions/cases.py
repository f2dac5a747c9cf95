"""Bringing a case, screening it, deciding on it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.calls import chronicle, course, policies
from network.calls.actions._door import (
    actor,
    advance,
    close_run,
    locked_call,
    locked_case,
    open_run,
    require,
    ring,
)
from network.calls.actions.reviewing import begin_review
from network.calls.enums import Outcome, StageKind
from network.calls.models import Call, Case, Decision, Review, StageRun
from network.calls.procedures import procedures
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce
from network.thesaurus.models import Term


class Incomplete(Refused):
    """Something is missing before a case can be submitted: ``fields`` maps its name to the sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(_("Some answers are missing."))
        self.fields = fields


@deed
def start_case(*, call: Call, party: Term | None, by: Any) -> Case:
    """Begin a case; it is nobody's business but that of those who bring it until it is submitted."""
    with locked_call(call.pk) as locked:
        require(
            policies.can_submit_for(actor(by), locked, party), _("You cannot bring a case for this Party.")
        )
        return begin(locked, party, by, nominator=by)


def begin(call: Call, party: Term | None, by: Any, **fields: Any) -> Case:
    """The row and its first stage. Called with the call locked."""
    if not call.is_open() and not call.is_granted(party):
        raise Refused(_("This call is not open."))
    try:
        with transaction.atomic():
            case = Case.objects.create(call=call, party=party, **fields)
    except IntegrityError:
        raise Refused(_("There is a nomination of %(party)s already.") % {"party": party}) from None
    open_run(case, 0)
    chronicle.record(call, "started", by=by, case=case)
    return case


@deed
def submit(*, case: Case, by: Any) -> Case:
    """Hand the case in, before the instant of closing on the server's clock.

    A case that was returned for completion has until the instant that was granted to it; a Party that was
    granted late entry until the instant of that grant. There is no other grace.
    """
    with locked_case(case.pk) as locked:
        viewer = actor(by)
        require(policies.can_edit(viewer, locked))
        if not _in_time(locked):
            raise Refused(_("The time for handing in is over. What you wrote is kept."))
        procedure = procedures.get(locked.call.procedure)
        if missing := procedure.missing(locked):
            raise Incomplete(missing)
        locked.submitted_at = locked.call.at
        locked.digest = chronicle.digest_of(procedure.content(locked))
        locked.save(update_fields=["submitted_at", "digest"])
        run = close_run(locked, outcome=Outcome.SUBMITTED, by=by)
        # Whoever may endorse has done so by handing in herself.
        endorsed = procedure.endorses(viewer, locked.call, locked.party)
        opened = advance(locked, run, but=frozenset({StageKind.ENDORSE}) if endorsed else frozenset())
        chronicle.record(
            locked.call, "submitted", by=by, case=locked, run=run.pk, digest=locked.digest, **_next(opened)
        )
        announce(
            f"call:{locked.call_id}", "calls.submitted" if endorsed else "calls.to_endorse", case=locked.pk
        )
        ring(locked, run, by)
        return locked


def _in_time(case: Case) -> bool:
    due_at = case.run.due_at
    return case.call.is_open() or bool(due_at and case.call.at < due_at) or case.call.is_granted(case.party)


def _next(run: StageRun | None) -> dict[str, str | None]:
    """How the record says which stage has opened."""
    return {"opens": run.kind if run else None}


@deed
def screen(
    *,
    case: Case,
    outcome: str,
    by: Any,
    reason: str = "",
    due_at: datetime | None = None,
    checked: list[str] | None = None,
) -> Case:
    """The finding on eligibility: ``eligible``, ``returned`` (with the instant granted) or ``ineligible``.

    ``checked`` are the points of the procedure's checklist that hold; what is eligible holds on each.
    """
    with locked_case(case.pk) as locked:
        require(policies.can_screen(actor(by), locked))
        if outcome not in (Outcome.ELIGIBLE, Outcome.RETURNED, Outcome.INELIGIBLE):
            raise Refused(_("Choose one of the findings."), field="outcome")
        if outcome != Outcome.ELIGIBLE and not reason.strip():
            raise Refused(_("Say why: the nominator reads this sentence."), field="reason")
        if outcome == Outcome.RETURNED and (due_at is None or due_at <= locked.call.at):
            raise Refused(
                _("Say until when it can be completed, at an instant still to come."), field="due_at"
            )
        checklist = procedures.get(locked.call.procedure).checklist
        points = list(checklist) if checked is None else [code for code in checklist if code in checked]
        if outcome == Outcome.ELIGIBLE and len(points) < len(checklist):
            raise Refused(_("What is eligible holds on every point of the list."), field="checked")
        run = close_run(locked, outcome=outcome, by=by, reason=reason)
        run.findings = {code: code in points for code in checklist}
        run.save(update_fields=["findings"])
        opened = None
        if outcome == Outcome.RETURNED:
            opened = open_run(locked, 0, due_at=due_at)
        elif outcome == Outcome.ELIGIBLE:
            opened = advance(locked, run)
        chronicle.record(locked.call, outcome, by=by, case=locked, run=run.pk, **_next(opened))
        begin_review(locked, opened, by=by)
        announce(f"call:{locked.call_id}", "calls.screened", case=locked.pk, run=run.pk)
        ring(locked, run, by)
        return locked


@deed
def decide(*, case: Case, outcome: str, by: Any, note: str = "") -> Decision:
    """Record what is decided. It may be revised until the results are released, and nobody is told before.

    A stage that says with which outcomes a case goes on acts at once: it is a step on the way and no result.
    """
    with locked_case(case.pk) as locked:
        require(policies.can_decide(actor(by), locked))
        stage = course.stage_at(locked.call.rules, locked.run.place)
        if outcome not in (stage.get("outcomes") or procedures.get(locked.call.procedure).outcomes):
            raise Refused(_("Choose one of the outcomes."), field="outcome")
        below = _is_below_quorum(locked)
        if below and not note.strip():
            raise Refused(
                _("Fewer scores count than the rules ask for. Say why it is decided all the same."), "note"
            )
        decision = Decision.objects.create(
            case=locked,
            version=locked.decisions.count() + 1,
            outcome=outcome,
            note=note,
            decided_by=by.actor_id,
            at=locked.call.at,
        )
        # The code of the outcome stays out of the record: the record can be read before the release.
        chronicle.record(locked.call, "decided", by=by, case=locked, decision=decision.pk, **below)
        if "on" in stage:
            _go_on(locked, goes_on=outcome in stage["on"], by=by)
        return decision


def _is_below_quorum(case: Case) -> dict[str, bool]:
    """Empty where enough scores count, or where no jury stands before this decision."""
    run = case.runs.filter(kind=StageKind.REVIEW).last()
    if run is None:
        return {}
    counting = Review.objects.counting().filter(assignment__run=run).count()
    return {"below_quorum": True} if counting < course.quorum_at(case.call.rules, run.place) else {}


def _go_on(case: Case, *, goes_on: bool, by: Any) -> None:
    run = close_run(case, outcome=Outcome.WENT_ON if goes_on else Outcome.ENDED, by=by)
    opened = advance(case, run) if goes_on else None
    chronicle.record(case.call, run.outcome, by=by, case=case, run=run.pk, **_next(opened))
    begin_review(case, opened, by=by)
    ring(case, run, by)
