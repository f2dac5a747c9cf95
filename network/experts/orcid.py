"""ORCID iDs: sixteen digits whose last one proves the others (ISO 7064 MOD 11-2)."""

import re

from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef

#: How django-allauth calls signing in there.
PROVIDER = "orcid"
_SHAPE = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?", re.ASCII
)


def normal_form(text: str) -> str | None:
    """``0000-0002-1825-0097`` from an iD or its address; ``None`` where there is none or its check fails."""
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        return None
    digits = "".join(found.groups()).upper()
    return "-".join(found.groups()).upper() if _check_digit(digits[:-1]) == digits[-1] else None


def _check_digit(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    remainder = (12 - total % 11) % 11
    return "X" if remainder == 10 else str(remainder)


def proven(user_id: int) -> str:
    """The iD with which somebody signs in; empty where she does not."""
    held = SocialAccount.objects.filter(user=user_id, provider=PROVIDER).order_by("-pk")
    return next((normal_form(uid) or "" for uid in held.values_list("uid", flat=True)), "")


def is_proven() -> Exists:
    """For a query of profiles: whether the iD that stands there is one with which its person signs in."""
    linked = SocialAccount.objects.filter(provider=PROVIDER, user=OuterRef("user"), uid=OuterRef("orcid"))
    return Exists(linked)
