"""What this room holds about a person: her copy, and erasing it."""

from typing import Any

from django.utils.translation import gettext as _

from network.accounts.models import User
from network.organizations.models import Affiliation, FocalPoint


def export(person: User) -> dict[str, Any]:
    return {
        _("Affiliations"): [
            {
                _("Organization"): row.organization.name,
                _("Role"): row.role,
                _("Since"): row.since,
                _("Until"): row.until,
                _("Confirmed"): row.confirmed_at,
            }
            for row in Affiliation.objects.filter(person=person).select_related("organization")
        ],
        _("Focal point"): [
            {
                _("Country"): row.country.name,
                _("Role"): row.get_role_display(),
                _("Since"): row.since,
                _("Until"): row.until,
            }
            for row in FocalPoint.objects.filter(user=person).select_related("country")
        ],
    }


def erase(person: User, keep_contributions: bool) -> None:
    Affiliation.objects.filter(person=person).delete()
    FocalPoint.objects.filter(user=person).delete()
