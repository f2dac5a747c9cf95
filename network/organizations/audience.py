"""The keys that a focal point, her alternate and the officers of an organization hold."""

from collections.abc import Iterator
from typing import Any

from network.foundations.prepared import TODAY, WHO
from network.foundations.viewer import KeyRows, Viewer
from network.organizations.models import Affiliation, Alternate, FocalPoint
from network.thesaurus.models import Term


def _keys(user: Any, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``focal_point:<country>`` for each country that has named her and not ended it."""
    for country, _nothing in rows:
        yield f"focal_point:{country}"


focal_point_keys = KeyRows(
    rows=lambda: FocalPoint.objects.current(TODAY).filter(user=WHO),
    first="country_id",
    keys=_keys,
)


def _alternate_keys(user: Any, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``alternate:<country>`` where she answers in the place of a focal point: less than being one."""
    for country, _nothing in rows:
        yield f"alternate:{country}"


alternate_keys = KeyRows(
    rows=lambda: Alternate.objects.current(TODAY).filter(person=WHO),
    first="focal_point__country_id",
    keys=_alternate_keys,
)


def countries_of(viewer: Viewer) -> dict[str, str]:
    """Key to name of the countries that a focal point may invite for."""
    countries = viewer.ids("focal_point")
    if not countries:
        return {}
    return {f"focal_point:{term.pk}": term.name for term in Term.objects.filter(pk__in=countries)}


def _officer_keys(user: Any, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``officer:<organization>`` for each organization that she acts for."""
    for organization, _nothing in rows:
        yield f"officer:{organization}"


officer_keys = KeyRows(
    rows=lambda: Affiliation.objects.officers().filter(person=WHO),
    first="organization_id",
    keys=_officer_keys,
)
