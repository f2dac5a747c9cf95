"""A person's own settings."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network.accounts import actions, policies, second_factor
from network.accounts.adapters import SUSPENSION_KEY
from network.accounts.enums import Role
from network.accounts.forms import DetailsForm, LeaveForm
from network.accounts.looking import label_of
from network.accounts.models import Look, PersonalExport, Suspension
from network.accounts.personal_data import Seen, personal_data
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.pager import paginate


@never_cache
@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everything that a person can settle for herself, on one page."""
    roles = second_factor.roles_of(request.user)
    return render(
        request,
        "accounts/home/index.html",
        {
            "roles": [Role(role).label for role in sorted(roles)],
            "factors": second_factor.of(request.user).count(),
            "owes_factor": second_factor.owed_by(request.user),
            "can_invite": policies.can_invite_at_all(request.viewer),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Name, language, time zone."""
    form = DetailsForm(posted(request), person=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        language = form.cleaned_data["language"]
        with translation.override(language):
            messages.success(request, _("Saved."))
        return HttpResponseRedirect(translate_url(reverse("accounts:details"), language))
    return render(request, "accounts/details/index.html", {"form": form}, status=_status(form))


@never_cache
@login_required
@require_GET
def second_factor_due(request: HttpRequest) -> HttpResponse:
    """Where a person is sent whose role demands a second factor."""
    if not second_factor.owed_by(request.user):
        return redirect("accounts:home")
    roles = [
        Role(role).label
        for role in sorted(second_factor.roles_of(request.user))
        if second_factor.demanded_by([role])
    ]
    return render(request, "accounts/second_factor/index.html", {"roles": roles})


@never_cache
@login_required
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """What is held about the person: to take out, or to leave."""
    copies = PersonalExport.objects.filter(person=request.user).defer("archive")
    return render(
        request,
        "accounts/data/index.html",
        {
            "holdings": [holding.label for holding in personal_data],
            "pending": copies.pending().exists(),
            "copies": copies.downloadable().order_by("-requested_at"),
        },
    )


@never_cache
@login_required
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Who has seen of her what others do not see, or has taken it out."""
    rows = Look.objects.filter(person=request.user).select_related("viewer")
    page = paginate(rows, ["-at", "-id"], request.GET.get("cursor", ""), size=50)
    page.rows[:] = [Seen(row.at, row.viewer, label_of(row.what), row.purpose) for row in page]
    if not request.GET.get("cursor"):
        elsewhere = [seen for holding in personal_data for seen in holding.looks(request.user)]
        page.rows[:] = sorted([*page.rows, *elsewhere], key=lambda seen: seen.at, reverse=True)
    return render(request, "accounts/looks/index.html", {"page": page})


@login_required
@require_POST
def request_copy(request: HttpRequest) -> HttpResponse:
    try:
        actions.request_export(person=request.user)
    except Refused as refused:
        messages.info(request, refused.sentence)
    else:
        messages.success(request, _("Your copy is being made. It will stand here in a moment."))
    return redirect("accounts:data")


@never_cache
@login_required
@reauthentication_required
@require_GET
def download_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's own copy, to nobody but her."""
    copy = get_object_or_404(PersonalExport.objects.downloadable(), pk=pk, person=request.user)
    response = HttpResponse(bytes(copy.archive), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{copy.ready_at:%Y-%m-%d}.zip"'
    return response


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Signing out of one browser, also of this one."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    actions.end_session(person=request.user, session=session)
    if session.session_key == request.session.session_key:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leaving, asked once and then done."""
    form = LeaveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(person=request.user, choice=form.cleaned_data["choice"])
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            logout(request)
            messages.success(request, _("You have left. What was kept about you is erased."))
            return redirect("account_login")
    return render(request, "accounts/leave/index.html", {"form": form}, status=_status(form))


@never_cache
@require_GET
def inactive(request: HttpRequest) -> HttpResponse:
    """Why somebody who gave the right password may not come in."""
    suspension = Suspension.objects.standing().filter(pk=request.session.get(SUSPENSION_KEY)).first()
    return render(request, "accounts/inactive/index.html", {"suspension": suspension}, status=403)


def _status(form: DetailsForm | LeaveForm) -> int:
    return 422 if form.errors else 200
