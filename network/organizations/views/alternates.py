"""Alternates of focal points: naming one, being asked, ending it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from network.foundations.exceptions import Refused
from network.organizations import actions
from network.organizations.forms import AlternateForm
from network.organizations.models import Alternate, FocalPoint
from network.organizations.querysets import AlternateQuerySet
from network.organizations.views.countries import trail

#: The largest number of a row that every database takes.
_LARGEST = 2**63 - 1


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Who stands in for me, who asks me, and for whom I stand in."""
    return _page(request)


def _page(request: HttpRequest, sent: AlternateForm | None = None, point: int | None = None) -> HttpResponse:
    me = request.viewer.user_id
    posts = FocalPoint.objects.current().filter(user=me).select_related("country").order_by("role", "pk")
    named = {row.focal_point_id: row for row in _standing().filter(focal_point__user=me)}
    hers = list(_standing().filter(person=me).order_by("until", "pk"))
    forms = {
        post.pk: sent if sent is not None and post.pk == point else AlternateForm(prefix=f"p{post.pk}")
        for post in posts
    }
    context = {
        "posts": [{"point": post, "alternate": named.get(post.pk), "form": forms[post.pk]} for post in posts],
        "asked": [row for row in hers if row.accepted_at is None],
        "standing": [row for row in hers if row.accepted_at is not None],
        "trail": trail(),
    }
    status = 200 if sent is None else 422
    return render(request, "organizations/alternates/index.html", context, status=status)


def _standing() -> AlternateQuerySet:
    return Alternate.objects.standing().whole()


@login_required
@require_POST
def name(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The answer is the same for every address."""
    hers = FocalPoint.objects.current().filter(user=request.viewer.user_id, country__code=code.upper())
    point = get_object_or_404(hers, pk=min(number, _LARGEST))
    form = AlternateForm(request.POST, prefix=f"p{point.pk}")
    if not form.is_valid():
        return _page(request, form, point.pk)
    try:
        actions.name_alternate(viewer=request.viewer, focal_point=point, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return _page(request, form, point.pk)
    messages.success(request, _("If this address has an account, its owner is asked now."))
    return redirect("countries:alternates")


@login_required
@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    return _decide(request, number, actions.accept_alternate, _("You are the alternate now."))


@login_required
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke, decline or resign, as it was hers to do."""
    return _decide(request, number, actions.end_alternate, _("Ended."))


def _decide(request: HttpRequest, number: int, deed: Callable[..., None], said: str) -> HttpResponse:
    me = request.viewer.user_id
    hers = Alternate.objects.filter(Q(person=me) | Q(focal_point__user=me)).select_related("focal_point")
    found = get_object_or_404(hers, pk=min(number, _LARGEST))
    try:
        deed(viewer=request.viewer, alternate=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)
    return redirect("countries:alternates")
