"""Experts like one: who shares subjects, targets and keywords with her, by what the viewer sees of both."""

from collections.abc import Iterable

from django.db.models import Count, Q

from network.experts.directory import Row, rows_of
from network.experts.enums import Facet
from network.experts.models import ExpertProfile, ProfileFacet
from network.foundations.viewer import Viewer

_BY = (Facet.SUBJECT, Facet.TARGET, Facet.TAG)
_SHOWN = 4


def people_like(viewer: Viewer, profile: ExpertProfile, most: int = _SHOWN) -> list[Row]:
    """Those who share most, four questions in all; nobody where she shows nothing that others have."""
    visible = ProfileFacet.objects.visible_to(viewer)
    hers = visible.filter(profile=profile, facet__in=_BY).values_list("facet", "value")
    shared = _any_of(hers)
    if not shared:
        return []
    others = visible.filter(shared).exclude(profile=profile)
    others = others.filter(profile__in=ExpertProfile.objects.visible_to(viewer).values("pk"))
    ranked = others.order_by().values("profile").annotate(number=Count("pk"))
    best = [
        pk for pk, _number in ranked.order_by("-number", "profile").values_list("profile", "number")[:most]
    ]
    found = ExpertProfile.objects.visible_to(viewer).for_cards().in_bulk(best)
    return rows_of(viewer, [found[pk] for pk in best if pk in found]) if found else []


def _any_of(held: Iterable[tuple[str, int]]) -> Q:
    by_facet: dict[str, list[int]] = {}
    for facet, value in held:
        by_facet.setdefault(facet, []).append(value)
    wanted = Q()
    for facet, values in by_facet.items():
        wanted |= Q(facet=facet, value__in=values)
    return wanted
