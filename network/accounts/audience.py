"""The keys that a person holds for the whole network."""

from collections.abc import Iterator

from network.accounts import second_factor
from network.accounts.enums import SECOND_FACTOR_ROLES, Role
from network.accounts.models import User


def roles_of(user: User) -> set[str]:
    """The roles a person was given, whether or not she may use them yet. One query."""
    roles = set(user.groups.filter(name__in=Role.values).values_list("name", flat=True))
    if user.is_superuser:
        roles.add(Role.ADMINISTRATOR.value)
    return roles


def role_keys(user: User) -> Iterator[str]:
    """``role:<role>`` for each role that the person may use: at most two queries.

    An administrator runs the machine: she gets no key of another role, a community or a people by being
    one. A role that demands a second factor gives no key to a person who has not set one up.
    """
    roles = roles_of(user)
    if second_factor.demanded_by(roles) and not second_factor.has_one(user):
        roles -= SECOND_FACTOR_ROLES
    for role in roles:
        yield f"role:{role}"
