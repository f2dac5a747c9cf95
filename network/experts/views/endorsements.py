"""Vouching for people, and answering those who vouch."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.experts import actions, disclosure
from network.experts.models import Endorsement, ExpertProfile
from network.experts.roster_forms import EndorsementForm, ReasonForm
from network.experts.trusted import EndorsementQuerySet
from network.experts.views.directory import trail
from network.experts.voices import voices_of
from network.foundations.exceptions import Refused
from network.foundations.forms import posted

_LARGEST = 2**63 - 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request: HttpRequest, slug: str) -> HttpResponse:
    """Vouch for somebody in the name of a Party or an organization."""
    visible = ExpertProfile.objects.visible_to(request.viewer).for_cards()
    profile = get_object_or_404(visible, slug=slug)
    if profile.user_id == request.viewer.user_id:
        raise PermissionDenied(_("Nobody endorses herself."))
    voices = voices_of(request.viewer)
    if not voices:
        raise PermissionDenied(_("Only focal points and officers of an organization endorse people."))
    form = EndorsementForm(posted(request), voices=voices)
    if request.method == "POST" and form.is_valid():
        try:
            actions.endorse(viewer=request.viewer, person=profile.user, **form.values)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("The person is asked now. Nobody else sees it before she accepts."))
            return redirect("endorsements:mine")
    context = {
        "form": form,
        "person": disclosure.card_for(request.viewer, profile),
        "trail": [*trail(), (profile.user.get_full_name(), profile.get_absolute_url())],
    }
    return render(
        request, "experts/endorse/index.html", context, status=422 if request.method == "POST" else 200
    )


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Who vouches for me, and for whom I and those who act with me vouch."""
    return _page(request)


def _page(request: HttpRequest, sent: ReasonForm | None = None, number: int | None = None) -> HttpResponse:
    me = request.viewer.user_id
    found = Endorsement.objects.open().whole().order_by("-made_at", "-pk")
    about = list(found.filter(person=me))
    made = list(_made(request).exclude(person=me)[:200])
    cards = disclosure.cards_for(request.viewer, [row.person_id for row in made])
    forms = {row.pk: ReasonForm(prefix=f"e{row.pk}") for row in made}
    if sent is not None and number is not None:
        forms[number] = sent
    context = {
        "waiting": [row for row in about if row.accepted_at is None],
        "standing": [row for row in about if row.accepted_at is not None],
        "made": [
            (
                row,
                cards.get(row.person_id),
                sent if sent and row.pk == number else ReasonForm(prefix=f"e{row.pk}"),
            )
            for row in made
        ],
        "trail": trail(),
    }
    status = 200 if sent is None else 422
    return render(request, "experts/endorsements/index.html", context, status=status)


def _made(request: HttpRequest) -> EndorsementQuerySet:
    viewer = request.viewer
    parties = viewer.ids("focal_point") | viewer.ids("alternate")
    found = Endorsement.objects.open().whole().order_by("-made_at", "-pk")
    return found.in_name_of(parties, viewer.ids("officer"))


@login_required
@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    return _answer(request, number, actions.accept_endorsement, _("It stands on your page now."))


@login_required
@require_POST
def decline(request: HttpRequest, number: int) -> HttpResponse:
    return _answer(request, number, actions.decline_endorsement, _("Declined. Nobody sees it."))


def _answer(request: HttpRequest, number: int, deed: Callable[..., None], said: str) -> HttpResponse:
    hers = Endorsement.objects.filter(person=request.viewer.user_id)
    found = get_object_or_404(hers, pk=min(number, _LARGEST))
    try:
        deed(viewer=request.viewer, endorsement=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)
    return redirect("endorsements:mine")


@login_required
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(_made(request), pk=min(number, _LARGEST))
    form = ReasonForm(request.POST, prefix=f"e{found.pk}")
    if not form.is_valid():
        return _page(request, form, found.pk)
    try:
        actions.withdraw_endorsement(viewer=request.viewer, endorsement=found, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Taken back. The person reads why."))
    return redirect("endorsements:mine")
