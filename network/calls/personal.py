"""What this room holds about a person: what she nominated, and where she sat in a panel."""

from typing import Any

from django.utils.translation import gettext as _

from network.calls.models import Case, PanelMember


def export(user: Any) -> dict:
    return {
        _("What you submitted"): [
            {
                _("Call"): str(case.call),
                _("Party"): str(case.party),
                _("Begun"): case.created_at,
                _("Submitted"): case.submitted_at,
            }
            for case in Case.objects.filter(nominator=user).select_related("call", "party")
        ],
        _("Panels you sat in"): [
            {_("Call"): str(seat.call), _("Since"): seat.seated_at}
            for seat in PanelMember.objects.filter(person=user).select_related("call")
        ],
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """Nothing is deleted: a finished procedure has to be traceable, and its records name nobody. They point
    to the person's row, which is emptied, and carry a pseudonym that leads nowhere any more."""
