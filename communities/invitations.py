"""The signed link of an invitation."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from communities.models import Invitation

_SALT = "communities.invitation"


def token_for(invitation: Invitation) -> str:
    return signing.dumps(invitation.pk, salt=_SALT)


def invitation_in(token: str) -> Invitation:
    """The invitation that ``token`` was made for; raises ``BadSignature`` or ``Invitation.DoesNotExist``."""
    pk = signing.loads(token, salt=_SALT)
    return Invitation.objects.select_related("community", "nominated_for").get(pk=pk)


def link_to(invitation: Invitation) -> str:
    """The whole address, in the language of the letter."""
    with translation.override(invitation.language):
        path = reverse("communities:invitation", args=[token_for(invitation)])
    return f"{settings.NETWORK_BASE_URL}{path}"
