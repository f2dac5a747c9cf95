"""A person's keys for programs."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network.accounts import actions
from network.accounts.actions.programs import KEPT
from network.accounts.models import ProgramKey
from network.accounts.programs.forms import KeyForm
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


@never_cache
@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Which there are, which there were lately."""
    keys = ProgramKey.objects.filter(person=request.user).order_by("-made_at")
    context = {"keys": keys, "kept_days": KEPT.days}
    return render(request, "accounts/programs/index.html", context)


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Make one. It stands in this one answer, which nobody keeps, and nowhere else."""
    form = KeyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made, key = actions.make_key(person=request.user, name=data["name"], days=data["days"])
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return render(request, "accounts/program_key/index.html", {"made": made, "key": key}, status=201)
    status = 422 if form.errors else 200
    return render(request, "accounts/new_program/index.html", {"form": form}, status=status)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(ProgramKey, pk=pk, person=request.user)
    actions.revoke_key(key=key, by=request.user)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("accounts:programs")
