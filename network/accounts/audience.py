"""The keys that a person holds for the whole network."""

from collections.abc import Iterator

from network.accounts.enums import Role
from network.accounts.models import User


def role_keys(user: User) -> Iterator[str]:
    """``role:<role>`` for each role; administrators hold ``role:administrator`` and nothing else by it.

    An administrator runs the machine: she gets no key of a role, a community or a people by being one.
    """
    if user.is_superuser:
        yield "role:administrator"
    roles = set(Role.values)
    for name in user.groups.values_list("name", flat=True):
        if name in roles:
            yield f"role:{name}"
