"""Opening a call, seating its jury, releasing its results."""

from django.utils import timezone
from django.utils.translation import gettext as _

from network.calls import chronicle, policies
from network.calls.actions._door import actor, close_run, locked_call, require, ring
from network.calls.actions.reviewing import assign, withdraw_from
from network.calls.enums import ConflictSource, Outcome, StageKind
from network.calls.models import Call, Case, Conflict, PanelMember, StageRun
from network.calls.signals import results_recorded
from network.foundations.exceptions import Refused
from network.outbox.actions import announce


def open_call(*, call: Call, by) -> Call:
    """Freeze the rules: from here on they are what every deed is measured by."""
    with locked_call(call.pk) as locked:
        require(policies.can_manage(actor(by), locked))
        if locked.opened_at:
            raise Refused(_("This call is open already."))
        locked.opened_at = timezone.now()
        locked.save(update_fields=["opened_at"])
        chronicle.record(locked, "opened", by=by, rules=chronicle.digest_of(locked.rules))
        return locked


def seat_juror(*, call: Call, person, represents=None, by) -> PanelMember:
    """Give a person a seat; cases that wait for their jury are assigned to her once she has disclosed."""
    with locked_call(call.pk) as locked:
        require(policies.can_manage(actor(by), locked))
        if locked.released_at:
            raise Refused(_("The results of this call are out; its jury is complete."))
        member, made = PanelMember.objects.get_or_create(
            call=locked, person=person, defaults={"represents": represents}
        )
        if not made:
            raise Refused(_("%(name)s is on this jury already.") % {"name": person}, field="person")
        chronicle.record(locked, "seated", by=by, member=member.pk)
        announce(f"call:{locked.pk}", "calls.seated", member=member.pk)
        return member


def disclose(*, member: PanelMember, conflicted: list[Case], by) -> PanelMember:
    """The juror's own disclosure, before any file opens: which cases she must not touch."""
    with locked_call(member.call_id) as call:
        require(member.person_id == by.pk)
        if member.disclosed_at is None:
            member.disclosed_at = timezone.now()
            member.save(update_fields=["disclosed_at"])
            chronicle.record(call, "disclosed", by=by, member=member.pk)
        for case in conflicted:
            require(case.call_id == call.pk)
            add_conflict(case=case, person=by, source=ConflictSource.DECLARED, by=by)
        for run in (
            StageRun.objects.open().filter(case__call=call, kind=StageKind.REVIEW).select_related("case")
        ):
            assign(run.case, run, member)
        return member


def add_conflict(*, case: Case, person, source: str, by, reason: str = "") -> Conflict:
    """Record a conflict and shut the file to the person. Called with the call locked."""
    conflict, made = Conflict.objects.get_or_create(
        case=case, person=person, defaults={"source": source, "reason": reason}
    )
    if made:
        chronicle.record(case.call, "conflict", by=by, case=case, conflict=conflict.pk, source=source)
        withdraw_from(case, person, by=by)
    return conflict


def release(*, call: Call, by) -> Call:
    """Make the results public: one transaction for statuses, letters and the page, or none of them."""
    with locked_call(call.pk) as locked:
        require(policies.can_manage(actor(by), locked))
        if locked.released_at:
            raise Refused(_("These results are out already."))
        if timezone.now() < locked.closes_at:
            raise Refused(_("The call is still open: results can go out after it has closed."))
        unfinished = StageRun.objects.open().filter(case__call=locked, case__submitted_at__isnull=False)
        undecided = (
            unfinished.exclude(kind=StageKind.DECIDE, case__decisions__isnull=False).distinct().count()
        )
        if undecided:
            raise Refused(_("%(count)d nominations still wait for a decision.") % {"count": undecided})
        locked.released_at = timezone.now()
        locked.save(update_fields=["released_at"])
        for run in list(unfinished.filter(kind=StageKind.DECIDE).distinct().select_related("case")):
            run.case.call = locked
            ring(run.case, close_run(run.case, outcome=Outcome.RELEASED, by=by), by)
        chronicle.record(locked, "released", by=by)
        announce(f"call:{locked.pk}", "calls.released", call=locked.pk)
        results_recorded.send(sender=Call, call=locked, user=by)
        return locked
