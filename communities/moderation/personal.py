"""What moderation holds about a person: the reports that she made, and reasons that speak of her."""

from typing import Any

from django.utils.translation import gettext as _

from communities.moderation.models import ModerationLogEntry, ModerationReason, Report
from network.accounts.models import User


def export(person: User) -> dict[str, Any]:
    """Her reports and what came of them; what was decided about her, with the reason."""
    acts = ModerationLogEntry.objects.filter(concerns=person.actor_id)
    about_her = ModerationReason.objects.filter(entry_id__in=acts.values("pk"))
    reasons = dict(about_her.values_list("entry_id", "text"))
    return {
        _("Reports"): [
            {
                _("Sent"): report.at,
                _("What is wrong"): report.get_reason_display(),
                _("In your words"): report.note,
                _("Outcome"): report.get_outcome_display(),
                _("Reason"): report.answer,
            }
            for report in Report.objects.filter(by=person)
        ],
        _("Decisions about you"): [
            {_("When"): act.at, _("What"): act.get_act_display(), _("Reason"): reasons.get(act.pk, "")}
            for act in acts
        ],
    }


def erase(person: User, keep_contributions: bool) -> None:
    """The log keeps codes under a pseudonym that leads nowhere any more; the words about her go."""
    acts = ModerationLogEntry.objects.filter(concerns=person.actor_id)
    ModerationReason.objects.filter(entry_id__in=acts.values("pk")).delete()
    Report.objects.filter(by=person).update(by=None, note="")
