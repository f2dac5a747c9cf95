"""The directory, a person's page, her photo."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.experts import disclosure, photos, policies
from network.experts.directory import Asked, Directory
from network.experts.enums import Facet, Field, Visibility
from network.experts.forms import DirectoryForm
from network.experts.models import ExpertProfile
from network.experts.structured import json_ld
from network.experts.views.messages import away
from network.organizations.models import Organization
from network.pagecache.rules import PEOPLE, cached

_HOUR = 3600
_MAX_WORDS = 500


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for; too long or senseless parts find nobody rather than fail."""
    return Asked(
        words=request.GET.get("q", "")[:_MAX_WORDS],
        facets={
            facet: value[:100] for facet in Facet.values if (value := request.GET.get(facet, "").strip())
        },
        order=request.GET.get("sort", ""),
    )


@cached(lambda: [PEOPLE], query=["cursor", "sort", *Facet.values])
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody who shows herself to this viewer, narrowed by words and facets."""
    found = Directory(request.viewer, asked_of(request))
    page = found.page(request.GET.get("cursor", ""))
    organization = None
    if slug := found.asked.facets.get(Facet.ORGANIZATION):
        organization = Organization.objects.filter(pk=found.wanted[Facet.ORGANIZATION]).first() or slug
    return render(
        request,
        "experts/directory/index.html",
        {
            "directory": found,
            "page": page,
            "number": found.count(),
            "form": DirectoryForm(found, found.choices()),
            "narrowed": len(found.wanted),
            "organization": organization,
            "invites": policies.can_have_profile(request.viewer)
            and not ExpertProfile.objects.filter(user=request.viewer.user_id).published().exists(),
        },
    )


@cached(lambda slug: [PEOPLE])
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person's page, or nothing: as if it did not exist where it is not for this viewer."""
    visible = ExpertProfile.objects.visible_to(request.viewer).for_cards()
    profile = get_object_or_404(visible.prefetch_related(*disclosure.PARTS), slug=slug)
    nearness = disclosure.levels_for(request.viewer, [profile])[profile.pk]
    can_write = policies.can_write_to(request.viewer, profile, nearness)
    return render(
        request,
        "experts/detail/index.html",
        {
            "profile": disclosure.build_page(profile, nearness),
            "can_write": can_write,
            "slug": profile.slug,
            "bibtex_url": reverse("experts:bibtex", args=[profile.slug]),
            "away": away(profile) if can_write else None,
            "own": policies.can_edit(request.viewer, profile),
            "json_ld": json_ld(profile),
            "trail": trail(),
        },
    )


def trail() -> list[tuple[str, str]]:
    return [(_("People"), reverse("experts:directory"))]


@require_safe
def photo(request: HttpRequest, key: str, size: int) -> HttpResponse:
    """A rendition of a photo for those who may see it; its key changes with the photo."""
    profile = (
        ExpertProfile.objects.for_cards().filter(photo_key=key).first() if size in photos.SIZES else None
    )
    if profile is None:
        raise Http404
    level = disclosure.levels_for(request.viewer, [profile])[profile.pk]
    shown = disclosure.has_page(profile) and disclosure.opens(profile, Field.PHOTO, level)
    if not shown and not policies.can_edit(request.viewer, profile):
        raise Http404
    image = photos.read(key, size)
    if image is None:
        raise Http404
    response = HttpResponse(image, content_type="image/webp")
    public = shown and profile.level(Field.PHOTO) == Visibility.EVERYONE
    # Short, so that a photo that was taken back is gone from every cache within the hour.
    response["Cache-Control"] = f"public, max-age={_HOUR}" if public else "private, no-store"
    return response
