"""The jury: invited, answering, disclosing interests; conflicts shut the file."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from network.calls import chronicle, policies
from network.calls.actions._door import actor, locked_call, locked_case, require
from network.calls.actions.reviewing import entrust, fill_panel, record_conflict
from network.calls.conflicts import tie_of
from network.calls.enums import ConflictSource, SeatState, StageKind
from network.calls.models import Assignment, Call, Case, Conflict, PanelMember, StageRun
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce


@deed
def seat_juror(
    *, call: Call, person: Any, represents: Any = None, until: date | None = None, by: Any
) -> PanelMember:
    """Invite a person to the jury, for a term. Cases come to her once she has accepted and disclosed."""
    with locked_call(call.pk) as locked:
        require(policies.can_manage(actor(by), locked))
        if locked.released_at:
            raise Refused(_("The results of this call are out; its jury is complete."))
        if until is not None and until < locked.at.date():
            raise Refused(_("The term ends before it begins."), field="until")
        member, made = PanelMember.objects.get_or_create(
            call=locked, person=person, defaults={"represents": represents, "until": until}
        )
        if not made:
            raise Refused(_("%(name)s is on this jury already.") % {"name": person}, field="person")
        chronicle.record(locked, "seated", by=by, member=member.pk)
        announce(f"call:{locked.pk}", "calls.seated", member=member.pk)
        return member


@deed
def answer_seat(
    *, member: PanelMember, accepts: bool, languages: list[str] | None = None, reason: str = "", by: Any
) -> PanelMember:
    """The invited person accepts, saying which languages she reads, or declines."""
    with locked_call(member.call_id) as call:
        require(policies.can_answer_seat(actor(by), member))
        current = PanelMember.objects.get(pk=member.pk)
        if current.state != SeatState.INVITED:
            raise Refused(_("You have answered this invitation already."))
        if accepts and not languages:
            raise Refused(_("Say which languages you read: files are given out by them."), field="languages")
        current.state = SeatState.ACCEPTED if accepts else SeatState.DECLINED
        current.languages = sorted(set(languages or []))
        current.declined_because = "" if accepts else reason.strip()[:300]
        current.answered_at = call.at
        current.save(update_fields=["state", "languages", "declined_because", "answered_at"])
        chronicle.record(call, "answered", by=by, member=current.pk, state=current.state)
        announce(f"call:{call.pk}", "calls.answered", member=current.pk)
        return current


@deed
def disclose(*, member: PanelMember, conflicted: list[Case], by: Any) -> PanelMember:
    """The juror's own disclosure, before any file opens: which cases she must not touch."""
    with locked_call(member.call_id) as call:
        current = PanelMember.objects.select_related("person").get(pk=member.pk)
        require(policies.can_disclose(actor(by), current))
        if current.disclosed_at is None:
            current.disclosed_at = call.at
            current.save(update_fields=["disclosed_at"])
            chronicle.record(call, "disclosed", by=by, member=current.pk)
        for case in conflicted:
            require(case.call_id == call.pk)
            case.call = call
            record_conflict(case, by, ConflictSource.DECLARED, by=by)
        waiting = StageRun.objects.open().filter(case__call=call, kind=StageKind.REVIEW)
        for run in waiting.select_related("case"):
            run.case.call = call
            fill_panel(run.case, run, by=by)
        return current


@deed
def raise_conflict(*, case: Case, person: Any, reason: str, by: Any) -> Conflict:
    """The secretariat has learnt of a tie: the file shuts to the person, at whatever stage it is."""
    with locked_case(case.pk) as locked:
        require(policies.can_raise_conflict(actor(by), locked))
        if not reason.strip():
            raise Refused(_("Say what ties this person to the nominee."), field="reason")
        return record_conflict(locked, person, ConflictSource.RAISED, by=by, reason=reason.strip()[:300])


@deed
def find_conflicts(*, case: Case, by: Any) -> list[Conflict]:
    """Look again for ties of the whole jury, after something about the case has become known."""
    with locked_case(case.pk) as locked:
        found = []
        known = set(locked.conflicts.values_list("person_id", flat=True))
        for seat in locked.call.panel.exclude(person=None).select_related("person"):
            if seat.person_id not in known and (reason := tie_of(seat.person, locked)):
                found.append(
                    record_conflict(locked, seat.person, ConflictSource.DERIVED, by=by, reason=reason)
                )
        return found


@deed
def substitute(*, case: Case, member: PanelMember, by: Any) -> Assignment:
    """Entrust one more juror with a case: in the place of one who stepped back, or for a third view."""
    with locked_case(case.pk) as locked:
        require(policies.can_substitute(actor(by), locked))
        seat = locked.call.panel.sitting(locked.call.at.date()).filter(pk=member.pk).first()
        taken = Assignment.objects.filter(run=locked.run, member=member.pk).exists()
        assignment = None if seat is None or taken else entrust(locked, locked.run, seat, by=by)
        if assignment is None:
            raise Refused(_("This juror cannot take this nomination."))
        # Those who score everything are not told of each file; who is asked for one more is.
        announce(f"call:{locked.call_id}", "calls.entrusted", case=locked.pk, member=seat.pk)
        return assignment


@deed
def name_interpreter(*, assignment: Assignment, name: str, by: Any) -> Assignment:
    """Say who reads the file to a juror who does not read its language; an empty name takes that back."""
    with locked_case(assignment.case_id) as locked:
        require(policies.can_substitute(actor(by), locked))
        current = Assignment.objects.active().filter(pk=assignment.pk, run=locked.run).first()
        require(current is not None)
        current.interpreter = name.strip()[:150]
        current.save(update_fields=["interpreter", "changed_at"])
        chronicle.record(locked.call, "interpreter-named", by=by, case=locked, assignment=current.pk)
        return current
