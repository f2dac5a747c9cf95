"""Which people must sign in with a second factor, and whether they have one."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from network.accounts.enums import SECOND_FACTOR_ROLES, Role
from network.accounts.models import User

#: Recovery codes are a spare key, not a factor: they come with one of these.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def of(user: User) -> QuerySet[Authenticator]:
    """The person's second factors."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS)


def has_one(user: User) -> bool:
    """One query."""
    return of(user).exists()


def demanded_by(roles: Iterable[str]) -> bool:
    return not SECOND_FACTOR_ROLES.isdisjoint(roles)


def roles_of(user: User) -> set[str]:
    """The roles a person was given, whether or not she may use them yet. One query."""
    return with_administration(user, set(groups().filter(user=user).values_list("name", flat=True)))


def groups() -> QuerySet[Group]:
    """The groups that stand for roles."""
    return Group.objects.filter(name__in=Role.values)


def with_administration(user: User, roles: set[str]) -> set[str]:
    """``roles``, and the one that is no group."""
    if user.is_superuser:
        roles.add(Role.ADMINISTRATOR.value)
    return roles


def owed_by(user: User) -> bool:
    """She holds a role that demands a second factor and has none. At most two queries."""
    return demanded_by(roles_of(user)) and not has_one(user)
