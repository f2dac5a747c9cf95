"""Which people must sign in with a second factor, and whether they have one."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from network.accounts.enums import SECOND_FACTOR_ROLES
from network.accounts.models import User

#: Recovery codes are a spare key, not a factor: they come with one of these.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_one(user: User) -> bool:
    """One query."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def demanded_by(roles: Iterable[str]) -> bool:
    return not SECOND_FACTOR_ROLES.isdisjoint(roles)
