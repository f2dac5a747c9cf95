"""The directory, a person's page, her photo."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from network.experts import disclosure, gauges, photos, policies, searchable
from network.experts.alike import people_like
from network.experts.asking import asked_of
from network.experts.choosing import Choices
from network.experts.directory import Directory
from network.experts.enums import Facet, Field, Visibility
from network.experts.models import Endorsement, ExpertProfile, RosterEntry, Shortlist
from network.experts.orcid import is_proven
from network.experts.structured import json_ld
from network.experts.views.messages import away
from network.experts.voices import has_voice
from network.pagecache.rules import PEOPLE, cached
from network.thesaurus.tiles import tile_map

_HOUR = 3600
_OFFERED_LISTS = 30
LOOKS = {"list": gettext_lazy("List"), "cards": gettext_lazy("Cards"), "map": gettext_lazy("Map")}


@cached(lambda: [PEOPLE], query=["cursor", "sort", "view", "kind", "active", *Facet.values], seconds=_HOUR)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody who shows herself to this viewer, narrowed by words and facets."""
    found = Directory(request.viewer, asked_of(request.GET))
    choices = Choices(found)
    look = request.GET.get("view", "")
    look = look if look in LOOKS else "list"
    context = {
        "directory": found,
        "look": look,
        "looks": _looks(request, look),
        "found": choices.counts.total,
        "number": choices.counts.total,
        "groups": choices.groups,
        "orders": _orders(found),
        "chips": choices.chips(request.path),
        "narrowed": sum(map(len, found.asked.facets.values())),
        "invites": policies.can_have_profile(request.viewer)
        and not ExpertProfile.objects.filter(user=request.viewer.user_id).published().exists(),
    }
    shown = _map(found, choices) if look == "map" else {"page": found.page(request.GET.get("cursor", ""))}
    if request.viewer.is_member:
        shown |= _working(request, found)
    return render(request, "experts/directory/index.html", context | shown)


def _working(request: HttpRequest, found: Directory) -> dict:
    """What members do with what they found: keep the search, take it out, put people on a shortlist."""
    lists = list(
        Shortlist.objects.editable_by(request.viewer).order_by("-changed_at", "-pk")[:_OFFERED_LISTS]
    )
    current = next((one for one in lists if one.key == request.GET.get("for")), None)
    kept = urlencode([("of", searchable.NAME), *found.asked.pairs()])
    shown = {
        "picks": True,
        "lists": lists,
        "current_list": current,
        "pairs": found.asked.pairs(),
        "acts": True,
        "keep_url": f"{reverse('search:save')}?{kept}" if found.is_narrowed else "",
        "export_url": f"{reverse('experts:export')}?{found.asked.address}",
    }
    if current:
        seen = ExpertProfile.objects.visible_to(request.viewer).filter(shortlisted__shortlist=current)
        on_it = dict(seen.values_list("pk", "slug"))
        shown |= {"readings": gauges.read(request.viewer, list(on_it)), "on_list": set(on_it.values())}
    return shown


def _looks(request: HttpRequest, look: str) -> list[dict]:
    """The same people, shown otherwise; from the first page on."""
    tabs = []
    for name, label in LOOKS.items():
        query = request.GET.copy()
        query.pop("cursor", None)
        query["view"] = name
        tabs.append({"label": label, "url": f"?{query.urlencode()}", "current": name == look})
    return tabs


def _orders(found: Directory) -> list[tuple[str, str]]:
    orders = [("name", _("Name")), ("recent", _("Last changed"))]
    return [("relevance", _("Best match")), *orders] if found.query else orders


def _map(found: Directory, choices: Choices) -> dict:
    """How many are where: the counts of the facet, so that a map shows no more than the list does."""
    numbers = {
        found.terms[value]: number
        for value, number in choices.counts.facets.get(Facet.COUNTRY, {}).items()
        if value in found.terms
    }
    others = [(name, code) for name, code in found.asked.pairs() if name != Facet.COUNTRY]
    unsaid = 0 if Facet.COUNTRY in found.asked.facets else choices.counts.total - sum(numbers.values())
    return {
        "patches": tile_map(numbers),
        "map_base": f"?{urlencode([*others, (str(Facet.COUNTRY), '')])}",
        "unsaid": unsaid,
    }


@cached(lambda slug: [PEOPLE])
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person's page, or nothing: as if it did not exist where it is not for this viewer."""
    visible = ExpertProfile.objects.visible_to(request.viewer).for_cards()
    found = visible.annotate(orcid_proven=is_proven()).prefetch_related(*disclosure.PARTS)
    profile = found.filter(slug=slug).first()
    if profile is None:
        # Somebody was here twice: the page that went leads to the one that was kept.
        kept = ExpertProfile.objects.filter(slug=slug, user__merged_into__isnull=False)
        return redirect(get_object_or_404(visible, user__in=kept.values("user__merged_into")))
    nearness = disclosure.levels_for(request.viewer, [profile])[profile.pk]
    can_write = policies.can_write_to(request.viewer, profile, nearness)
    return render(
        request,
        "experts/detail/index.html",
        {
            "profile": disclosure.build_page(profile, nearness),
            "can_write": can_write,
            "bibtex_url": reverse("experts:bibtex", args=[profile.slug]),
            "away": away(profile) if can_write else None,
            "own": policies.can_edit(request.viewer, profile),
            "json_ld": json_ld(profile),
            "slug": profile.slug,
            "endorsements": list(Endorsement.objects.standing().whole().filter(person=profile.user_id)),
            "places": list(RosterEntry.objects.active().whole().filter(person=profile.user_id)),
            "may_endorse": has_voice(request.viewer) and request.viewer.user_id != profile.user_id,
            "alike": people_like(request.viewer, profile),
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
