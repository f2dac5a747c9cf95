"""Inviting into the network: in whose name, and by which link."""

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from network.accounts.models import Invitation
from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

_SALT = "accounts.invitation"

#: In whose name a viewer may invite besides herself: the key that she holds for it, and how it is called
#: (``focal_point:140``, "Kenya"). Rooms above fill it.
behalves: Registry[Callable[[Viewer], dict[str, str]]] = Registry("behalves of invitations")


def behalves_of(viewer: Viewer) -> dict[str, str]:
    """Key to name, of everything in whose name she may invite."""
    return {key: name for told in behalves for key, name in told(viewer).items() if viewer.has(key)}


def link_to(invitation: Invitation) -> str:
    """The whole address, in the language of the letter."""
    with translation.override(invitation.language):
        token = signing.dumps(invitation.pk, salt=_SALT)
        return f"{settings.NETWORK_BASE_URL}{reverse('accounts:invitation', args=[token])}"


def invitation_in(token: str) -> Invitation | None:
    """The invitation that ``token`` was made for, open or not."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("invited_by").filter(pk=pk).first()
