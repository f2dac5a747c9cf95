"""Editions and nominations; what has consequences is done by the engine."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowTask

from network.awards import policies
from network.awards.enums import PROGRESS, Awarded, Criterion, SupportKind
from network.awards.models import (
    DecisionTask,
    DiscussionTask,
    Edition,
    EligibilityTask,
    EndorsementTask,
    JuryTask,
    Nomination,
    Support,
)
from network.awards.questions import asked_of
from network.calls import actions as engine
from network.calls import policies as engine_policies
from network.calls.models import Call, Case
from network.calls.querysets import SECRETARIAT
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import viewer_for
from network.organizations.models import Organization
from network.thesaurus.models import Term

PROCEDURE = "award"
SCALE = [0, 5]
#: What leads, then what breaks ties.
RANKING = ["total", PROGRESS, Criterion.CONTENT.value]
ANSWERED = ["category", "site_name", "site_url", *Criterion.values, PROGRESS]
STEPS = {
    "endorse": (EndorsementTask, "Award: endorsement"),
    "screen": (EligibilityTask, "Award: eligibility"),
    "review": (JuryTask, "Award: jury"),
    "discuss": (DiscussionTask, "Award: discussion"),
    "decide": (DecisionTask, "Award: decision"),
}


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
    discussion: bool = False,
    ranking: list[str] | None = None,
    jurors: int | None = None,
    appeal_days: int = 0,
    discrepancy: float | None = None,
    awarded: str = Awarded.MEDALS,
    weights: dict[str, int] | None = None,
) -> Edition:
    """Announce a new edition: its call with frozen rules and a Wagtail workflow of its own.

    ``ranking`` is what leads and then breaks ties; ``jurors`` how many score each nomination (all of them
    where it is not said); with ``discussion`` the jury talks after its scores are sealed for good.
    ``appeal_days`` after the release nominees may appeal; 0 for never. Where totals of jurors differ by more
    than the share ``discrepancy``, one more is asked. ``awarded`` says what can be decided.
    """
    if not viewer_for(by).has(SECRETARIAT):
        raise PermissionDenied(_("The secretariat opens an edition."))
    with transaction.atomic():
        kinds = ["submit", "endorse", "screen", "review", *(["discuss"] if discussion else [])]
        rules = {
            "scale": SCALE,
            "quorum": quorum,
            "criteria": [
                *({"code": code, "weight": (weights or {}).get(code, 1)} for code in Criterion.values),
                {"code": PROGRESS, "weight": 1, "apart": True},
            ],
            "ranking": ranking or RANKING,
            "stages": [
                *({"kind": kind} for kind in kinds),
                {"kind": "decide", "outcomes": Awarded(awarded).outcomes},
            ],
            "appeal_days": appeal_days,
            **({"jurors": jurors} if jurors else {}),
            **({"discrepancy": discrepancy} if discrepancy else {}),
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
            slug=slug, names=names, year=year, place=place, call=call, workflow=_workflow(names, rules)
        )
        engine.open_call(call=call, by=by)
        return edition


def _workflow(names: dict[str, str], rules: dict) -> Workflow:
    """A workflow for one edition alone, so that no later change of another touches a running one."""
    workflow = Workflow.objects.create(name=names.get("en") or next(iter(names.values())))
    steps = [STEPS[stage["kind"]] for stage in rules["stages"] if stage["kind"] in STEPS]
    for position, (task_class, name) in enumerate(steps):
        task = task_class.objects.filter(active=True).first() or task_class.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=position)
    return workflow


@deed
def start_nomination(*, edition: Edition, party: Term, by: Any) -> Nomination:
    """Begin for one's Party, from what it answered last time."""
    return _fill_in(edition, engine.start_case(call=edition.call, party=party, by=by), by)


@deed
def enter_letter(*, edition: Edition, party: Term, letter_of: date, by: Any) -> Nomination:
    """The secretariat types in a nomination that came by letter."""
    return _fill_in(
        edition, engine.enter_letter(call=edition.call, party=party, letter_of=letter_of, by=by), by
    )


def _fill_in(edition: Edition, case: Case, by: Any) -> Nomination:
    """A nomination with the answers of the Party's last one, which is its baseline; nobody else's."""
    last = (
        Nomination.objects.filter(case__party=case.party, case__submitted_at__isnull=False)
        .order_by("-case__submitted_at")
        .first()
    )
    nomination = Nomination(case=case, edition=edition, live=False, based_on=last)
    if last:
        for name in (*ANSWERED, "language", "links"):
            setattr(nomination, name, getattr(last, name))
        # What changed since the last edition is asked afresh.
        nomination.progress = ""
    nomination.save()
    nomination.save_revision(user=by)
    if last:
        for support in last.supports.all():
            nomination.supports.create(organization=support.organization, kind=support.kind)
    return nomination


@deed
def name_supporter(*, nomination: Nomination, organization: Organization, kind: str, by: Any) -> Support:
    """Say that an organization stands behind the site; the files of its people on the jury close at once."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_name_supporters(viewer_for(by), case):
            raise PermissionDenied(_("This nomination is not open to you."))
        if kind not in SupportKind.values:
            raise Refused(_("Choose what it did."), field="kind")
        support, made = Support.objects.get_or_create(
            nomination=nomination, organization=organization, kind=kind
        )
        if not made:
            raise Refused(_("This is known already."), field="organization")
        engine.find_conflicts(case=case, by=by)
        return support


@deed
def forget_supporter(*, support: Support, by: Any) -> None:
    """Take back what was named by mistake. Conflicts that it led to stay on record."""
    with engine.locked_case(support.nomination.case_id) as case:
        if not policies.can_name_supporters(viewer_for(by), case):
            raise PermissionDenied(_("This nomination is not open to you."))
        support.delete()


@deed
def save_nomination(*, nomination: Nomination, answers: dict[str, Any], version: int, by: Any) -> Nomination:
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
    missing = [name for name in ANSWERED[1:] if not getattr(nomination, name).strip()]
    missing += [
        question.name
        for question in asked_of(case.call.rules)
        if question.required and not nomination.more.get(question.code, {}).get("value")
    ]
    return {name: _("This answer is needed.") for name in missing}


def submitted_content(case: Case) -> dict[str, Any]:
    nomination = case.nomination
    answers = {name: getattr(nomination, name) for name in ANSWERED}
    optional = {"links": nomination.links, "more": nomination.more}
    return answers | {name: value for name, value in optional.items() if value}
