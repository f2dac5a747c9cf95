"""What this room holds about a person: what she reported, and why moderators acted on what she did."""

from typing import Any

from django.utils.translation import gettext as _

from communities.moderation.models import ModerationLogEntry, ModerationReason, Report


def export(user: Any) -> dict:
    acts = ModerationLogEntry.objects.filter(concerns=user.actor_id).order_by("pk")
    reasons = ModerationReason.objects.in_bulk([act.pk for act in acts])
    return {
        _("Reports you made"): [
            {_("Made"): row.at, _("What is wrong"): row.get_reason_display(), _("In your words"): row.note}
            for row in Report.objects.filter(by=user).order_by("pk")
        ],
        _("What moderators did about you"): [
            {
                _("When"): act.at,
                _("What"): act.get_act_display(),
                _("Reason"): reasons[act.pk].text if act.pk in reasons else "",
            }
            for act in acts
        ],
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """Words go; the log keeps its numbers under a pseudonym that leads nowhere any more."""
    Report.objects.filter(by=user).update(note="", by=None)
    concerning = ModerationLogEntry.objects.filter(concerns=user.actor_id)
    ModerationReason.objects.filter(entry_id__in=list(concerning.values_list("pk", flat=True))).delete()
