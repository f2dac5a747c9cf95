"""The key that a focal point holds."""

from collections.abc import Iterator

from network.accounts.models import User
from network.organizations.models import FocalPoint


def focal_point_keys(user: User) -> Iterator[str]:
    """``focal_point:<country>`` for each country that has named her and not ended it."""
    countries = FocalPoint.objects.current().filter(user=user).values_list("country_id", flat=True)
    for country in countries.distinct():
        yield f"focal_point:{country}"
