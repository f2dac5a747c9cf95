"""Who may do what with organizations and focal points: pure, default no."""

from network.accounts.enums import Role
from network.foundations.viewer import Viewer
from network.organizations.models import Affiliation, Organization

_SECRETARIAT = f"role:{Role.SECRETARIAT}"


def can_manage_organizations(viewer: Viewer) -> bool:
    """The secretariat keeps the list of organizations."""
    return viewer.has(_SECRETARIAT)


def can_name_focal_points(viewer: Viewer) -> bool:
    """The secretariat records whom a Party has named; nobody names herself."""
    return viewer.has(_SECRETARIAT)


def can_confirm_people(viewer: Viewer, organization: Organization) -> bool:
    """The secretariat, and the organization's own officers."""
    if viewer.has(_SECRETARIAT):
        return True
    return viewer.is_member and _is_officer(viewer, organization)


def can_make_officers(viewer: Viewer) -> bool:
    return viewer.has(_SECRETARIAT)


def _is_officer(viewer: Viewer, organization: Organization) -> bool:
    return (
        Affiliation.objects.current()
        .filter(person=viewer.user_id, organization=organization, officer_since__isnull=False)
        .exists()
    )
