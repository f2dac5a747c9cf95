"""What follows a deed: the letter of an invitation."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from communities.invitations import link_to
from communities.models import Invitation
from network.outbox.models import Entry


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
    with translation.override(invitation.language):
        context = {
            "invitation": invitation,
            "community": invitation.community,
            "link": link_to(invitation),
            "network_name": settings.NETWORK_NAME,
        }
        subject = _("An invitation to %(community)s") % {"community": invitation.community.name}
        letter = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("emails/communities/invitation.txt", context),
            to=[invitation.email],
        )
        letter.attach_alternative(
            render_to_string("emails/communities/invitation.html", context), "text/html"
        )
    letter.send()
