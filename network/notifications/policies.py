"""Who may do what with mails. Notifications need no policy: they are one's own or do not exist."""

from network.accounts.enums import Role
from network.foundations.viewer import Viewer


def can_see_undelivered(viewer: Viewer) -> bool:
    """Those who run the installation see that mail does not get through; not what it says."""
    return viewer.has(f"role:{Role.ADMINISTRATOR}")


def can_see_incoming(viewer: Viewer) -> bool:
    """Those who run the installation see what became of incoming mails, and which addresses do not work."""
    return viewer.has(f"role:{Role.ADMINISTRATOR}")


def can_suppress(viewer: Viewer) -> bool:
    """Who is asked on the telephone to send nothing more writes that down."""
    return can_see_incoming(viewer)
