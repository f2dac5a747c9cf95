"""Who may do what with profiles: pure, default no."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from network.accounts.enums import Role
from network.experts.models import ExpertProfile, Shortlist
from network.foundations.viewer import Viewer


def can_have_profile(viewer: Viewer) -> bool:
    return viewer.is_member


def can_edit(viewer: Viewer, profile: ExpertProfile) -> bool:
    """A profile is its person's own; nobody writes it for her, no role and no administrator."""
    return viewer.is_member and viewer.user_id == profile.user_id


def can_enter_people(viewer: Viewer) -> bool:
    """Those who run the network bring in lists; what people have claimed is spared all the same."""
    return viewer.has_any(f"role:{Role.SECRETARIAT}", f"role:{Role.ADMINISTRATOR}")


def can_keep_shortlists(viewer: Viewer) -> bool:
    return viewer.is_member


def owns(viewer: Viewer, shortlist: Shortlist) -> bool:
    """Sharing, renaming and deleting are its owner's."""
    return viewer.is_member and viewer.user_id == shortlist.owner_id


def can_work_on(viewer: Viewer, shortlist: Shortlist) -> bool:
    """Putting people on it, taking them off, noting: the owner, and colleagues whom she asked to."""
    return Shortlist.objects.editable_by(viewer).filter(pk=shortlist.pk).exists()


def can_export(viewer: Viewer) -> bool:
    """Members take out what they see; strangers read it here."""
    return viewer.is_member


def demand_owner(viewer: Viewer, shortlist: Shortlist) -> None:
    """What she sees and may not do is answered with a sentence."""
    if not owns(viewer, shortlist):
        raise PermissionDenied(_("Only whoever made a shortlist shares, renames or deletes it."))


def demand_work(viewer: Viewer, shortlist: Shortlist) -> None:
    if not can_work_on(viewer, shortlist):
        raise PermissionDenied(_("You may see this shortlist, but not change it."))
