"""What moderation holds about a person: her reports and appeals, reasons, notes and counts about her."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from communities.moderation.models import (
    Appeal,
    Away,
    Claim,
    Look,
    MailedDecision,
    ModerationLogEntry,
    ModerationReason,
    ModNote,
    Move,
    Report,
    Standing,
)
from network.accounts.merging import pseudonyms
from network.accounts.models import User


def export(person: User) -> dict[str, Any]:
    """Her reports and what came of them; what was decided about her, with the reason."""
    acts = ModerationLogEntry.objects.filter(concerns__in=pseudonyms(person.pk))
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
        _("Appeals"): [
            {
                _("Sent"): appeal.at,
                _("Against"): appeal.get_act_display(),
                _("In your words"): appeal.words,
                _("Outcome"): appeal.get_outcome_display(),
                _("Reason"): appeal.answer,
            }
            for appeal in Appeal.objects.filter(by=person)
        ],
        _("Claims of imported posts"): [
            {
                _("Sent"): claim.at,
                _("In your words"): claim.words,
                _("Outcome"): claim.get_outcome_display(),
                _("Reason"): claim.answer,
            }
            for claim in Claim.objects.filter(by=person)
        ],
        _("Notes of moderators about you"): [
            {_("Community"): note.community.name, _("When"): note.at, _("Note"): note.text}
            for note in ModNote.objects.filter(about=person).select_related("community")
        ],
        _("How far you are trusted"): [
            {
                _("Community"): row.community.name,
                _("Posts"): row.posts,
                _("Threads read"): row.threads_read,
                _("Posts hidden lately"): row.hidden,
                _("Somebody answers for you"): row.vouched,
            }
            for row in Standing.objects.filter(user=person).select_related("community")
        ],
        _("Time away from moderating"): [
            {_("Until"): row.until, _("What others should know"): row.note}
            for row in Away.objects.filter(user=person)
        ],
    }


def erase(person: User, keep_contributions: bool) -> None:
    """The log keeps codes under a pseudonym that leads nowhere any more; the words about her go."""
    acts = ModerationLogEntry.objects.filter(concerns__in=pseudonyms(person.pk))
    ModerationReason.objects.filter(entry_id__in=acts.values("pk")).delete()
    Report.objects.filter(by=person).update(by=None, note="")
    Appeal.objects.filter(by=person).delete()
    Claim.objects.filter(Q(by=person) | Q(author=person)).delete()
    ModNote.objects.filter(about=person).delete()
    Away.objects.filter(user=person).delete()
    Standing.objects.filter(user=person).delete()
    Look.objects.filter(by=person).delete()
    MailedDecision.objects.filter(by=person).delete()
    Move.objects.filter(by=person).delete()
