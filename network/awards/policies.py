"""Who may do what with the award; the engine's policies decide, this room says what it knows."""

from datetime import datetime, timedelta
from typing import Any

from network.accounts.merging import pseudonyms
from network.awards.enums import Medal
from network.awards.models import Edition, Laureate, Support
from network.calls import policies as engine
from network.calls.conflicts import tie_of
from network.calls.enums import StageKind
from network.calls.models import Call, Case
from network.calls.querysets import SECRETARIAT
from network.foundations.viewer import Viewer
from network.organizations.models import Affiliation
from network.thesaurus.models import Term


def may_nominate(viewer: Viewer, call: Call, party: Term | None) -> bool:
    """The national focal point of the Party, and nobody else."""
    return party is not None and viewer.has(f"focal_point:{party.pk}")


def tie(case: Case, person: Any) -> str:
    """A tie through organizations: hers stands behind the site, or is the nominator's own.

    Past affiliations count: who built the site and left has built it all the same.
    """
    hers = set(Affiliation.objects.filter(person=person).values_list("organization_id", flat=True))
    if not hers:
        return ""
    support = Support.objects.filter(nomination__case=case, organization__in=hers).order_by("pk").first()
    if support:
        return support.kind
    nominators = Affiliation.objects.current().filter(person=case.nominator_id, organization__in=hers)
    return "same-organization" if case.nominator_id and nominators.exists() else ""


def can_name_supporters(viewer: Viewer, case: Case) -> bool:
    """The nominator while she writes; the secretariat as long as it may open the file and nothing is out."""
    if engine.can_edit(viewer, case):
        return True
    return viewer.has(SECRETARIAT) and case.call.released_at is None and engine.can_view(viewer, case)


def can_manage(viewer: Viewer, edition: Edition) -> bool:
    return edition.call is not None and viewer.has(SECRETARIAT)


def is_juror(viewer: Viewer, edition: Edition) -> bool:
    return edition.call is not None and viewer.has(f"juror:{edition.call_id}")


def can_mend(viewer: Viewer, edition: Edition) -> bool:
    """Correct or revoke what is out."""
    return can_manage(viewer, edition) and edition.call.released_at is not None


def can_ask_facts(viewer: Viewer, case: Case) -> bool:
    """Between the scores and the decision; by those of the secretariat who may open the file."""
    return _before_decision(case) and viewer.has(SECRETARIAT) and engine.can_view(viewer, case)


def can_answer_facts(viewer: Viewer, case: Case) -> bool:
    return _before_decision(case) and engine.can_submit_for(viewer, case.call, case.party)


def _before_decision(case: Case) -> bool:
    run = case.run
    return (
        run is not None and run.kind in (StageKind.DISCUSS, StageKind.DECIDE) and not case.decisions.exists()
    )


def appeals_until(call: Call) -> datetime | None:
    """The instant at which the time for appeals ends; None where nothing is out or the rules know of none."""
    days = call.rules.get("appeal_days")
    return call.released_at + timedelta(days=days) if days and call.released_at else None


def can_appeal(viewer: Viewer, case: Case) -> bool:
    until = appeals_until(case.call)
    return (
        until is not None
        and case.call.at < until
        and engine.can_submit_for(viewer, case.call, case.party)
        and case.decisions.exists()
    )


def can_decide_appeal(viewer: Viewer, case: Case) -> bool:
    """Somebody of the secretariat without a part in this result: not on the jury, no screener, no decider."""
    if not viewer.has(SECRETARIAT) or case.call.released_at is None or not engine.can_view(viewer, case):
        return False
    if case.conflicts.filter(person=viewer.user_id).exists() or tie_of(viewer.user, case):
        return False
    had_part = (
        case.call.panel.filter(person=viewer.user_id).exists()
        or case.runs.filter(kind=StageKind.SCREEN, closed_by=viewer.user_id).exists()
        or case.decisions.filter(decided_by__in=pseudonyms(viewer.user_id)).exists()
    )
    return not had_part


def looks_until(case: Case) -> datetime:
    """Until when what is seen of a site becomes part of the file: the instant at which this case is due."""
    until = [case.call.closes_at]
    if case.run is not None and case.run.due_at:
        until.append(case.run.due_at)
    until += case.call.grants.filter(party=case.party_id).values_list("until", flat=True)
    return max(until)


def can_ask_look(viewer: Viewer, case: Case) -> bool:
    """The nominator while she writes; of the secretariat whoever has no tie. Nobody after the deadline."""
    if case.call.at >= looks_until(case):
        return False
    if engine.can_edit(viewer, case):
        return True
    return viewer.has(SECRETARIAT) and engine.can_view(viewer, case) and engine.is_outsider(viewer, case)


def can_tell_early(viewer: Viewer, case: Case) -> bool:
    """Before the release, of a result that is decided; by those of the secretariat without a tie."""
    decision = case.decisions.first()
    return (
        decision is not None
        and decision.outcome != Medal.NONE
        and case.call.released_at is None
        and viewer.has(SECRETARIAT)
        and engine.can_view(viewer, case)
        and engine.is_outsider(viewer, case)
    )


def can_preview_letter(viewer: Viewer, case: Case) -> bool:
    """Before the release, by those who may open the file and could have decided: as it would go out now."""
    return (
        case.call.released_at is None
        and case.decisions.exists()
        and viewer.has(SECRETARIAT)
        and engine.can_view(viewer, case)
        and engine.is_outsider(viewer, case)
    )


def can_give_leave(viewer: Viewer, case: Case) -> bool:
    """A laureate's own focal point lets others learn from the answers; after the release."""
    if case.call.released_at is None or not engine.can_submit_for(viewer, case.call, case.party):
        return False
    return Laureate.objects.standing().filter(edition__call=case.call_id, party=case.party_id).exists()


def can_take_back_leave(viewer: Viewer, case: Case) -> bool:
    """Also where the award was revoked since."""
    return case.call.released_at is not None and engine.can_submit_for(viewer, case.call, case.party)


def can_read_feedback(viewer: Viewer, case: Case) -> bool:
    """The nominee, and whoever of the secretariat may open the file; after the release."""
    if case.call.released_at is None or not case.decisions.exists():
        return False
    return engine.can_submit_for(viewer, case.call, case.party) or (
        viewer.has(SECRETARIAT) and engine.can_view(viewer, case)
    )


def can_take_dossier(viewer: Viewer, edition: Edition) -> bool:
    """Everything in one file: after the release, for whom of the secretariat every file is open."""
    if not can_manage(viewer, edition) or edition.call.released_at is None:
        return False
    return not edition.call.cases.filter(conflicts__person=viewer.user_id).exists()
