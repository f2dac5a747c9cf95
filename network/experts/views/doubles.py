"""Where administrators look at people who seem to be here twice."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts import actions as accounts
from network.accounts import merging
from network.accounts import policies as account_policies
from network.accounts.models import UNDO_DAYS, PersonMerge, User
from network.experts import actions, doubles
from network.experts.double_forms import MergeForm, TwoAddressesForm
from network.experts.models import ExpertProfile
from network.foundations.exceptions import Refused
from network.foundations.forms import posted

_SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All pairs that are found; two more by their addresses; what was merged lately."""
    _demand(request)
    form = TwoAddressesForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return redirect("experts:double", form.people[0].pk, form.people[1].pk)
    found = doubles.pairs()
    shown = found[:_SHOWN]
    faces = _faces({number for pair in shown for number in (pair.one, pair.other)})
    for pair in shown:
        pair.faces = [faces[pair.one], faces[pair.other]]
    _log(request, list(faces))
    merges = PersonMerge.objects.select_related("gone", "kept", "by").order_by("-pk")[:50]
    context = {"form": form, "pairs": shown, "more": len(found) - len(shown), "merges": merges}
    return render(request, "experts/doubles/index.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def double(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Two beside each other, what hangs on each, and which of them is kept."""
    _demand(request)
    people = _two(one, other)
    form = MergeForm(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["kept"]
        gone = people[0] if kept == people[1] else people[1]
        try:
            accounts.merge_people(
                viewer=request.viewer, gone=gone, kept=kept, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("They are one account now. Both addresses are told."))
            return redirect("experts:doubles")
    _log(request, [person.pk for person in people])
    faces = _faces({person.pk for person in people})
    context = {
        "form": form,
        # In one number: of what kind they are is nobody else's business.
        "sides": [(faces[person.pk], sum(merging.merging.counts(person).values())) for person in people],
        "days": UNDO_DAYS,
        "trail": [(_("People who are here twice"), reverse("experts:doubles"))],
    }
    return render(request, "experts/doubles/pair.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def apart(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """They are two people."""
    _demand(request)
    first, second = _two(one, other)
    actions.tell_apart(viewer=request.viewer, one=first, other=second)
    messages.success(request, _("They are two people. Nobody is asked again."))
    return redirect("experts:doubles")


def _demand(request: HttpRequest) -> None:
    if not account_policies.can_manage_people(request.viewer):
        raise PermissionDenied(_("Only administrators look for people who are here twice."))


def _two(one: int, other: int) -> list[User]:
    found = {row.pk: row for row in User.objects.filter(pk__in=[one, other], merged_into=None)}
    if len(found) < 2 or any(person.has_left for person in found.values()):
        raise Http404
    return [found[one], found[other]]


def _faces(people: set[int]) -> dict[int, dict[str, Any]]:
    """What tells one from the other: told to administrators, and written down for the people."""
    profiles = ExpertProfile.objects.filter(user__in=people).select_related("country", "organization")
    by_person = {profile.user_id: profile for profile in profiles}
    return {
        user.pk: {"user": user, "profile": by_person.get(user.pk)}
        for user in User.objects.filter(pk__in=people)
    }


def _log(request: HttpRequest, people: list[int]) -> None:
    accounts.looked_at(people=people, by=request.viewer, what="experts.double")
