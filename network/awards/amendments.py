"""Pages on which a running edition is changed in the open, and on which its record can be read."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network.awards import actions
from network.awards import policies as award_policies
from network.awards.asking import ask
from network.awards.desk import desk_or_403
from network.awards.enums import Criterion
from network.awards.forms import QuestionForm
from network.awards.models import Edition
from network.awards.questions import questions_of
from network.awards.telling import HAPPENED
from network.awards.views import trail
from network.calls import actions as engine
from network.calls import chronicle, policies, replay
from network.calls.amending import ExtensionForm, GrantForm, RulesForm
from network.calls.models import Case, Event
from network.foundations.forms import posted
from network.foundations.pager import paginate


def _amendable(request: HttpRequest, slug: str) -> Edition:
    edition = desk_or_403(request, slug)
    if not policies.can_amend(request.viewer, edition.call):
        raise PermissionDenied(_("The results of this edition are out; nothing about it changes any more."))
    return edition


@login_required
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    edition = _amendable(request, slug)
    form = ExtensionForm(posted(request), call=edition.call)
    return ask(
        request, "awards/amend/extend.html", form, {"trail": trail(edition), "edition": edition},
        lambda: engine.extend(call=edition.call, by=request.user, **form.cleaned_data),
        lambda: redirect("awards:desk", slug),
    )  # fmt: skip


@login_required
def grant(request: HttpRequest, slug: str) -> HttpResponse:
    """Late entry for one Party, and those that were granted."""
    edition = _amendable(request, slug)
    form = GrantForm(posted(request), call=edition.call)
    grants = edition.call.grants.select_related("party")
    return ask(
        request, "awards/amend/grant.html", form,
        {"trail": trail(edition), "edition": edition, "grants": grants},
        lambda: engine.grant_late_entry(call=edition.call, by=request.user, **form.cleaned_data),
        lambda: redirect("awards:grant", slug),
    )  # fmt: skip


@login_required
def amend(request: HttpRequest, slug: str) -> HttpResponse:
    edition = _amendable(request, slug)
    form = RulesForm(posted(request), call=edition.call, labels=dict(Criterion.choices))
    return ask(
        request, "awards/amend/rules.html", form, {"trail": trail(edition), "edition": edition},
        lambda: engine.amend_rules(
            call=edition.call, rules=form.rules, reason=form.cleaned_data["reason"], by=request.user
        ),
        lambda: redirect("awards:desk", slug),
    )  # fmt: skip


@login_required
def ask_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """What this edition asks beyond the criteria; each change is an amendment."""
    edition = _amendable(request, slug)
    questions = questions_of(edition.call.rules)
    chosen = next((one for one in questions if one.code == request.GET.get("question")), None)
    initial = {
        "kind": chosen.kind, "words": chosen.text, "options": "\n".join(chosen.options),
        "required": chosen.required, "asked": chosen.asked,
    } if chosen else {}  # fmt: skip
    form = QuestionForm(posted(request), initial=initial)

    def deed() -> None:
        data = dict(form.cleaned_data)
        lines = [line.strip() for line in data.pop("options").splitlines() if line.strip()]
        words = {get_language() or settings.LANGUAGE_CODE: data.pop("words")}
        actions.put_question(
            edition=edition, code=chosen.code if chosen else "", words=words, options=lines,
            by=request.user, **data,
        )  # fmt: skip

    return ask(
        request, "awards/questions/index.html", form,
        {"trail": trail(edition), "edition": edition, "questions": questions, "chosen": chosen},
        deed, lambda: redirect("awards:questions", slug),
    )  # fmt: skip


@login_required
def show_record(request: HttpRequest, slug: str) -> HttpResponse:
    """Every event of the edition, and whether the record still vouches for what stands in the tables.

    Files that the reader has a conflict about are left out of what she reads, not of what is verified.
    """
    edition = desk_or_403(request, slug)
    call = edition.call
    closed = Case.objects.filter(call=call).exclude(pk__in=Case.objects.visible_to(request.viewer))
    events = Event.objects.filter(call=call.pk).exclude(case__in=list(closed.values_list("pk", flat=True)))
    page = paginate(events, ["-number"], request.GET.get("cursor", ""), 50)
    names = dict(
        get_user_model().objects.filter(actor_id__in={event.actor for event in page}).values_list(
            "actor_id", "name"
        )
    )  # fmt: skip
    parties = {case.pk: case.party for case in Case.objects.filter(call=call).select_related("party")}
    return render(request, "awards/record/index.html", {
        "trail": trail(edition),
        "edition": edition,
        "events": page,
        "rows": [
            (event, HAPPENED.get(event.kind, event.kind), names.get(event.actor, ""), parties.get(event.case))
            for event in page
        ],
        "can_take_dossier": award_policies.can_take_dossier(request.viewer, edition),
        "broken": chronicle.first_break(call),
        "disagreements": replay.disagreements(call),
        "count": Event.objects.filter(call=call.pk).count(),
    })  # fmt: skip
