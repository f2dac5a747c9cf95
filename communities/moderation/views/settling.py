"""Deciding about cases, taking that back, and saying what one is at."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communities.forums.models import Post
from communities.forums.policies import can_amend
from communities.models import Membership
from communities.moderation import actions
from communities.moderation.actions.settling import MOST
from communities.moderation.canned import offered, offered_to_all, text_in
from communities.moderation.cases import Case, case_kinds, find, find_all
from communities.moderation.forms import DecisionForm, verbs_of
from communities.moderation.models import ModerationLogEntry, ModNote, Move, Report
from communities.moderation.queue import dress
from communities.moderation.views.common import demand_carer
from communities.policies import can_facilitate, can_moderate
from communities.views.common import crumbs, page, refuse, safe_next, shell
from network.foundations.exceptions import Refused


@login_required
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One case with everything about it, and the decision about it."""
    case = find(request.viewer, kind, pk)
    if case is None:
        return _over(request, kind, pk)
    form = None
    if request.method == "POST":
        form = DecisionForm(request.POST, reasons=offered(case.community), verbs=case.verbs)
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.settle(
                    viewer=request.viewer,
                    case=case,
                    verb=given["decision"],
                    reason=given["reason"],
                    canned=given["canned"],
                )
            except Refused as refused:
                if refused.field:
                    refuse(form, refused)
                else:
                    messages.error(request, refused.sentence)
                    return redirect(_back(request, case))
            else:
                return redirect(_back(request, case))
    elif request.method in ("GET", "HEAD"):
        actions.look(viewer=request.viewer, case=case)
    return _page(request, case, form)


def _back(request: HttpRequest, case: Case) -> str:
    """Where the button was; else the queue that she opens."""
    here = case.community
    if not can_facilitate(request.viewer, here):
        return safe_next(request, reverse("moderation:everything"))
    return safe_next(request, reverse("moderation:queue", args=[here.slug]))


def _over(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Somebody was faster, or it was never hers to decide."""
    known = find(request.viewer, kind, pk, decided=True) if kind in case_kinds.names() else None
    if known is None:
        raise Http404
    messages.error(request, _("Somebody has decided about this in the meantime."))
    return redirect(_back(request, known))


def _page(request: HttpRequest, case: Case, form: DecisionForm | None) -> HttpResponse:
    dress(request.viewer, [case])
    here = case.community
    context = {"case": case, "form": form, "alone": True, "next": _back(request, case)}
    if can_moderate(request.viewer, here):
        context |= _known(request, case)
    # Whoever decides an appeal for a community that she may not enter gets no page of that community.
    if case.name == "appeal" and not can_moderate(request.viewer, here):
        return page(request, "moderation/decide/apart.html", context, form)
    context |= shell(request, here, "moderation", trail=crumbs(here))
    return page(request, "moderation/decide/index.html", context, form)


def _known(request: HttpRequest, case: Case) -> dict:
    """What was decided about the same person here before, other reports, and the text that was reported."""
    found: dict = {}
    person = case.person
    if case.about and person:
        members = Membership.objects.current().filter(community=case.community, user=case.about)
        found["membership"] = members.first()
        acts = ModerationLogEntry.objects.filter(
            community_id=case.community.pk, concerns__in=_pseudonyms(case.about)
        )
        found["acts"] = list(acts.order_by("-pk")[:10])
        found["notes"] = ModNote.objects.filter(community=case.community, about=case.about).count()
    post = case.row if isinstance(case.row, Post) else getattr(case.row, "post", None)
    if post is not None:
        found["thread"] = post.thread
        found["amend_url"] = f"{post.get_absolute_url()}amend/" if _can_amend(request, post) else ""
    if case.name == "report":
        others = Report.objects.waiting().filter(post=post).exclude(pk=case.row.pk).order_by("pk")
        found["others"] = list(others[:50])
        if case.row.version != post.version:
            found["reported"] = post.edits.filter(version=case.row.version).first()
    return found


def _can_amend(request: HttpRequest, post: Post) -> bool:
    return post.number is not None and can_amend(request.viewer, post)


def _pseudonyms(user_id: int):
    return get_user_model().objects.filter(pk=user_id).values("actor_id")


@login_required
@require_POST
def decide_many(request: HttpRequest) -> HttpResponse:
    """One decision with one reason about all cases that are ticked."""
    demand_carer(request)
    back = safe_next(request, reverse("moderation:everything"))
    cases = find_all(request.viewer, request.POST.getlist("case")[:MOST])
    if not cases:
        messages.error(request, _("Tick the cases first."))
        return redirect(back)
    reasons = offered_to_all(case.community for case in cases)
    form = DecisionForm(request.POST, reasons=reasons, verbs=verbs_of(cases))
    if not form.is_valid():
        texts = [text_in(reason, request.viewer.language) for reason in reasons]
        context = {"form": form, "cases": cases, "verbs": verbs_of(cases), "next": back, "texts": texts}
        dress(request.viewer, cases)
        return page(request, "moderation/many/index.html", context, form)
    given = form.cleaned_data
    settled = actions.settle_many(
        viewer=request.viewer,
        cases=cases,
        verb=given["decision"],
        reason=given["reason"],
        canned=given["canned"],
    )
    done, left = len(settled.done), len(settled.left)
    if done:
        said = ngettext("%(n)d case decided.", "%(n)d cases decided.", done) % {"n": done}
        messages.success(request, said)
    if left:
        said = ngettext("%(n)d case was left: %(why)s", "%(n)d cases were left: %(why)s", left)
        messages.error(request, said % {"n": left, "why": settled.left[0]})
    return redirect(back)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was decided a moment ago."""
    move = get_object_or_404(Move, pk=pk, by=request.viewer.user_id)
    try:
        actions.undo(viewer=request.viewer, move=move)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Taken back. It waits as before."))
    return redirect(safe_next(request, reverse("moderation:everything")))


@login_required
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Say that one is looking at a case; the page behind it does so by itself."""
    demand_carer(request)
    for case in find_all(request.viewer, [request.POST.get("case", "")]):
        found = actions.look(viewer=request.viewer, case=case)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"mine": found.by_id == request.viewer.user_id})
        return redirect("moderation:decide", case.name, case.row.pk)
    raise Http404
