"""Asking somebody into the network, and her answer."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts import policies
from network.accounts.actions.consents import give_consent
from network.accounts.actions.roles import grant_role
from network.accounts.invitations import behalves_of, link_to
from network.accounts.models import Invitation, User
from network.accounts.names import clean_name
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.outbox.actions import announce
from network.outbox.models import Entry

#: Letters of one person that wait for an answer.
MOST_OPEN = 50
#: How long an invitation is kept after it was answered, withdrawn or ran out.
KEPT = timedelta(days=30)


@deed
def invite(*, by: Viewer, email: str, language: str, behalf: str = "", role: str = "") -> Invitation:
    """Write to ``email``. Whoever invites never learns here whether somebody has an account with it."""
    if not policies.can_invite(by, behalf, role):
        raise PermissionDenied(_("You cannot invite people in this name, or not with this role."))
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose one of the languages."), "language")
    User.objects.select_for_update().get(pk=by.user_id)
    sent = Invitation.objects.open().filter(invited_by=by.user_id)
    sent.filter(email__iexact=email).update(withdrawn_at=timezone.now())
    if not policies.can_manage_people(by) and sent.count() >= MOST_OPEN:
        raise Refused(
            _("%(most)d of your invitations wait for an answer. Wait until some are answered.")
            % {"most": MOST_OPEN}
        )
    invitation = Invitation.objects.create(
        email=email.lower(), language=language, invited_by_id=by.user_id, behalf=behalf, role=role
    )
    announce(f"person:{by.user_id}", "accounts.invited", invitation=invitation.pk)
    return invitation


@deed
def withdraw_invitation(*, by: Viewer, invitation: Invitation) -> None:
    """Its link opens nothing any more."""
    if invitation.invited_by_id != by.user_id and not policies.can_manage_people(by):
        raise PermissionDenied(_("Only whoever sent it takes it back."))
    if not Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise Refused(_("This invitation has been answered, or it has run out."))


@deed
def join(*, invitation: Invitation, name: str, language: str) -> User:
    """A new account for the address that the letter went to, which its link has proven."""
    standing = _open(invitation)
    person = open_account(email=standing.email, name=name, language=language)
    _answer(standing, person)
    return person


@deed
def open_account(*, email: str, name: str, language: str) -> User:
    """An account without a password for an address that a letter to it has proven, with her consent."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is an account with this address. Sign in, then open the link again."))
    name = clean_name(name)
    if not name:
        raise Refused(_("Enter a name."), "name")
    person = User.objects.create_user(email, name=name, language=language)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    give_consent(person=person)
    return person


@deed
def accept_invitation(*, invitation: Invitation, person: User) -> None:
    """Somebody with an account takes what the invitation brings. It has to be hers."""
    standing = _open(invitation)
    verified = EmailAddress.objects.filter(user=person, verified=True, email__iexact=standing.email)
    if not verified.exists():
        raise PermissionDenied(_("This invitation went to another address."))
    _answer(standing, person)


def _open(invitation: Invitation) -> Invitation:
    """Locked: of two who press at once the second finds it used."""
    standing = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if standing is None or not standing.is_open:
        raise Refused(_("This invitation has been answered, withdrawn, or it has run out."))
    return standing


def _answer(invitation: Invitation, person: User) -> None:
    """The role goes along only if whoever promised it may still give it."""
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    inviter = viewer_for(invitation.invited_by)
    if invitation.role and policies.can_manage_people(inviter):
        grant_role(person=person, role=invitation.role, by=inviter, reason=_("Invited with this role"))


def send_invitation(entry: Entry) -> None:
    """The worker's part: the letter, unless it was withdrawn by now."""
    invitation = (
        Invitation.objects.open().select_related("invited_by").filter(pk=entry.ids["invitation"]).first()
    )
    if invitation is None:
        return
    with translation.override(invitation.language):
        inviter = viewer_for(invitation.invited_by)
        context = {
            "invitation": invitation,
            "behalf": behalves_of(inviter).get(invitation.behalf, ""),
            "link": link_to(invitation),
            "network_name": settings.NETWORK_NAME,
        }
        letter = EmailMultiAlternatives(
            subject=_("An invitation to %(network)s") % {"network": settings.NETWORK_NAME},
            body=render_to_string("emails/accounts/invitation.txt", context),
            to=[invitation.email],
        )
        letter.attach_alternative(render_to_string("emails/accounts/invitation.html", context), "text/html")
    letter.send()


def forget_invitations() -> int:
    """Delete those that have been done with for long enough; how many."""
    before = timezone.now() - KEPT
    done = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    deleted, _by_model = Invitation.objects.filter(done).delete()
    return deleted
