"""The keys that a focal point and her alternate hold."""

from collections.abc import Iterator
from typing import Any

from network.foundations.prepared import TODAY, WHO
from network.foundations.viewer import KeyRows
from network.organizations.models import Alternate, FocalPoint


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
