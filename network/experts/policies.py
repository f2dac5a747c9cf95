"""Who may do what with profiles: pure, default no."""

from network.accounts.enums import Role
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer


def can_have_profile(viewer: Viewer) -> bool:
    return viewer.is_member


def can_edit(viewer: Viewer, profile: ExpertProfile) -> bool:
    """A profile is its person's own; nobody writes it for her, no role and no administrator."""
    return viewer.is_member and viewer.user_id == profile.user_id


def can_enter_people(viewer: Viewer) -> bool:
    """Those who run the network bring in lists; what people have claimed is spared all the same."""
    return viewer.has_any(f"role:{Role.SECRETARIAT}", f"role:{Role.ADMINISTRATOR}")
