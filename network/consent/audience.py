"""The keys that a person holds by belonging to knowledge holders."""

from collections.abc import Iterator

from network.accounts.models import User
from network.consent.models import Standing


def holder_keys(user: User) -> Iterator[str]:
    """``holder:<id>`` for each holder whose people she belongs to, as attested and in force now."""
    for holder_id in Standing.objects.in_force().filter(user=user).values_list("holder_id", flat=True):
        yield f"holder:{holder_id}"
