"""The keys that a person holds for the whole network."""

from collections.abc import Iterator

from network.accounts import second_factor
from network.accounts.enums import SECOND_FACTOR_ROLES
from network.accounts.models import User
from network.foundations.prepared import WHO
from network.foundations.viewer import KeyRows


def _keys(user: User, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``role:<role>`` for each role that the person may use: one more question where a role asks for it.

    An administrator runs the machine: she gets no key of another role, a community or a people by being
    one. A role that demands a second factor gives no key to a person who has not set one up.
    """
    roles = second_factor.with_administration(user, {name for name, _nothing in rows})
    if second_factor.demanded_by(roles) and not second_factor.has_one(user):
        roles -= SECOND_FACTOR_ROLES
    for role in roles:
        yield f"role:{role}"


role_keys = KeyRows(rows=lambda: second_factor.groups().filter(user=WHO), first="name", keys=_keys)
