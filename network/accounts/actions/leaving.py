"""A person leaves."""

import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from network.accounts.actions.roles import guard_last_administrator
from network.accounts.actions.suspensions import end_sessions
from network.accounts.enums import Leaving
from network.accounts.models import (
    LEFT_DOMAIN,
    Departure,
    PersonalExport,
    ProcessingConsent,
    ProgramKey,
    RoleGrant,
    Suspension,
    User,
)
from network.accounts.personal_data import personal_data
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE, SITE


@deed
def leave(*, person: User, choice: Leaving | str) -> None:
    """Erase everything about the person, in every room, at once or not at all.

    Her row stays, emptied and under a new pseudonym: what points to her says 'Former member', and no chain of
    records can be followed to her any more. Asked for twice at once, the second finds that she has left.
    """
    choice = Leaving(choice)
    User.objects.select_for_update().get(pk=person.pk)
    if Departure.objects.filter(person=person).exists():
        raise Refused(_("This person has left already."))
    guard_last_administrator(person)
    farewell = _farewell(person)
    for holding in personal_data:
        holding.erase(person, choice is Leaving.KEEP)
    Departure.objects.create(person=person, choice=choice)
    announce(f"person:{person.pk}", "accounts.left", person=person.pk)
    bump(PEOPLE, SITE)
    transaction.on_commit(lambda: send_mail(**farewell))


def _farewell(person: User) -> dict:
    """The last mail, written while we still know where it goes."""
    with translation.override(person.language):
        subject = _("You have left %(network)s") % {"network": settings.NETWORK_NAME}
        words = render_to_string("accounts/farewell.txt", {"network_name": settings.NETWORK_NAME})
    return {
        "subject": subject,
        "message": words.strip() + "\n",
        "from_email": None,
        "recipient_list": [person.email],
        "fail_silently": True,
    }


def export_account(person: User) -> dict:
    """What this room holds: secrets are left out, that they exist is told."""
    return {
        _("Name"): person.name,
        _("E-mail address"): person.email,
        _("Language"): person.get_language_display(),
        _("Time zone"): person.zone,
        _("Joined"): person.date_joined,
        _("Last signed in"): person.last_login,
        _("E-mail addresses"): [
            {_("Address"): row.email, _("Confirmed"): row.verified, _("Main address"): row.primary}
            for row in EmailAddress.objects.filter(user=person)
        ],
        _("Roles"): [
            {
                _("Role"): row.get_role_display(),
                _("Granted"): row.granted_at,
                _("Reason"): row.reason,
                _("Revoked"): row.revoked_at,
            }
            for row in RoleGrant.objects.filter(person=person)
        ],
        _("Suspensions"): [
            {
                _("Since"): row.since,
                _("Until"): row.until,
                _("Reason"): row.reason,
                _("Lifted"): row.lifted_at,
            }
            for row in Suspension.objects.filter(person=person)
        ],
        _("Consents to processing"): [
            {
                _("Purpose"): row.get_purpose_display(),
                _("Wording"): row.wording,
                _("Given"): row.given_at,
                _("Withdrawn"): row.withdrawn_at,
            }
            for row in ProcessingConsent.objects.filter(person=person)
        ],
        _("Second factors"): [
            {
                _("Kind"): row.get_type_display(),
                _("Added"): row.created_at,
                _("Last used"): row.last_used_at,
            }
            for row in Authenticator.objects.filter(user=person)
        ],
        _("Keys for programs"): [
            {
                _("Name"): row.name,
                _("Made"): row.made_at,
                _("Ends"): row.ends_at,
                _("Revoked"): row.revoked_at,
                _("Last used"): row.last_used_on,
            }
            for row in ProgramKey.objects.filter(person=person)
        ],
        _("Sessions"): [
            {_("Since"): row.created_at, _("Address"): row.ip, _("Browser"): row.user_agent}
            for row in person.usersession_set.all()
        ],
    }


def erase_account(person: User, keep_contributions: bool) -> None:
    """Empty the person's own row and delete what hangs on it; the other rooms have had their turn."""
    end_sessions(person)
    for rows in [
        EmailAddress.objects.filter(user=person),
        Authenticator.objects.filter(user=person),
        ProcessingConsent.objects.filter(person=person),
        Suspension.objects.filter(person=person),
        RoleGrant.objects.filter(person=person),
        PersonalExport.objects.filter(person=person),
        ProgramKey.objects.filter(person=person),
        UserProfile.objects.filter(user=person),
    ]:
        rows.delete()
    person.groups.clear()
    person.user_permissions.clear()
    person.actor_id = uuid.uuid4()
    person.email = f"{person.actor_id}{LEFT_DOMAIN}"
    person.name = ""
    person.language, person.zone = settings.LANGUAGE_CODE, "UTC"
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.save()
