"""The room of a session: the meeting, what the audience asks, what stays afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.views.common import page, refuse
from home.events import actions
from home.events.enums import QuestionState
from home.events.forms import MoveForm, RoomForm, RoomQuestionForm, WrittenAnswerForm
from home.events.models import AudienceQuestion, QuestionVote, Session, Speaker
from home.events.rooms import Standing, room_of
from home.events.views.common import around, find_event
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.live.deliveries import heads

_SHOWN = 50
_DEEDS: dict[str, Callable[..., Any]] = {
    "show": lambda **about: actions.decide(show=True, **about),
    "hide": lambda **about: actions.decide(show=False, **about),
    "answered": actions.mark_answered,
    "open": actions.mark_open,
    "withdraw": actions.withdraw_question,
    "vote": actions.vote,
}


def find_session(request: HttpRequest, slug: str, key: UUID) -> Standing:
    """The session of a published event as this viewer stands in it, or 404."""
    event = find_event(request, slug)
    session = get_object_or_404(Session.objects.select_related("speaker"), event=event, key=key)
    session.event = event
    return Standing(request.viewer, event, session, room_of(event, session), timezone.now())


def around_session(here: Standing, **more: Any) -> dict[str, Any]:
    return around(here.event, here=here, session=here.session, room=here.room, **more)


@never_cache
@require_safe
def session(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = find_session(request, slug, key)
    form = RoomQuestionForm(here=here)
    return render(request, "events/session/index.html", _shown(request, here, form))


def _shown(request: HttpRequest, here: Standing, form: RoomQuestionForm) -> dict[str, Any]:
    """Everything in the room that this viewer may see."""
    head = heads([here.room.stream]).get(here.room.stream, 0) if here.room.pk else 0
    asked = here.room.questions.all() if here.room.pk else AudienceQuestion.objects.none()
    asked = asked.readable_by(here.viewer, hosts=here.hosts) if here.can_read else asked.none()
    settled = asked.exclude(answered_at=None)
    shown = asked.shown().filter(answered_at=None)
    open_page = paginate(shown, ["-votes", "id"], request.GET.get("cursor", ""), _SHOWN)
    done_page = paginate(settled.shown(), ["answered_at", "id"], request.GET.get("done", ""), _SHOWN)
    waiting = list(asked.waiting().order_by("id")[:_SHOWN])
    hidden = list(asked.filter(state=QuestionState.HIDDEN).order_by("-id")[:_SHOWN])
    found = [*open_page, *done_page, *waiting, *hidden]
    claimed = Speaker.objects.named_in(here.event.translation_key).get(here.session.key, {})
    people = {one.asked_by_id for one in found} | here.speakers
    mine = QuestionVote.objects.filter(question__in=[one.pk for one in open_page], person=here.viewer.user_id)
    return around_session(
        here,
        head=head,
        page=open_page,
        done=done_page,
        waiting=waiting,
        hidden=hidden,
        voted=set(mine.values_list("question_id", flat=True)) if here.viewer.is_member else set(),
        cards=cards_for(here.viewer, people),
        claimed=claimed,
        form=form if here.can_ask else None,
    )


@login_required
@require_POST
def ask(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Ask; what was typed comes back with what is wrong beside it."""
    here = find_session(request, slug, key)
    form = RoomQuestionForm(request.POST, here=here)
    if form.is_valid():
        try:
            asked = actions.ask_in_room(here=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            shown = asked.state == QuestionState.SHOWN
            told = _("Your question stands here.") if shown else _("Your question waits to be looked at.")
            messages.success(request, told)
            return redirect("events:session", slug, key)
    return page(request, "events/session/index.html", _shown(request, here, form) | {"form": form}, form)


@login_required
@require_POST
def act(request: HttpRequest, slug: str, key: UUID, question: int, act: str) -> HttpResponse:
    """One deed about one question. A script that asks for no page gets none."""
    here = find_session(request, slug, key)
    if act not in _DEEDS:
        raise Http404
    row = _question(here, question)
    try:
        _DEEDS[act](here=here, question=row)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("events:session", slug, key)


def _question(here: Standing, pk: int) -> AudienceQuestion:
    """A question that she may see, or 404."""
    if not here.can_read or here.room.pk is None:
        raise Http404
    return get_object_or_404(here.room.questions.readable_by(here.viewer, hosts=here.hosts), pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, key: UUID, question: int) -> HttpResponse:
    here = find_session(request, slug, key)
    asked = _question(here, question)
    _keep(here)
    form = WrittenAnswerForm(posted(request), initial={"answer": asked.answer})
    if request.method == "POST" and form.is_valid():
        actions.mark_answered(here=here, question=asked, answer=form.cleaned_data["answer"])
        messages.success(request, _("Answered."))
        return redirect("events:session", slug, key)
    return page(request, "events/session/answer.html", around_session(here, asked=asked, form=form), form)


def _keep(here: Standing) -> None:
    if not here.hosts:
        raise PermissionDenied(_("This is for those who keep the session."))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """The rules of the room, and where its recording is."""
    here = find_session(request, slug, key)
    if not here.keeps:
        raise PermissionDenied(_("This is for those who keep the event."))
    form = RoomForm(posted(request), room=here.room)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.set_room(here=here, version=version, **form.values())
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("events:session", slug, key)
    return page(request, "events/session/settings.html", around_session(here, form=form, stale=stale), form)


@login_required
@require_POST
def end(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    actions.end_session(here=find_session(request, slug, key))
    return redirect("events:session", slug, key)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Go on with the discussion in a forum of a community that hosts the event."""
    here = find_session(request, slug, key)
    _keep(here)
    form = MoveForm(posted(request), event=here.event, here=here)
    if request.method == "POST" and form.is_valid():
        try:
            thread = actions.move_to_forum(
                here=here, language=get_language(), submission_key=f"session-{here.room.pk}",
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect(thread)
    return page(request, "events/session/move.html", around_session(here, form=form), form)
