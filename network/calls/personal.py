"""What this room holds about a person: what she nominated, and where she sat in a panel."""

from typing import Any

from django.utils.translation import gettext as _

from network.calls.models import Case, EndorsementLink, PanelMember, Remark, ReviewDraft


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
            {
                _("Call"): str(seat.call),
                _("Since"): seat.seated_at,
                _("Answer"): seat.get_state_display(),
                _("Languages"): seat.languages,
                _("Reason"): seat.declined_because,
            }
            for seat in PanelMember.objects.filter(person=user).select_related("call")
        ],
        _("Scores that you typed and did not hand in"): [
            {_("Scores"): draft.scores, _("Reasons"): draft.reasons, _("Saved"): draft.saved_at}
            for draft in ReviewDraft.objects.filter(assignment__member__person=user)
        ],
        _("What you said about nominations"): [
            {_("Remark"): remark.text, _("At"): remark.at}
            for remark in Remark.objects.filter(member__person=user)
        ],
        _("Letters that you typed in"): [
            {_("Call"): str(case.call), _("Party"): str(case.party), _("Dated"): case.letter_of}
            for case in Case.objects.filter(entered_by=user).select_related("call", "party")
        ],
        _("Links on which you wrote your name"): [
            {_("Endorsed"): link.used_at, _("Name"): link.signed_name}
            for link in EndorsementLink.objects.filter(email__iexact=user.email)
        ],
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """Drafts go. Nothing else is deleted: a finished procedure has to be traceable, and its records name
    nobody. They point to the person's row, which is emptied, and carry a pseudonym that leads nowhere any
    more."""
    ReviewDraft.objects.filter(assignment__member__person=user).delete()
    PanelMember.objects.filter(person=user).update(declined_because="")
    EndorsementLink.objects.filter(email__iexact=user.email).update(email="", signed_name="")
