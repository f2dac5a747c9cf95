"""Keeping the list of organizations."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import free_slug
from network.foundations.viewer import Viewer
from network.organizations import policies
from network.organizations.models import Organization
from network.organizations.searching import KIND
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE
from network.search import actions as search
from network.search.analyser import fold

#: Addresses below ``/organizations/`` that are no organization.
RESERVED_SLUGS = {"add", "belongings", "import", "mine", "people"}


@deed
def save_organization(
    *, viewer: Viewer, values: dict[str, Any], organization: Organization | None = None, version: int = 0
) -> Organization:
    """Add an organization, or change ``organization`` if it still is in the ``version`` that was edited."""
    if not policies.can_manage_organizations(viewer):
        raise PermissionDenied(_("Only the secretariat adds and changes organizations."))
    if organization is None:
        held = Organization()
    else:
        held = Organization.objects.select_for_update().get(pk=organization.pk)
        if held.version != version:
            raise StaleEdit(_("Somebody else saved this organization in the meantime."), held)
    for name, value in values.items():
        setattr(held, name, value)
    held.sort_name = fold(held.name)[:200]
    if (
        Organization.objects.exclude(pk=held.pk)
        .filter(merged_into=None)
        .filter(sort_name=held.sort_name, country=held.country)
        .exists()
    ):
        raise Refused(_("There is an organization of this name in this country already."), "name")
    held.slug = held.slug or free_slug(held.name, Organization.objects.all(), RESERVED_SLUGS)
    held.version = (held.version or 0) + 1 if held.pk else 1
    held.save()
    bump(PEOPLE)
    search.index(KIND, held.pk)
    return held
