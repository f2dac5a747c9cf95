"""Who may do what to accounts: pure, default no."""

from network.accounts.enums import Role
from network.accounts.invitations import behalves_of
from network.accounts.models import PersonMerge
from network.foundations.viewer import Viewer

#: The installation itself acts: the command line, the demo, the passing of time.
INSTALLATION = Viewer(keys=frozenset({f"role:{Role.ADMINISTRATOR}"}))


def can_manage_people(viewer: Viewer) -> bool:
    """Roles and accounts are the administrators' work, and nobody's own role is her own to change."""
    return viewer.has(f"role:{Role.ADMINISTRATOR}")


def can_merge_people(viewer: Viewer, *people: int) -> bool:
    """Administrators, and none of them an account of her own: that she proves like everybody else."""
    return can_manage_people(viewer) and viewer.user_id not in people


def can_undo_merge(viewer: Viewer, merge: PersonMerge) -> bool:
    """Whose accounts they are, or an administrator."""
    return viewer.is_member and (viewer.user_id == merge.kept_id or can_manage_people(viewer))


def can_suspend(viewer: Viewer) -> bool:
    """Site moderators keep the peace of the whole network; administrators keep its doors."""
    return viewer.has_any(f"role:{Role.MODERATOR}", f"role:{Role.ADMINISTRATOR}")


def can_invite(viewer: Viewer, behalf: str = "", role: str = "") -> bool:
    """Administrators invite by themselves, also with a role; a focal point in the name of her country."""
    if can_manage_people(viewer) and not behalf:
        return role == "" or role in Role.values
    return viewer.is_member and not role and behalf in behalves_of(viewer)


def can_invite_at_all(viewer: Viewer) -> bool:
    return can_manage_people(viewer) or bool(behalves_of(viewer))
