"""What this room holds about a person: the appeals that she filed for her Party."""

from typing import Any

from django.utils.translation import gettext as _

from network.awards.models import Appeal


def export(user: Any) -> dict:
    return {
        _("Appeals that you filed"): [
            {
                _("Nomination"): str(appeal.nomination),
                _("Filed"): appeal.filed_at,
                _("Appeal"): appeal.text,
                _("Answer"): appeal.answer,
            }
            for appeal in Appeal.objects.filter(filed_by=user).select_related("nomination__case__party")
        ]
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """Nothing is deleted: an appeal is the Party's, and the row that it points to is emptied."""
