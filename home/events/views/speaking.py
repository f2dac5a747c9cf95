"""Speakers of a session: claiming a name in the programme, agreeing to what was recorded."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from communities.views.common import page, refuse
from home.events import actions
from home.events.forms import ClaimForm, ReviewForm
from home.events.models import Speaker
from home.events.views.rooms import around_session, find_session
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """A speaker who stands there by name only says that it is she; whoever keeps the event answers here."""
    here = find_session(request, slug, key)
    if not here.session.other_speakers:
        raise Http404
    form = ClaimForm(posted(request), here=here)
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim(here=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Those who keep the event look at it; you hear of it."))
            return redirect("events:claim_session", slug, key)
    claims = Speaker.objects.of_session(here.event.translation_key, here.session.key)
    mine = claims.filter(person=request.viewer.user_id).first()
    rows = list(claims.order_by("pk")) if here.keeps else []
    cards = cards_for(request.viewer, [row.person_id for row in rows])
    context = around_session(here, form=form, mine=mine, claims=rows, cards=cards)
    return page(request, "events/session/claim.html", context, form)


@login_required
@require_POST
def answer_claim(request: HttpRequest, slug: str, key: UUID, claimed: int, act: str) -> HttpResponse:
    here = find_session(request, slug, key)
    if not here.keeps:
        raise PermissionDenied(_("This is for those who keep the event."))
    if act not in {"confirm", "decline"}:
        raise Http404
    claims = Speaker.objects.of_session(here.event.translation_key, here.session.key)
    row = get_object_or_404(claims, pk=claimed)
    try:
        actions.answer_claim(here=here, claimed=row, confirm=act == "confirm")
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("events:claim_session", slug, key)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """What was recorded, for those who spoke: they see it before others do, and say whether others may."""
    here = find_session(request, slug, key)
    if not here.speaks:
        raise PermissionDenied(_("Those who spoke decide about what was recorded."))
    if not here.has_materials:
        raise Http404
    said = here.reviews.get(request.viewer.user_id)
    begins: dict[str, int | str] = {"version": here.room.materials_version}
    if said is not None:
        begins["agrees"] = "yes" if said else "no"
    form = ReviewForm(posted(request), initial=begins)
    if request.method == "POST" and form.is_valid():
        try:
            agrees = form.cleaned_data["agrees"] == "yes"
            actions.review(here=here, version=form.cleaned_data["version"], agrees=agrees)
        except Refused as refused:
            form.renew_version(here.room)
            refuse(form, refused)
        else:
            messages.success(request, _("Saved. You can change your mind at any time."))
            return redirect("events:session", slug, key)
    return page(request, "events/session/review.html", around_session(here, form=form), form)
