"""A person leaves."""

import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from network.accounts.actions.merging import erase_merged
from network.accounts.actions.roles import guard_last_administrator
from network.accounts.actions.suspensions import end_sessions
from network.accounts.enums import Leaving
from network.accounts.looking import label_of
from network.accounts.models import (
    LEFT_DOMAIN,
    Departure,
    Device,
    Invitation,
    ListedPerson,
    ListSuggestion,
    Look,
    PeopleList,
    PersonalExport,
    PersonMerge,
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
def leave(*, person: User, choice: Leaving | str, farewell: bool = True) -> None:
    """Erase everything about the person, in every room, at once or not at all.

    Her row stays, emptied and under a new pseudonym: what points to her says 'Former member', and no chain of
    records can be followed to her any more. Asked for twice at once, the second finds that she has left.
    ``farewell``: with one last mail.
    """
    choice = Leaving(choice)
    User.objects.select_for_update().get(pk=person.pk)
    if Departure.objects.filter(person=person).exists():
        raise Refused(_("This person has left already."))
    guard_last_administrator(person)
    last_mail = _farewell(person) if farewell else None
    for one in [*erase_merged(person), person]:
        for holding in personal_data:
            holding.erase(one, choice is Leaving.KEEP)
    Departure.objects.create(person=person, choice=choice)
    announce(f"person:{person.pk}", "accounts.left", person=person.pk)
    bump(PEOPLE, SITE)
    if last_mail:
        transaction.on_commit(lambda: send_mail(**last_mail))


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
            {
                _("Since"): row.created_at,
                _("Last seen"): row.last_seen_at,
                _("Address"): row.ip,
                _("Browser"): row.user_agent,
            }
            for row in person.usersession_set.all()
        ],
        **_export_doors(person),
    }


def _export_doors(person: User) -> dict:
    """By what she comes in, who asked her in, whom she asked in, and who has looked."""
    from_list = ListedPerson.objects.filter(person=person).first()
    return {
        _("Identities from elsewhere"): [
            {_("Identity"): row.uid, _("From"): row.provider, _("Since"): row.date_joined}
            for row in SocialAccount.objects.filter(user=person)
        ],
        _("Known browsers"): [
            {_("Browser"): row.browser, _("Since"): row.first_seen_at, _("Last used"): row.last_seen_at}
            for row in Device.objects.filter(person=person)
        ],
        _("Invitations to the network"): [
            {_("Address"): row.email, _("Sent"): row.sent_at, _("Accepted"): row.accepted_at}
            for row in Invitation.objects.filter(Q(invited_by=person) | Q(accepted_by=person))
        ],
        _("Brought in from a list"): {_("List"): from_list.list_name, _("When"): from_list.entered_at}
        if from_list
        else None,
        _("Suggested by a list"): [
            {_("List"): row.list_name, _("Values"): row.values, _("When"): row.at}
            for row in ListSuggestion.objects.filter(person=person)
        ],
        _("Accounts that became one"): [
            {_("Merged"): row.at, _("Reason"): row.reason, _("Rows"): row.moved, _("Undone"): row.undone_at}
            for row in PersonMerge.objects.filter(Q(kept=person) | Q(gone=person))
        ],
        _("Who has looked at your data"): [
            {_("What"): label_of(row.what), _("Purpose"): row.purpose, _("When"): row.at}
            for row in Look.objects.filter(person=person).order_by("-at", "-id")
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
        SocialAccount.objects.filter(user=person),
        Device.objects.filter(person=person),
        Invitation.objects.filter(
            Q(invited_by=person) | Q(accepted_by=person) | Q(email__iexact=person.email)
        ),
        Look.objects.filter(person=person),
        ListedPerson.objects.filter(person=person),
        ListSuggestion.objects.filter(person=person),
        UserProfile.objects.filter(user=person),
    ]:
        rows.delete()
    PeopleList.objects.filter(uploaded_by=person).update(uploaded_by=None)
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


#: How long somebody has who signed up to prove that the address is hers.
TO_CONFIRM = timedelta(days=30)


def forget_never_confirmed() -> int:
    """Erase accounts that somebody began and never proved; how many. Each in its own transaction.

    Who was entered from a list is none of them: her office vouches for her, and she has a mail to answer.
    """
    begun = User.objects.filter(
        last_login=None, date_joined__lt=timezone.now() - TO_CONFIRM, processing_consents__isnull=False
    )
    begun = begun.exclude(emailaddress__verified=True).exclude(email__endswith=LEFT_DOMAIN)
    begun = begun.filter(from_list=None).distinct()
    found = list(begun[:500])
    for person in found:
        leave(person=person, choice=Leaving.ERASE, farewell=False)
    return len(found)
