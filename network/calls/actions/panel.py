"""The jury: invited, answering, disclosing interests; conflicts shut the file."""

from typing import Any

from django.utils.translation import gettext as _

from network.calls import chronicle, policies
from network.calls.actions._door import actor, locked_call, require
from network.calls.actions.reviewing import entrust, withdraw_from
from network.calls.enums import ConflictSource, StageKind
from network.calls.models import Call, Case, Conflict, PanelMember, StageRun
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce


@deed
def seat_juror(*, call: Call, person: Any, represents: Any = None, by: Any) -> PanelMember:
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


@deed
def disclose(*, member: PanelMember, conflicted: list[Case], by: Any) -> PanelMember:
    """The juror's own disclosure, before any file opens: which cases she must not touch."""
    with locked_call(member.call_id) as call:
        require(member.person_id == by.pk)
        if member.disclosed_at is None:
            member.disclosed_at = call.at
            member.save(update_fields=["disclosed_at"])
            chronicle.record(call, "disclosed", by=by, member=member.pk)
        for case in conflicted:
            require(case.call_id == call.pk)
            case.call = call
            add_conflict(case=case, person=by, source=ConflictSource.DECLARED, by=by)
        for run in (
            StageRun.objects.open().filter(case__call=call, kind=StageKind.REVIEW).select_related("case")
        ):
            run.case.call = call
            entrust(run.case, run, member, by=by)
        return member


def add_conflict(*, case: Case, person: Any, source: str, by: Any, reason: str = "") -> Conflict:
    """Record a conflict and shut the file to the person. Called with the call locked."""
    conflict, made = Conflict.objects.get_or_create(
        case=case, person=person, defaults={"source": source, "reason": reason}
    )
    if made:
        chronicle.record(case.call, "conflict", by=by, case=case, conflict=conflict.pk, source=source)
        withdraw_from(case, person, by=by)
    return conflict
