"""What this room holds about a person: of whom she is one, and for whom she may speak."""

from typing import Any

from django.utils.translation import gettext as _

from network.consent.models import Authority, Standing


def export(user: Any) -> dict:
    return {
        _("Holders you belong to"): [
            {_("Holders"): str(row.holder), _("Since"): row.since, _("Until"): row.until}
            for row in Standing.objects.filter(user=user).select_related("holder")
        ],
        _("Holders you speak for"): [
            {
                _("Holders"): str(row.holder),
                _("Office"): row.office,
                _("Since"): row.since,
                _("Until"): row.until,
            }
            for row in Authority.objects.filter(user=user).select_related("holder")
        ],
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """Records of consent keep the number of the authority that they rest on, and no name."""
    Authority.objects.filter(user=user).delete()
    Standing.objects.filter(user=user).delete()
