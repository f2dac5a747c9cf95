"""Giving and taking roles."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts import policies
from network.accounts.enums import Role
from network.accounts.models import RoleGrant, User
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@transaction.atomic
def grant_role(*, person: User, role: Role | str, by: Viewer, reason: str = "") -> RoleGrant:
    """Give ``person`` the role; she holds its keys from her next request on (with a second factor, if the
    role demands one). Giving a role twice changes nothing."""
    _check(by)
    role = Role(role)
    grant, made = RoleGrant.objects.get_or_create(
        person=person, role=role, revoked_at=None, defaults={"granted_by_id": by.user_id, "reason": reason}
    )
    if role is Role.ADMINISTRATOR:
        User.objects.filter(pk=person.pk).update(is_superuser=True, is_staff=True)
        person.refresh_from_db(fields=["is_superuser", "is_staff"])
    else:
        person.groups.add(Group.objects.get(name=role))
    if made:
        announce(f"person:{person.pk}", "accounts.role_granted", person=person.pk, role=role.value)
    return grant


@transaction.atomic
def revoke_role(*, person: User, role: Role | str, by: Viewer, reason: str = "") -> None:
    """Take the role back; her next request is without its keys."""
    _check(by)
    role = Role(role)
    if role is Role.ADMINISTRATOR:
        guard_last_administrator(person)
        User.objects.filter(pk=person.pk).update(is_superuser=False, is_staff=False)
        person.refresh_from_db(fields=["is_superuser", "is_staff"])
    else:
        person.groups.remove(Group.objects.get(name=role))
    RoleGrant.objects.held().filter(person=person, role=role).update(
        revoked_at=timezone.now(), revoked_by_id=by.user_id, revoked_reason=reason
    )
    announce(f"person:{person.pk}", "accounts.role_revoked", person=person.pk, role=role.value)


def guard_last_administrator(person: User) -> None:
    """Somebody must be left who can give roles. The rows are locked, so that two cannot leave at once."""
    active = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    administrators = set(active.values_list("pk", flat=True))
    if administrators == {person.pk}:
        raise Refused(
            _("This is the only administrator. Make somebody else an administrator first, then try again.")
        )


def _check(by: Viewer) -> None:
    if not policies.can_manage_people(by):
        raise PermissionDenied(_("Only administrators give and take roles."))
