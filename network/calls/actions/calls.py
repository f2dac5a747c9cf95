"""Opening a call, amending it in the open, releasing its results."""

import logging
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from network.calls import chronicle, course, policies
from network.calls.actions._door import actor, close_run, locked_call, require, ring
from network.calls.enums import Change, Outcome, StageKind
from network.calls.models import Amendment, Call, Grant, Review, StageRun
from network.calls.signals import results_recorded
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce
from network.thesaurus.models import Term

logger = logging.getLogger(__name__)


@deed
def open_call(*, call: Call, by: Any) -> Call:
    """Freeze the rules: from here on they are what every deed is measured by."""
    with locked_call(call.pk) as locked:
        require(policies.can_manage(actor(by), locked))
        if locked.opened_at:
            raise Refused(_("This call is open already."))
        _check(locked.rules)
        locked.opened_at = locked.at
        locked.save(update_fields=["opened_at"])
        chronicle.record(
            locked, "opened", by=by,
            rules=chronicle.digest_of(locked.rules), closes_at=locked.closes_at.isoformat(),
        )  # fmt: skip
        return locked


def _check(rules: dict) -> None:
    if faults := course.faults(rules):
        raise Refused(_("These rules do not hold together: %(faults)s.") % {"faults": ", ".join(faults)})


@deed
def extend(*, call: Call, closes_at: datetime, reason: str, by: Any) -> Amendment:
    """Give everybody more time. One act: recorded with both instants, and told to all alike."""
    with locked_call(call.pk) as locked:
        require(policies.can_amend(actor(by), locked))
        if locked.is_over():
            raise Refused(_("The call has closed. Late entry can be granted to one Party at a time."))
        if closes_at <= locked.closes_at:
            raise Refused(_("The new instant is not later than the one that stands."), field="closes_at")
        before, locked.closes_at = locked.closes_at, closes_at.astimezone(UTC)
        locked.save(update_fields=["closes_at"])
        return _amend(
            locked, Change.CLOSING, before.isoformat(), locked.closes_at.isoformat(), reason, by,
            closes_at=locked.closes_at.isoformat(),
        )  # fmt: skip


@deed
def amend_rules(*, call: Call, rules: dict, reason: str, by: Any) -> Amendment:
    """Change the rules of a call that is open: a new version, with what was, what is and why.

    What scores are given on cannot change once there is one: it would no longer mean what its juror meant.
    """
    with locked_call(call.pk) as locked:
        require(policies.can_amend(actor(by), locked))
        if rules == locked.rules:
            raise Refused(_("Nothing has changed."))
        _check(rules)
        if course.stages(rules) != course.stages(locked.rules) and locked.cases.exists():
            raise Refused(_("The order of stages cannot change once there is a nomination."))
        scored_on = ("scale", "criteria")
        if any(rules.get(part) != locked.rules.get(part) for part in scored_on) and (
            Review.objects.filter(assignment__case__call=locked).exists()
        ):
            raise Refused(_("Scores have been given: what they are given on can no longer change."))
        before, locked.rules = locked.rules, rules
        locked.rules_version += 1
        locked.save(update_fields=["rules", "rules_version"])
        return _amend(
            locked, Change.RULES, before, rules, reason, by, rules=chronicle.digest_of(rules),
        )  # fmt: skip


def _amend(call: Call, change: str, before: Any, after: Any, reason: str, by: Any, **ids: str) -> Amendment:
    if not reason.strip():
        raise Refused(_("Say why: everybody reads this sentence."), field="reason")
    amendment = Amendment.objects.create(
        call=call, number=call.amendments.count() + 1, change=change, before=before, after=after,
        reason=reason.strip(), made_by=by.actor_id, at=call.at,
    )  # fmt: skip
    chronicle.record(call, "amended", by=by, amendment=amendment.pk, change=change, **ids)
    announce(f"call:{call.pk}", "calls.amended", call=call.pk, amendment=amendment.pk)
    return amendment


@deed
def grant_late_entry(*, call: Call, party: Term, until: datetime, reason: str, by: Any) -> Grant:
    """Let one named Party hand in late, until an instant."""
    with locked_call(call.pk) as locked:
        require(policies.can_amend(actor(by), locked))
        if until <= max(locked.closes_at, locked.at):
            raise Refused(_("Late entry ends after the call has closed, at an instant to come."), "until")
        if not reason.strip():
            raise Refused(_("Say why: the reason stands in the record."), field="reason")
        grant = Grant.objects.create(
            call=locked, party=party, until=until, reason=reason.strip(), granted_by=by.actor_id,
            at=locked.at,
        )  # fmt: skip
        chronicle.record(locked, "granted", by=by, grant=grant.pk, party=party.pk, until=until.isoformat())
        announce(f"call:{locked.pk}", "calls.granted", call=locked.pk, grant=grant.pk)
        return grant


@deed
def plan_release(*, call: Call, release_at: datetime | None, by: Any) -> Call:
    """Let the results go out by themselves at an instant; None takes the plan back."""
    with locked_call(call.pk) as locked:
        require(policies.can_manage(actor(by), locked))
        if locked.released_at:
            raise Refused(_("These results are out already."))
        if release_at is not None and release_at <= max(locked.at, locked.closes_at):
            raise Refused(_("The instant is still to come, and after the call has closed."), "release_at")
        locked.release_at, locked.release_by = release_at, by if release_at else None
        locked.save(update_fields=["release_at", "release_by"])
        chronicle.record(
            locked, "release-planned", by=by, release_at=release_at and release_at.astimezone(UTC).isoformat()
        )
        return locked


def release_due() -> int:
    """What the clock does: release every call whose instant has come, in the name of whoever planned it.

    One that cannot go out (a decision is missing, the planner has left) stays planned and is told to the log.
    """
    done = 0
    due = Call.objects.filter(released_at=None, release_at__lte=timezone.now(), release_by__is_active=True)
    for call in due.select_related("release_by"):
        try:
            release(call=call, by=call.release_by)
            done += 1
        except (Refused, PermissionDenied) as refusal:
            logger.warning("The planned release of %s cannot happen: %s", call, refusal)
    return done


@deed
def release(*, call: Call, by: Any) -> Call:
    """Make the results public: one transaction for statuses, letters and the page, or none of them."""
    with locked_call(call.pk) as locked:
        require(policies.can_manage(actor(by), locked))
        if locked.released_at:
            raise Refused(_("These results are out already."))
        if not locked.is_over():
            raise Refused(_("The call is still open: results can go out after it has closed."))
        unfinished = StageRun.objects.open().filter(case__call=locked, case__submitted_at__isnull=False)
        # A decision counts for the stage in which it was made: a shortlist is no result.
        decided = unfinished.filter(kind=StageKind.DECIDE, case__decisions__at__gte=F("opened_at"))
        undecided = unfinished.exclude(pk__in=decided.values("pk")).count()
        if undecided:
            raise Refused(_("%(count)d nominations still wait for a decision.") % {"count": undecided})
        locked.released_at = locked.at
        locked.save(update_fields=["released_at"])
        for run in list(unfinished.select_related("case")):
            run.case.call = locked
            ring(run.case, close_run(run.case, outcome=Outcome.RELEASED, by=by), by)
        chronicle.record(locked, "released", by=by)
        announce(f"call:{locked.pk}", "calls.released", call=locked.pk)
        results_recorded.send(sender=Call, call=locked, user=by)
        return locked
