"""The stalls of a fair: what they show, when somebody is there, what visitors ask."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.models import Community
from communities.views.common import page, refuse
from home.events import actions, policies
from home.events.forms import AnswerForm, HourForm, QuestionForm, StoryForm
from home.events.models import Booth, Stall, StallHour, VisitorQuestion
from home.events.views.common import around, find_event
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate

_SHOWN = 20


def _find(request: HttpRequest, slug: str, pk: int) -> Stall:
    """The stall of a published fair, or 404. The fair is at hand."""
    fair = find_event(request, slug)
    stall = get_object_or_404(Stall.objects.select_related("organization"), fair=fair.pk, pk=pk)
    stall.fair = fair.specific
    return stall


def _keep(request: HttpRequest, stall: Stall) -> None:
    if not policies.can_keep_stall(request.viewer, stall):
        raise PermissionDenied(_("This is for the people of the stall."))


def _around(request: HttpRequest, stall: Stall, **more: Any) -> dict[str, Any]:
    return around(stall.fair, stall=stall, **more)


@never_cache
@require_safe
def stall(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = _find(request, slug, pk)
    return render(request, "events/stall/index.html", _shown(request, here, QuestionForm()))


def _shown(request: HttpRequest, here: Stall, form: QuestionForm) -> dict[str, Any]:
    """Everything at the stall that this viewer may see."""
    viewer, now = request.viewer, timezone.now()
    keeps = policies.can_keep_stall(viewer, here)
    booth = Booth.objects.filter(stall=here).first()
    asked = here.questions.readable_by(viewer, keeps=keeps)
    questions = paginate(asked, ["-id"], request.GET.get("cursor", ""), _SHOWN)
    hours = list(here.hours.filter(starts_at__gt=now).select_related("visitor"))
    people = {pk for one in questions for pk in (one.asked_by_id, one.answered_by_id)}
    return _around(
        request,
        here,
        community=Community.objects.visible_to(viewer).filter(pk=here.community_id).first(),
        booth=booth,
        told=bool(booth and (keeps or booth.is_shown(now))),
        gone=bool(booth and not booth.is_shown(now)),
        hours=hours,
        page=questions,
        cards=cards_for(viewer, people),
        form=form if policies.can_ask(viewer, here, now) else None,
        over=now >= here.fair.ends_at,
        keeps=keeps,
        is_of_stall=keeps and policies.is_of_stall(viewer, here),
    )


@login_required
@require_POST
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask; what was typed comes back with what is wrong beside it."""
    here = _find(request, slug, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            actions.ask(viewer=request.viewer, stall=here, text=form.cleaned_data["text"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Your question is at the stall. You are told of the answer."))
            return redirect("events:stall", slug, pk)
    return page(request, "events/stall/index.html", _shown(request, here, form), form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the stall shows, written by its own people."""
    here = _find(request, slug, pk)
    _keep(request, here)
    booth = Booth.objects.filter(stall=here).first()
    form = StoryForm(posted(request), booth=booth)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_story(viewer=request.viewer, stall=here, **form.cleaned_data)
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("events:stall", slug, pk)
    return page(request, "events/stall/story.html", _around(request, here, form=form, stale=stale), form)


@login_required
@require_POST
def renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = _find(request, slug, pk)
    get_object_or_404(Booth, stall=here)
    actions.renew(viewer=request.viewer, stall=here)
    messages.success(request, _("It is shown for another year."))
    return redirect("events:stall", slug, pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """When somebody is there, and who has booked a talk."""
    here = _find(request, slug, pk)
    _keep(request, here)
    form = HourForm(posted(request), fair=here.fair)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_hour(viewer=request.viewer, stall=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("events:stall_hours", slug, pk)
    rows = list(here.hours.filter(starts_at__gt=timezone.now()).select_related("visitor"))
    return page(request, "events/stall/hours.html", _around(request, here, form=form, hours=rows), form)


def _with_hour(
    request: HttpRequest, slug: str, pk: int, hour: int, do: Callable[..., Any], then: str
) -> HttpResponse:
    here = _find(request, slug, pk)
    row = get_object_or_404(StallHour, stall=here, pk=hour)
    row.stall = here
    try:
        do(viewer=request.viewer, hour=row)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(then, slug, pk)


@login_required
@require_POST
def drop_hour(request: HttpRequest, slug: str, pk: int, hour: int) -> HttpResponse:
    return _with_hour(request, slug, pk, hour, actions.drop_hour, "events:stall_hours")


@login_required
@require_POST
def book(request: HttpRequest, slug: str, pk: int, hour: int) -> HttpResponse:
    return _with_hour(request, slug, pk, hour, actions.book, "events:stall")


@login_required
@require_POST
def free(request: HttpRequest, slug: str, pk: int, hour: int) -> HttpResponse:
    return _with_hour(request, slug, pk, hour, actions.give_talk_back, "events:stall")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, pk: int, question: int) -> HttpResponse:
    here = _find(request, slug, pk)
    _keep(request, here)
    asked = get_object_or_404(VisitorQuestion, stall=here, pk=question)
    asked.stall = here
    form = AnswerForm(posted(request), initial={"text": asked.answer})
    if request.method == "POST" and form.is_valid():
        actions.answer(viewer=request.viewer, question=asked, text=form.cleaned_data["text"])
        messages.success(request, _("Answered."))
        return redirect("events:stall", slug, pk)
    return page(request, "events/stall/answer.html", _around(request, here, asked=asked, form=form), form)


@login_required
@require_POST
def hide(request: HttpRequest, slug: str, pk: int, question: int) -> HttpResponse:
    here = _find(request, slug, pk)
    asked = get_object_or_404(VisitorQuestion, stall=here, pk=question)
    asked.stall = here
    actions.hide(viewer=request.viewer, question=asked)
    return redirect("events:stall", slug, pk)
