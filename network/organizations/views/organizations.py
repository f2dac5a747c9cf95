"""The list of organizations, their pages, and keeping them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.organizations import actions, panels, policies
from network.organizations.forms import FilterForm, OrganizationForm
from network.organizations.models import Affiliation, Organization
from network.thesaurus.models import Term


def _visible(request: HttpRequest, slug: str) -> Organization:
    return get_object_or_404(Organization.objects.visible_to(request.viewer).with_country(), slug=slug)


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Organizations"), reverse("organizations:list")), *more]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    visible = Organization.objects.visible_to(request.viewer)
    countries = Term.objects.filter(pk__in=visible.order_by().values("country"))
    form = FilterForm(request.GET, list(countries))
    form.is_valid()
    kind, country = form.cleaned_data.get("kind"), form.cleaned_data.get("country")
    found = visible.with_country()
    if kind or form.has_error("kind"):
        found = found.filter(kind=kind or "")
    if country or form.has_error("country"):
        found = found.filter(country__code=country or "")
    return render(
        request,
        "organizations/list/index.html",
        {
            "page": paginate(found, ["sort_name", "id"], request.GET.get("cursor", ""), size=30),
            "form": form,
            "active": bool(request.GET.get("kind")) + bool(request.GET.get("country")),
            "may_add": policies.can_manage_organizations(request.viewer),
        },
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    organization = _visible(request, slug)
    return render(
        request,
        "organizations/detail/index.html",
        {
            "organization": organization,
            "panels": panels.shown(panels.organization_panels, request.viewer, organization),
            "may_edit": policies.can_manage_organizations(request.viewer),
            "may_confirm": policies.can_confirm_people(request.viewer, organization),
            "trail": _trail(),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    if not policies.can_manage_organizations(request.viewer):
        raise PermissionDenied(_("Only the secretariat adds and changes organizations."))
    return _ask(request, OrganizationForm(posted(request)), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    organization = _visible(request, slug)
    if not policies.can_manage_organizations(request.viewer):
        raise PermissionDenied(_("Only the secretariat adds and changes organizations."))
    return _ask(request, OrganizationForm.of(organization, posted(request)), organization)


def _ask(request: HttpRequest, form: OrganizationForm, organization: Organization | None) -> HttpResponse:
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_organization(
                viewer=request.viewer,
                values=form.values,
                organization=organization,
                version=form.cleaned_data["version"] or 0,
            )
        except StaleEdit as error:
            stale = error.current
            form.renew_version(stale)
            form.add_error(None, error.sentence)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(saved)
    context = {
        "form": form,
        "organization": organization,
        "stale": stale,
        "trail": _trail(*([(organization.title, organization.get_absolute_url())] if organization else [])),
        "cancel_url": organization.get_absolute_url() if organization else reverse("organizations:list"),
    }
    return render(
        request, "organizations/edit/index.html", context, status=422 if request.method == "POST" else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who say that they belong here; officers and the secretariat confirm them."""
    organization = _visible(request, slug)
    if not policies.can_confirm_people(request.viewer, organization):
        raise PermissionDenied(_("Only officers of the organization and the secretariat confirm its people."))
    affiliations = Affiliation.objects.current().filter(organization=organization, person__is_active=True)
    if request.method == "POST":
        number = request.POST.get("affiliation", "")
        affiliation = get_object_or_404(
            affiliations, pk=int(number) if number.isdecimal() and len(number) < 18 else 0
        )
        if "officer" in request.POST:
            actions.make_officer(viewer=request.viewer, affiliation=affiliation)
        else:
            actions.confirm_affiliation(viewer=request.viewer, affiliation=affiliation)
        messages.success(request, _("Confirmed."))
        return redirect("organizations:people", slug=slug)
    page = paginate(affiliations, ["-since", "-id"], request.GET.get("cursor", ""), size=30)
    cards = panels.cards_for(request.viewer, [affiliation.person_id for affiliation in page])
    return render(
        request,
        "organizations/people/index.html",
        {
            "organization": organization,
            "page": page,
            "rows": [(affiliation, cards.get(affiliation.person_id)) for affiliation in page],
            "may_make_officers": policies.can_make_officers(request.viewer),
            "trail": _trail((organization.title, organization.get_absolute_url())),
        },
    )
