"""Asking another moderator to look again, once, and answering that."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from communities import actions as communities
from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import actions as forums
from communities.models import Community, Membership
from communities.moderation import policies
from communities.moderation.enums import AppealOutcome
from communities.moderation.models import Appeal, ModerationLogEntry
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@deed
def appeal(*, viewer: Viewer, entry: ModerationLogEntry, words: str) -> Appeal:
    """Ask for another look at what was decided about oneself; asking again leads to the first appeal."""
    demand(policies.can_appeal(viewer, entry), _("You cannot appeal against this."))
    community = Community.objects.select_for_update().get(pk=entry.community_id)
    made, is_new = Appeal.objects.get_or_create(
        entry_id=entry.pk,
        defaults={
            "community": community,
            "act": entry.act,
            "actor": entry.actor,
            "post_id": entry.target_id if entry.target_kind == "post" else None,
            "by": viewer.user,
            "words": words,
        },
    )
    if is_new:
        announce(f"community:{community.pk}", "moderation.appealed", appeal=made.pk)
    return made


@deed
def grant(*, viewer: Viewer, appeal: Appeal, reason: str) -> None:
    """The decision is taken back, as far as it still has an effect."""
    current = _waiting(viewer, appeal)
    take_back = _TAKEN_BACK.get(Act(current.act))
    if take_back:
        take_back(viewer, current, reason)
    _answer(viewer, current, AppealOutcome.GRANTED, Act.APPEAL_GRANTED, reason)


@deed
def dismiss_appeal(*, viewer: Viewer, appeal: Appeal, reason: str) -> None:
    """The decision stands."""
    _answer(viewer, _waiting(viewer, appeal), AppealOutcome.DISMISSED, Act.APPEAL_DISMISSED, reason)


@deed
def reopen_appeal(*, viewer: Viewer, appeal: Appeal) -> None:
    """That the decision stands was said by a slip. A granted appeal has had its effect and stays."""
    appeals = Appeal.objects.select_for_update(of=("self",)).select_related("community", "post")
    current = appeals.get(pk=appeal.pk)
    if current.decided_by_id != viewer.user_id or current.outcome != AppealOutcome.DISMISSED:
        raise Refused(_("This decision cannot be taken back any more."))
    current.outcome, current.answer, current.decided_at, current.decided_by = "", "", None, None
    current.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    target = ("appeal", current.pk)
    record(Act.DECISION_UNDONE, current.community, viewer, target, concerns=current.named)


def _waiting(viewer: Viewer, appeal: Appeal) -> Appeal:
    demand(
        Appeal.objects.decidable_by(viewer).filter(pk=appeal.pk).exists(),
        _("A moderator who has not decided before decides about an appeal, and never about her own."),
    )
    appeals = Appeal.objects.select_for_update(of=("self",)).select_related("community", "post")
    current = appeals.get(pk=appeal.pk)
    if current.decided_at is not None:
        raise Refused(_("Somebody has decided about this appeal in the meantime."))
    return current


def _answer(viewer: Viewer, appeal: Appeal, outcome: AppealOutcome, act: Act, answer: str) -> None:
    appeal.outcome, appeal.answer = outcome, answer
    appeal.decided_at, appeal.decided_by = timezone.now(), viewer.user
    appeal.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    target = ("appeal", appeal.pk)
    record(act, appeal.community, viewer, target, concerns=appeal.named, reason=answer)
    announce(f"community:{appeal.community_id}", "moderation.appeal_answered", appeal=appeal.pk)


def _post(viewer: Viewer, appeal: Appeal, reason: str) -> None:
    if appeal.post is not None:
        forums.restore(viewer=viewer, post=appeal.post, reason=reason)


def _membership(appeal: Appeal) -> Membership | None:
    current = Membership.objects.current().select_related("community")
    return current.filter(community=appeal.community_id, user=appeal.by_id).first()


def _silence(viewer: Viewer, appeal: Appeal, reason: str) -> None:
    member = _membership(appeal)
    if member is not None and member.silences.running().exists():
        communities.let_speak(viewer, member, reason)


def _suspension(viewer: Viewer, appeal: Appeal, reason: str) -> None:
    member = _membership(appeal)
    if member is not None and member.suspensions.running().exists():
        communities.let_back(viewer, member, reason)


#: How what was decided is taken back; words are answered with words.
_TAKEN_BACK: dict[Act, Callable[[Viewer, Appeal, str], None]] = {
    Act.POST_HIDDEN: _post,
    Act.POST_REJECTED: _post,
    Act.MEMBER_SILENCED: _silence,
    Act.MEMBER_SUSPENDED: _suspension,
}
