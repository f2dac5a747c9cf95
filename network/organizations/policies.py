"""Who may do what with organizations and focal points: pure, default no."""

from network.accounts.enums import Role
from network.foundations.viewer import Viewer
from network.organizations.models import Alternate, FocalPoint, Organization

_SECRETARIAT = f"role:{Role.SECRETARIAT}"


def can_manage_organizations(viewer: Viewer) -> bool:
    """The secretariat keeps the list of organizations."""
    return viewer.has(_SECRETARIAT)


def can_name_focal_points(viewer: Viewer) -> bool:
    """The secretariat records whom a Party has named; nobody names herself."""
    return viewer.has(_SECRETARIAT)


def can_name_alternate(viewer: Viewer, focal_point: FocalPoint) -> bool:
    """The focal point herself, while she is one; an alternate names nobody."""
    hers = viewer.is_member and focal_point.user_id == viewer.user_id
    return hers and FocalPoint.objects.current().filter(pk=focal_point.pk).exists()


def can_accept_alternate(viewer: Viewer, alternate: Alternate) -> bool:
    """Whoever was asked."""
    return viewer.is_member and alternate.person_id == viewer.user_id


def can_end_alternate(viewer: Viewer, alternate: Alternate) -> bool:
    """The focal point revokes, the alternate declines or resigns."""
    return viewer.is_member and viewer.user_id in (alternate.focal_point.user_id, alternate.person_id)


def has_alternates(viewer: Viewer) -> bool:
    """Whether the menu leads her to the page of alternates: it asks no more questions."""
    return bool(viewer.ids("focal_point") or viewer.ids("alternate"))


def can_confirm_people(viewer: Viewer, organization: Organization) -> bool:
    """The secretariat, and the organization's own officers."""
    if viewer.has(_SECRETARIAT):
        return True
    return viewer.is_member and _is_officer(viewer, organization)


def can_make_officers(viewer: Viewer, organization: Organization) -> bool:
    """Officers name others beside them; the secretariat names the first."""
    return can_confirm_people(viewer, organization)


def can_act_for(viewer: Viewer, organization: Organization) -> bool:
    """Its officers alone: who belongs to a network is theirs to say."""
    return viewer.is_member and _is_officer(viewer, organization)


def can_merge_organizations(viewer: Viewer) -> bool:
    return viewer.has_any(_SECRETARIAT, f"role:{Role.ADMINISTRATOR}")


def _is_officer(viewer: Viewer, organization: Organization) -> bool:
    return viewer.has(f"officer:{organization.pk}")
