"""Deeds around the award; what has consequences is done by the engine."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowTask

from network.awards.enums import Criterion, Medal
from network.awards.models import DecisionTask, Edition, EligibilityTask, JuryTask, Laureate, Nomination
from network.calls import actions as engine
from network.calls import policies as engine_policies
from network.calls.models import Call, Case
from network.calls.querysets import SECRETARIAT
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import viewer_for
from network.thesaurus.models import Term

PROCEDURE = "award"
SCALE = [0, 5]
STEPS = [
    (EligibilityTask, "Award: eligibility"),
    (JuryTask, "Award: jury"),
    (DecisionTask, "Award: decision"),
]


@deed
def open_edition(
    *,
    slug: str,
    names: dict[str, str],
    year: int,
    opens_at: datetime,
    closes_at: datetime,
    by: Any,
    zone: str = "UTC",
    place: str = "",
    quorum: int = 2,
) -> Edition:
    """Announce a new edition: its call with frozen rules and a Wagtail workflow of its own."""
    if not viewer_for(by).has(SECRETARIAT):
        raise PermissionDenied(_("The secretariat opens an edition."))
    with transaction.atomic():
        rules = {
            "scale": SCALE,
            "quorum": quorum,
            "criteria": [{"code": criterion.value, "weight": 1} for criterion in Criterion],
        }
        try:
            with transaction.atomic():
                call = Call.objects.create(
                    slug=f"award-{slug}", procedure=PROCEDURE, opens_at=opens_at, closes_at=closes_at,
                    zone=zone, rules=rules,
                )  # fmt: skip
        except IntegrityError:
            raise Refused(_("There is an edition with this address."), field="slug") from None
        edition = Edition.objects.create(
            slug=slug, names=names, year=year, place=place, call=call, workflow=_workflow(names)
        )
        engine.open_call(call=call, by=by)
        return edition


def _workflow(names: dict[str, str]) -> Workflow:
    """A workflow for one edition alone, so that no later change of another touches a running one."""
    workflow = Workflow.objects.create(name=names.get("en") or next(iter(names.values())))
    for position, (task_class, name) in enumerate(STEPS):
        task = task_class.objects.filter(active=True).first() or task_class.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=position)
    return workflow


@deed
def start_nomination(*, edition: Edition, party: Term, by: Any) -> Nomination:
    with transaction.atomic():
        case = engine.start_case(call=edition.call, party=party, by=by)
        nomination = Nomination(case=case, edition=edition, live=False)
        nomination.save()
        nomination.save_revision(user=by)
        return nomination


@deed
def save_nomination(*, nomination: Nomination, answers: dict[str, str], version: int, by: Any) -> Nomination:
    """Keep what was written: row and revision both, for lists read the one and Wagtail the other.

    ``version`` is the one that the form was opened with; another save in between raises ``StaleEdit``.
    """
    with engine.locked_case(nomination.case_id) as case:
        if not engine_policies.can_edit(viewer_for(by), case):
            raise PermissionDenied(_("This nomination has been handed in and can no longer be changed."))
        current = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
        if current.version != version:
            raise StaleEdit(_("Somebody saved this nomination after you had opened it."), current)
        for name, value in answers.items():
            setattr(current, name, value)
        current.version += 1
        current.save()
        current.save_revision(user=by)
        return current


def missing_answers(case: Case) -> dict[str, str]:
    """What a nomination still needs before it can be handed in."""
    nomination = case.nomination
    needed = ["site_name", "site_url", *Criterion.values, "progress"]
    return {name: _("This answer is needed.") for name in needed if not getattr(nomination, name).strip()}


def submitted_content(case: Case) -> dict[str, str]:
    nomination = case.nomination
    names = ["category", "site_name", "site_url", *Criterion.values, "progress"]
    return {name: getattr(nomination, name) for name in names}


def proclaim(*, edition: Edition) -> list[Laureate]:
    """Write the public results from the newest decision of each case. Called inside the release."""
    laureates = []
    cases = edition.call.cases.prefetch_related("decisions").select_related("nomination", "party")
    for case in cases:
        decision = next(iter(case.decisions.all()), None)
        if decision is None or decision.outcome == Medal.NONE:
            continue
        nomination = case.nomination
        laureates.append(
            Laureate(
                edition=edition,
                category=nomination.category,
                medal=decision.outcome,
                party=case.party,
                site_name=nomination.site_name,
                site_url=nomination.site_url,
            )
        )
    return Laureate.objects.bulk_create(laureates)
