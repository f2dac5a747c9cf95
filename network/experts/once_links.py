"""Links in mails by which a person says that her entry is still true: signed, and good for one round."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

_SALT = "experts.still-true"


@dataclass(frozen=True)
class StillTrue:
    entry: int
    round: int


def address(entry: int, round: int) -> str:
    return reverse("rosters:still-true", args=[signing.dumps([entry, round], salt=_SALT)])


def read(token: str) -> StillTrue | None:
    """None for what is not one of ours."""
    try:
        entry, round = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return StillTrue(entry, round)
