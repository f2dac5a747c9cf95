"""What follows a deed: the letter of an invitation."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communities.actions import may_come_by_mail
from communities.invitations import link_to
from communities.models import Invitation
from network.outbox.models import Entry
from network.search.actions import index


def send_invitation(entry: Entry) -> None:
    """Write to the invited address in its language; nothing where the invitation is gone by now."""
    invitation = (
        Invitation.objects.open()
        .select_related("community", "invited_by")
        .filter(pk=entry.ids["invitation"])
        .first()
    )
    if invitation is None:
        return
    # A member by now needs none; whoever invited her is not told so.
    if not invitation.community.memberships.current().filter(user__email__iexact=invitation.email).exists():
        _write(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


def _write(invitation: Invitation) -> None:
    with translation.override(invitation.language):
        context = {
            "invitation": invitation,
            "community": invitation.community,
            "link": link_to(invitation),
            "by_mail": may_come_by_mail(invitation),
            "network_name": settings.NETWORK_NAME,
        }
        words = _("An invitation to %(community)s")
        if invitation.reminded_at is not None:
            words = _("A reminder: the invitation to %(community)s")
        subject = words % {"community": invitation.community.name}
        letter = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("emails/communities/invitation.txt", context),
            to=[invitation.email],
        )
        letter.attach_alternative(
            render_to_string("emails/communities/invitation.html", context), "text/html"
        )
    letter.send()


def index_community(entry: Entry) -> None:
    """Who may know of a community has changed, and with that who finds it."""
    index("communities", int(entry.stream_id.partition(":")[2]))
