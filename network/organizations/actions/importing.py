"""Bringing in a list of organizations: known by name and country, so it is safe to repeat."""

from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations.actions.organizations import save_organization
from network.organizations.models import Organization
from network.search.analyser import fold


class Brought(Enum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@deed
def bring_in(*, viewer: Viewer, values: dict[str, Any]) -> Brought:
    """Add what is not there; of what is, write only what the list says: an empty cell changes nothing."""
    named = Organization.objects.filter(sort_name=fold(values["name"])[:200], country=values.get("country"))
    held = named.select_for_update(of=("self",)).first()
    if held is not None and held.merged_into_id:
        raise Refused(_("This organization has been merged into another one."))
    if held is None:
        save_organization(viewer=viewer, values=values)
        return Brought.ADDED
    said = {name: value for name, value in values.items() if value}
    told = {name: getattr(held, name) for name in said}
    if told == said:
        return Brought.UNCHANGED
    save_organization(viewer=viewer, values=told | said, organization=held, version=held.version)
    return Brought.CHANGED
