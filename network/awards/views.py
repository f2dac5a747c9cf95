"""Pages of the award for everybody: results, editions, nominating."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.accounts.enums import Role
from network.awards import actions, policies
from network.awards.enums import SCORED, Criterion, SupportKind
from network.awards.evidence import seen_of
from network.awards.forms import NominateForm, NominationForm
from network.awards.models import Edition, FactCheck, Laureate, Nomination
from network.awards.questions import answered
from network.awards.telling import told
from network.calls import actions as engine
from network.calls import course, scoring
from network.calls import policies as engine_policies
from network.calls.actions import Incomplete
from network.calls.enums import Round, StageKind
from network.calls.models import Review
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.organizations.models import Affiliation
from network.thesaurus.models import Term

INVALID = 422


def edition_or_404(request: HttpRequest, slug: str) -> Edition:
    return get_object_or_404(Edition.objects.visible_to(request.viewer).select_related("call"), slug=slug)


def nomination_or_404(request: HttpRequest, slug: str, public_id: str) -> Nomination:
    return get_object_or_404(
        Nomination.objects.visible_to(request.viewer)
        .select_related(
            "edition__call",
            "edition__workflow",
            "case__party",
            "case__call",
            "case__nominator",
            "based_on__edition",
        )
        .prefetch_related("case__runs"),
        edition__slug=slug,
        case__public_id=public_id,
    )


def trail(edition: Edition | None = None, nomination: Nomination | None = None) -> list[tuple[str, str]]:
    """The way to a page below the list of editions."""
    way = [(_("Awards"), reverse("awards:list"))]
    if edition:
        way.append((edition.name, edition.get_absolute_url()))
    if nomination:
        way.append((str(nomination.case.party), nomination.get_absolute_url()))
    return way


def about(nomination: Nomination) -> dict:
    """What every page about one nomination needs."""
    return {
        "asked": answered(nomination),
        "trail": trail(nomination.edition, nomination),
        "edition": nomination.edition,
        "nomination": nomination,
    }


def list_editions(request: HttpRequest) -> HttpResponse:
    editions = list(Edition.objects.visible_to(request.viewer).select_related("call"))
    laureates: dict[int, list[Laureate]] = {}
    for laureate in Laureate.objects.filter(edition__in=editions).standing().in_order():
        laureates.setdefault(laureate.edition_id, []).append(laureate)
    running = [edition for edition in editions if edition.call and not edition.call.released_at]
    past = [(edition, laureates.get(edition.pk, [])) for edition in editions if edition not in running]
    return render(request, "awards/list/index.html", {
        "running": running,
        "past": past,
        "criteria": Criterion,
        "can_open": request.viewer.has("role:secretariat"),
    })  # fmt: skip


def show_edition(request: HttpRequest, slug: str) -> HttpResponse:
    edition = edition_or_404(request, slug)
    viewer = request.viewer
    mine = Nomination.objects.none()
    if edition.call and viewer.is_member:
        mine = Nomination.objects.filter(edition=edition, case__party_id__in=viewer.ids("focal_point"))
    return render(request, "awards/edition/index.html", {
        "trail": trail(),
        "edition": edition,
        "laureates": list(Laureate.objects.filter(edition=edition).standing().in_order()),
        "corrections": list(edition.corrections.all()),
        "can_mend": policies.can_mend(viewer, edition),
        "criteria": Criterion,
        "mine": mine.select_related("case__party", "edition").prefetch_related("case__runs"),
        "can_nominate": _may_begin(viewer, edition),
        "can_manage": policies.can_manage(viewer, edition),
        "is_juror": policies.is_juror(viewer, edition),
        "amendments": told(list(edition.call.amendments.all())) if edition.call else [],
    })  # fmt: skip


def _may_begin(viewer, edition: Edition) -> bool:
    parties = viewer.ids("focal_point")
    if edition.call is None or not parties:
        return False
    late = edition.call.grants.filter(party__in=parties, until__gt=edition.call.at)
    return edition.call.is_open() or late.exists()


@login_required
def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a nomination for a Party that the person is the focal point of."""
    edition = edition_or_404(request, slug)
    parties = Term.objects.of("country").filter(pk__in=request.viewer.ids("focal_point"))
    if edition.call is None or not parties:
        raise PermissionDenied(_("The national focal point of a Party nominates its clearing-house."))
    form = NominateForm(posted(request), parties=parties)
    if request.method == "POST" and form.is_valid():
        try:
            nomination = actions.start_nomination(
                edition=edition, party=form.cleaned_data["party"], by=request.user
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("awards:nomination-edit", slug, nomination.case.public_id)
    return render(
        request,
        "awards/nominate/index.html",
        {"trail": trail(edition), "edition": edition, "form": form},
        status=INVALID if form.errors else 200,
    )


@login_required
def show_nomination(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The file: the questionnaire and, for those who may see them, the scores."""
    nomination = nomination_or_404(request, slug, public_id)
    viewer, case = request.viewer, nomination.case
    return render(request, "awards/nomination/index.html", {
        **about(nomination),
        "trail": trail(nomination.edition),
        "case": case,
        **_return_of(nomination),
        "can_edit": engine_policies.can_edit(viewer, case),
        "can_screen": engine_policies.can_screen(viewer, case),
        "can_score": engine_policies.can_review(viewer, case),
        "can_decide": engine_policies.can_decide(viewer, case),
        "can_endorse": engine_policies.can_endorse(viewer, case),
        "can_send_link": engine_policies.can_send_link(viewer, case),
        "can_discuss": engine_policies.can_read_discussion(viewer, case),
        "can_read_feedback": policies.can_read_feedback(viewer, case),
        "can_check_facts": policies.can_ask_facts(viewer, case)
        or FactCheck.objects.filter(nomination=nomination).exists(),
        "can_support": policies.can_name_supporters(viewer, case),
        "can_ask_look": policies.can_ask_look(viewer, case),
        "can_tell_early": policies.can_tell_early(viewer, case),
        "evidence": seen_of(nomination),
        "supports": nomination.supports.select_related("organization").order_by("pk"),
        "hosted_by_us": hosted_by_the_secretariat(nomination),
        "baseline": nomination.based_on,
        "table": score_table(viewer, nomination),
    })  # fmt: skip


def hosted_by_the_secretariat(nomination: Nomination) -> bool:
    """A body whose people work in the secretariat today hosts this site: told to whoever opens the file."""
    hosts = nomination.supports.filter(kind=SupportKind.HOSTED).values("organization")
    ours = Affiliation.objects.current().filter(
        organization__in=hosts, person__groups__name=Role.SECRETARIAT, person__is_active=True
    )
    return ours.exists()


def _return_of(nomination: Nomination) -> dict:
    """The newest finding that said why not, and until when the nomination can be completed."""
    runs = list(nomination.case.runs.all())
    return {
        "returned": next((run for run in reversed(runs) if run.reason), None),
        "due_at": nomination.case.run.due_at if nomination.case.run else None,
    }


def score_table(viewer, nomination: Nomination, round: int = Round.ALONE) -> dict | None:
    """Every score that this viewer may see, when the panel has closed: all of them, and their range.

    Below the quorum there is no average: it would say more than the scores do.
    """
    reviews = list(
        Review.objects.visible_to(viewer)
        .counting(round)
        .filter(assignment__case=nomination.case, assignment__run__closed_at__isnull=False)
        .select_related("assignment__member", "assignment__run")
        .order_by("assignment_id")
    )
    if not reviews:
        return None
    rules = nomination.case.call.rules
    rows = [
        (SCORED[code], [(one.scores.get(code, "—"), one.reasons.get(code, "")) for one in reviews])
        for code in (criterion["code"] for criterion in rules["criteria"])
    ]
    people = [review.assignment.member.person_id for review in reviews]
    names = cards_for(viewer, [person for person in people if person])
    totals = [scoring.total(rules, review.scores) for review in reviews]
    enough = len(reviews) >= course.quorum_at(rules, reviews[0].assignment.run.place)
    return {
        "jurors": [names[person].name if person in names else _("A former member") for person in people],
        "rows": rows,
        "totals": totals,
        "lowest": min(totals),
        "highest": max(totals),
        "mean": sum(totals) / len(totals) if enough else None,
    }


@login_required
def edit_nomination(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The questionnaire: kept as a draft as often as one likes, handed in once."""
    nomination = nomination_or_404(request, slug, public_id)
    if not engine_policies.can_edit(request.viewer, nomination.case):
        raise PermissionDenied(_("This nomination has been handed in and can no longer be changed."))
    form = NominationForm(posted(request), instance=nomination, initial={"version": nomination.version})
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_nomination(
                nomination=nomination,
                answers=form.answers,
                version=form.cleaned_data["version"],
                by=request.user,
            )
            if "submit" not in request.POST:
                messages.info(request, _("Your draft is kept. You can go on later."))
                return redirect("awards:nomination-edit", slug, public_id)
            form.data = form.data.copy()
            form.data["version"] = saved.version
            engine.submit(case=saved.case, by=request.user)
        except StaleEdit as stale:
            theirs = stale.current
            form.add_error(None, stale.sentence)
        except Incomplete as incomplete:
            for name, sentence in incomplete.fields.items():
                form.add_error(name, sentence)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            run = nomination.case.runs.filter(closed_at=None).first()
            if run and run.kind == StageKind.ENDORSE:
                messages.info(request, _("Kept. It goes on once the focal point has confirmed it."))
            else:
                messages.info(request, _("The nomination is handed in. You will hear about its screening."))
            return redirect("awards:nomination", slug, public_id)
    if theirs is not None:
        form.data = form.data.copy()
        form.data["version"] = theirs.version
    return render(
        request,
        "awards/nomination/edit.html",
        {
            **about(nomination),
            "form": form,
            "theirs": _differences(form, theirs),
            "can_ask_look": policies.can_ask_look(request.viewer, nomination.case),
            "evidence": seen_of(nomination),
            **_return_of(nomination),
        },
        status=INVALID if form.errors else 200,
    )


def _differences(form: NominationForm, theirs: Nomination | None) -> list[tuple[str, str]]:
    """What stands now, for each answer that differs from what was typed."""
    if theirs is None:
        return []
    return [
        (form.fields[name].label, getattr(theirs, name))
        for name in form._meta.fields
        if getattr(theirs, name) != form.cleaned_data.get(name)
    ] + [
        (question.text, answer)
        for question, answer, _earlier in answered(theirs)
        if question.asked and answer != str(form.cleaned_data.get(question.name) or "")
    ]
