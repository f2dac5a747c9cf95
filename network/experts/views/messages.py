"""Writing to people, reading what they wrote, and keeping out who should not."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.experts import actions, disclosure, policies
from network.experts.message_forms import AnswerForm, MessageForm, ReportForm
from network.experts.models import Block, ExpertProfile, Message, MessageReport
from network.experts.views.editing import trail_of_own
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate


def _trail() -> list[tuple[str, str]]:
    return [*trail_of_own(), (_("Messages"), reverse("experts:messages"))]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """A message to somebody whose page the viewer sees."""
    viewer = request.viewer
    profile = get_object_or_404(ExpertProfile.objects.visible_to(viewer).for_cards(), slug=slug)
    nearness = disclosure.levels_for(viewer, [profile])[profile.pk]
    if not policies.can_write_to(viewer, profile, nearness):
        raise PermissionDenied(_("This person takes no messages from you through the network."))
    form = MessageForm(posted(request))
    if form.is_valid():
        try:
            actions.write_to(viewer=viewer, profile=profile, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Sent. The answer comes to your inbox."))
            return redirect(profile)
    card = disclosure.build_card(profile, nearness)
    context = {
        "form": form,
        "card": card,
        "away": away(profile),
        "trail": [(_("People"), reverse("experts:directory")), (card.name, card.url)],
    }
    return render(request, "experts/messages/write.html", context, status=422 if form.errors else 200)


def away(profile: ExpertProfile) -> dict[str, Any] | None:
    """Until when she is away and what she says of it; nothing once that day has come."""
    until = profile.away_until
    if until is None or until <= timezone.localdate():
        return None
    return {"until": until, "note": profile.away_note}


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What she was sent and what she sent, the newest first."""
    viewer = request.viewer
    page = paginate(Message.objects.visible_to(viewer).whole(), ["-id"], request.GET.get("cursor", ""), 20)
    cards = disclosure.cards_for(viewer, [pk for one in page for pk in (one.sender_id, one.recipient_id)])
    rows = [
        {"message": one, "is_mine": mine, "card": cards[one.recipient_id if mine else one.sender_id]}
        for one in page
        for mine in [one.sender_id == viewer.user_id]
    ]
    blocks = Block.objects.filter(person=viewer.user_id).select_related("blocked")
    context = {"page": page, "rows": rows, "blocks": blocks, "trail": trail_of_own()}
    return render(request, "experts/messages/index.html", context)


def _found(request: HttpRequest, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.viewer).whole(), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, what it answers, and where one answers it."""
    viewer, message = request.viewer, _found(request, pk)
    can_answer = policies.can_answer(viewer, message)
    if request.method == "POST" and not can_answer:
        raise PermissionDenied(_("This person takes no messages from you through the network."))
    form = AnswerForm(posted(request))
    if form.is_valid():
        try:
            actions.answer(viewer=viewer, message=message, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Sent. The answer comes to your inbox."))
            return redirect("experts:messages")
    mine = message.sender_id == viewer.user_id
    other = message.recipient_id if mine else message.sender_id
    answered = Message.objects.visible_to(viewer).whole().filter(pk=message.answers_id).first()
    context = {
        "message": message,
        "answered": answered,
        "is_mine": mine,
        "card": disclosure.cards_for(viewer, [other])[other],
        "form": form,
        "can_answer": can_answer,
        "can_report": policies.can_report(viewer, message),
        "is_reported": hasattr(message, "report"),
        "is_blocked": Block.objects.filter(person=viewer.user_id, blocked=other).exists(),
        "report_form": ReportForm(auto_id="report_%s"),
        "trail": _trail(),
    }
    return render(request, "experts/messages/detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def block(request: HttpRequest, pk: int) -> HttpResponse:
    message = _found(request, pk)
    actions.block(viewer=request.viewer, message=message)
    messages.success(request, _("You get nothing more from this person. She is not told."))
    return redirect("experts:messages")


@login_required
@require_POST
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Block, pk=pk, person=request.viewer.user_id)
    actions.unblock(viewer=request.viewer, blocked=held.blocked)
    messages.success(request, _("This person can write to you again."))
    return redirect("experts:messages")


@login_required
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    message = _found(request, pk)
    form = ReportForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else request.POST.get("reason", "")[:1000]
    actions.report(viewer=request.viewer, message=message, reason=reason.replace("\x00", ""))
    messages.success(request, _("Those who run the network will read this message and decide."))
    return redirect("experts:message", pk=pk)


# --- the desk ---------------------------------------------------------------------------------------------


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Messages that their recipients have shown to those who run the network."""
    if not policies.can_decide_reports(request.viewer):
        raise PermissionDenied(_("Those who run the network decide this."))
    waiting = MessageReport.objects.filter(decided_at=None).select_related(
        "message__sender", "message__recipient"
    )
    page = paginate(waiting, ["id"], request.GET.get("cursor", ""), 20)
    return render(request, "experts/messages/reports.html", {"page": page})


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    if not policies.can_decide_reports(request.viewer):
        raise PermissionDenied(_("Those who run the network decide this."))
    held = get_object_or_404(MessageReport, pk=pk)
    try:
        actions.decide(viewer=request.viewer, report=held, stop=request.POST.get("stop") == "yes")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Decided."))
    return redirect("experts:reports")
