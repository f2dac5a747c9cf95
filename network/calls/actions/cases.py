"""Bringing a case, screening it, deciding on it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.calls import chronicle, policies
from network.calls.actions._door import actor, close_run, locked_call, locked_case, open_run, require, ring
from network.calls.actions.reviewing import assign
from network.calls.enums import Outcome, StageKind
from network.calls.models import Call, Case, Decision
from network.calls.procedures import procedures
from network.foundations.exceptions import Refused
from network.outbox.actions import announce
from network.thesaurus.models import Term


class Incomplete(Refused):
    """Something is missing before a case can be submitted: ``fields`` maps its name to the sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(_("Some answers are missing."))
        self.fields = fields


def start_case(*, call: Call, party: Term | None, by) -> Case:
    """Begin a case; it is nobody's business but that of those who bring it until it is submitted."""
    with locked_call(call.pk) as locked:
        require(
            policies.can_submit_for(actor(by), locked, party), _("You cannot bring a case for this Party.")
        )
        if not locked.is_open():
            raise Refused(_("This call is not open."))
        try:
            with transaction.atomic():
                case = Case.objects.create(call=locked, party=party, nominator=by)
        except IntegrityError:
            raise Refused(_("There is a nomination of %(party)s already.") % {"party": party}) from None
        open_run(case, StageKind.SUBMIT)
        chronicle.record(locked, "started", by=by, case=case)
        return case


def submit(*, case: Case, by) -> Case:
    """Hand the case in, before the instant of closing on the server's clock.

    A case that was returned for completion has until the instant that was granted to it.
    """
    with locked_case(case.pk) as locked:
        require(policies.can_edit(actor(by), locked))
        granted_until = locked.run.due_at
        if not locked.call.is_open() and not (granted_until and timezone.now() < granted_until):
            raise Refused(_("The time for handing in is over. What you wrote is kept."))
        procedure = procedures.get(locked.call.procedure)
        if missing := procedure.missing(locked):
            raise Incomplete(missing)
        locked.submitted_at = timezone.now()
        locked.digest = chronicle.digest_of(procedure.content(locked))
        locked.save(update_fields=["submitted_at", "digest"])
        run = close_run(locked, outcome=Outcome.SUBMITTED, by=by)
        open_run(locked, StageKind.SCREEN)
        chronicle.record(locked.call, "submitted", by=by, case=locked, digest=locked.digest)
        announce(f"call:{locked.call_id}", "calls.submitted", case=locked.pk)
        ring(locked, run, by)
        return locked


def screen(*, case: Case, outcome: str, by, reason: str = "", due_at: datetime | None = None) -> Case:
    """The finding on eligibility: ``eligible``, ``returned`` (with the instant granted) or ``ineligible``."""
    with locked_case(case.pk) as locked:
        require(policies.can_screen(actor(by), locked))
        if outcome not in (Outcome.ELIGIBLE, Outcome.RETURNED, Outcome.INELIGIBLE):
            raise Refused(_("Choose one of the findings."), field="outcome")
        if outcome != Outcome.ELIGIBLE and not reason.strip():
            raise Refused(_("Say why: the nominator reads this sentence."), field="reason")
        if outcome == Outcome.RETURNED and (due_at is None or due_at <= timezone.now()):
            raise Refused(
                _("Say until when it can be completed, at an instant still to come."), field="due_at"
            )
        run = close_run(locked, outcome=outcome, by=by, reason=reason)
        if outcome == Outcome.RETURNED:
            open_run(locked, StageKind.SUBMIT, due_at=due_at)
        elif outcome == Outcome.ELIGIBLE:
            review = open_run(locked, StageKind.REVIEW)
            for member in locked.call.panel.select_related("person"):
                assign(locked, review, member)
        chronicle.record(locked.call, outcome, by=by, case=locked, run=run.pk)
        announce(f"call:{locked.call_id}", "calls.screened", case=locked.pk, run=run.pk)
        ring(locked, run, by)
        return locked


def decide(*, case: Case, outcome: str, by, note: str = "") -> Decision:
    """Record what is decided. It may be revised until the results are released, and nobody is told before."""
    with locked_case(case.pk) as locked:
        require(policies.can_decide(actor(by), locked))
        if outcome not in procedures.get(locked.call.procedure).outcomes:
            raise Refused(_("Choose one of the outcomes."), field="outcome")
        decision = Decision.objects.create(
            case=locked,
            version=locked.decisions.count() + 1,
            outcome=outcome,
            note=note,
            decided_by=by.actor_id,
        )
        # The code of the outcome stays out of the record: the record can be read before the release.
        chronicle.record(locked.call, "decided", by=by, case=locked, decision=decision.pk)
        return decision
