"""Entering people from a list: their account waits for them, and nothing of theirs is overwritten."""

from enum import Enum
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from network.accounts.models import ListedPerson, User
from network.experts import policies, sections
from network.experts.actions.editing import write
from network.experts.actions.keeping import touch
from network.experts.actions.publishing import make_public
from network.experts.actions.suggesting import suggest
from network.experts.claims import has_refused, is_claimed
from network.experts.enums import Field, State
from network.experts.models import ExpertProfile
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


class Entered(Enum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CLAIMED = "left alone, because the person keeps it herself"
    REFUSED = "left out, because the person refused"


@deed
def enter_person(
    *,
    by: Viewer,
    email: str,
    name: str,
    values: dict[str, Any],
    publish: bool = False,
    list_name: str = "",
    invite: bool = False,
) -> Entered:
    """Write what a list tells of the person with this address.

    Her account has no password: she claims it by signing in with a code sent to the address. From then
    on the profile is hers: lists no longer change it, and where they say otherwise she is shown. Whoever has
    refused once is left out. ``invite``: somebody new gets one mail that asks her.
    """
    if not policies.can_enter_people(by):
        raise PermissionDenied(_("Only the secretariat and administrators bring in lists of people."))
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None and has_refused(email):
        return Entered.REFUSED
    if person is not None and is_claimed(person):
        suggest(person, {Field.NAME.value: name, **values}, list_name)
        return Entered.CLAIMED
    added = person is None
    if person is None:
        person = User.objects.create_user(email, name=name)
        # The address waits unconfirmed: the code that she signs in with confirms it.
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    entered, _new = ListedPerson.objects.get_or_create(person=person, defaults={"list_name": list_name[:150]})
    profile, _new = ExpertProfile.objects.get_or_create(user=person)
    told = {Field.NAME: name, **values}
    changed = [field for field in told if sections.value_of(profile, field) != told[field]]
    for field in changed:
        write(profile, Field(field), told[field])
    published = publish and profile.state == State.DRAFT
    if published:
        make_public(profile)
    elif changed:
        touch(profile)
    if invite and entered.invited_at is None:
        announce(f"person:{person.pk}", "experts.entered", person=person.pk)
    if not (changed or added or published):
        return Entered.UNCHANGED
    return Entered.ADDED if added else Entered.CHANGED
