"""What this room holds about a person: her appeals, and what she was told early."""

from typing import Any

from django.utils.translation import gettext as _

from network.awards.models import Appeal, EarlyNotice


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
        ],
        _("What you were told before a release"): [
            {
                _("Nomination"): str(notice.nomination),
                _("Name"): notice.name,
                _("Reason"): notice.reason,
                _("Sent"): notice.made_at,
                _("Opened"): notice.opened_at,
            }
            for notice in EarlyNotice.objects.filter(email__iexact=user.email).select_related(
                "nomination__case__party"
            )
        ],
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """Nothing is deleted: an appeal is the Party's, and the row that it points to is emptied."""
    EarlyNotice.objects.filter(email__iexact=user.email).update(name="", email="", reason="")
