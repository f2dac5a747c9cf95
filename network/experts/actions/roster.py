"""Entering people from a list: their account waits for them, and nothing of theirs is overwritten."""

from enum import Enum
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import policies, sections
from network.experts.actions.editing import write
from network.experts.actions.keeping import touch
from network.experts.actions.publishing import make_public
from network.experts.enums import Field, State
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer


class Entered(Enum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CLAIMED = "left alone, because the person keeps it herself"


@transaction.atomic
def enter_person(
    *, by: Viewer, email: str, name: str, values: dict[str, Any], publish: bool = False
) -> Entered:
    """Write what a list tells of the person with this address.

    Her account has no password: she claims it by signing in with a code sent to the address. From then
    on the profile is hers, and lists no longer change it.
    """
    if not policies.can_enter_people(by):
        raise PermissionDenied(_("Only the secretariat and administrators bring in lists of people."))
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is not None and is_claimed(person):
        return Entered.CLAIMED
    added = person is None
    if person is None:
        person = User.objects.create_user(email, name=name)
        # The address waits unconfirmed: the code that she signs in with confirms it.
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    profile, _new = ExpertProfile.objects.get_or_create(user=person)
    told = {Field.NAME: name, **values}
    changed = [field for field in told if sections.value_of(profile, field) != told[field]]
    for field in changed:
        write(profile, Field(field), told[field])
    if publish and profile.state == State.DRAFT:
        make_public(profile)
    elif changed:
        touch(profile)
    elif not added:
        return Entered.UNCHANGED
    return Entered.ADDED if added else Entered.CHANGED


def is_claimed(person: User) -> bool:
    """Whether somebody has come and shown that the address is hers."""
    return (
        person.has_usable_password()
        or person.last_login is not None
        or EmailAddress.objects.filter(user=person, verified=True).exists()
    )
