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
from network.organizations.actions.networks import speaks_for
from network.organizations.forms import FilterForm, OrganizationForm
from network.organizations.models import Affiliation, Belonging, Organization
from network.organizations.querysets import BelongingQuerySet
from network.thesaurus.models import Term

#: Members of a network, and networks of a member, that stand on a page.
_SHOWN = 100


def visible(request: HttpRequest, slug: str) -> Organization:
    return get_object_or_404(Organization.objects.visible_to(request.viewer).with_country(), slug=slug)


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
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
    """An organization; the address of one that was merged leads to the one that was kept."""
    gone = Organization.objects.filter(slug=slug, merged_into__isnull=False).select_related("merged_into")
    if (former := gone.first()) is not None and former.merged_into:
        return redirect(former.merged_into)
    organization = visible(request, slug)
    officers = _officers(request, organization)
    return render(
        request,
        "organizations/detail/index.html",
        {
            "organization": organization,
            "panels": panels.shown(panels.organization_panels, request.viewer, organization),
            "may_edit": policies.can_manage_organizations(request.viewer),
            "may_confirm": policies.can_confirm_people(request.viewer, organization),
            "may_act": speaks_for(request.viewer, organization),
            "may_merge": policies.can_merge_organizations(request.viewer),
            "officers": officers,
            "belongs_to": _confirmed().filter(member=organization, network__merged_into=None)[:_SHOWN],
            "members": _confirmed().filter(network=organization, member__merged_into=None)[:_SHOWN],
            "trail": trail(),
        },
    )


def _officers(request: HttpRequest, organization: Organization) -> list[panels.Card]:
    """Whom a member may ask; strangers are not told who they are."""
    if not request.viewer.is_member:
        return []
    serving = Affiliation.objects.officers().filter(organization=organization, person__is_active=True)
    people = list(serving.order_by("officer_since", "pk").values_list("person_id", flat=True))
    cards = panels.cards_for(request.viewer, people)
    return [cards[pk] for pk in people if pk in cards]


def _confirmed() -> BelongingQuerySet:
    return Belonging.objects.confirmed().whole().order_by("since", "pk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    if not policies.can_manage_organizations(request.viewer):
        raise PermissionDenied(_("Only the secretariat adds and changes organizations."))
    return _ask(request, OrganizationForm(posted(request)), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    organization = visible(request, slug)
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
        "trail": trail(*([(organization.title, organization.get_absolute_url())] if organization else [])),
        "cancel_url": organization.get_absolute_url() if organization else reverse("organizations:list"),
    }
    return render(
        request, "organizations/edit/index.html", context, status=422 if request.method == "POST" else 200
    )
