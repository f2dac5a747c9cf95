"""Two accounts were one person: what follows, what stays, what stands against it.

Whatever has a column that points to a person follows; rooms say in ``merging.closers`` what becomes of a row
that meets another one, in ``merging.stays`` what does not follow, in ``objections`` why two cannot be merged.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from network.accounts import second_factor
from network.accounts.enums import Role
from network.accounts.models import RoleGrant, Suspension, User
from network.foundations.merging import Merging, drop, stay
from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

merging = Merging("accounts.User", own=["accounts.PersonMerge"])

#: ``(gone, kept, viewer)``: a sentence that says why not, or nothing.
objections: Registry[Callable[[User, User, Viewer], str]] = Registry("why two accounts cannot be merged")
#: ``(viewer)``: pages of people who look as if they were the viewer once more, as title and address.
likenesses: Registry[Callable[[Viewer], list[tuple[str, str]]]] = Registry("who looks like the viewer")


def objection(gone: User, kept: User, viewer: Viewer) -> str:
    """The first sentence that stands against it."""
    return next((said for object_to in objections if (said := object_to(gone, kept, viewer))), "")


def moved(changes: list[list[Any]]) -> int:
    """How many rows of others than the two themselves were moved."""
    return len({(change[0], change[1]) for change in changes if change[0] != merging.label})


def account_objects(gone: User, kept: User, viewer: Viewer) -> str:
    """Doors stay closed: a second factor, a suspension or a role is not got round by merging."""
    both = [gone, kept]
    if any(person.has_left for person in both):
        return _("One of the two has left.")
    if Suspension.objects.standing().filter(person__in=both).exists():
        return _("One of the two accounts is suspended.")
    roles = set(RoleGrant.objects.held().filter(person=gone).values_list("role", flat=True))
    if gone.is_superuser or Role.ADMINISTRATOR in roles:
        return _("The other account is an administrator’s. Take the role back first.")
    if roles and viewer.user_id != kept.pk:
        return _("The other account has a role here: only the person herself merges it.")
    if second_factor.has_one(gone):
        return _("The other account has a second factor. Keep that account, or take the factor off first.")
    return ""


def register() -> None:
    objections.register("accounts", account_objects)
    for name, why in _STAY.items():
        merging.stays.register(name, why)
    for name in _ONCE:
        merging.closers.register(name, stay)
    merging.closers.register("accounts.User_groups", drop)
    merging.closers.register("accounts.User_user_permissions", drop)


#: What hangs on how one comes in with the account that goes, or is about its address.
_STAY = {
    "accounts.Departure": "whoever has left is not merged",
    "accounts.Device": "browsers of the account that goes",
    "accounts.ListedPerson": "that the account that goes came from a list",
    "accounts.PersonalExport": "a copy of what that account held",
    "accounts.ProgramKey": "opens nothing once its person cannot come in",
    "account.EmailAddress": "proven addresses are moved one by one, none as the main one",
    "mfa.Authenticator": "whoever has one keeps that account",
    "usersessions.UserSession": "ended",
    "wagtailadmin.EditingSession": "an open page of the administration",
    "wagtailadmin.FormState": "an open page of the administration",
    "wagtailcore.APIToken": "opens nothing once its person cannot come in",
    "wagtailusers.UserProfile": "how the administration looks to that account",
}
#: There is one already, and that one counts; the other one stays where it is.
_ONCE = (
    "accounts.RoleGrant",
    "accounts.Suspension",
    "accounts.ProcessingConsent",
    "accounts.ListSuggestion",
    "wagtailcore.PageSubscription",
)


def pseudonyms(user_id: int | None) -> Any:
    """The names under which records know somebody: her own, and those of accounts that became hers."""
    return User.objects.known_as(user_id).values("actor_id")
