"""'These posts are mine': asking for posts that came in under another account, and deciding about it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import actions as forums
from communities.forums.knowledge import refuse_copies
from communities.forums.models import Post
from communities.moderation import policies, trust
from communities.moderation.enums import ClaimOutcome
from communities.moderation.models import Claim
from network.experts.actions.roster import is_claimed
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@deed
def claim(*, viewer: Viewer, post: Post, words: str) -> Claim:
    """Say that imported posts of this author are one's own. Said again while it waits it changes nothing."""
    demand(
        policies.can_claim(viewer, post), _("Only posts that were brought in from elsewhere can be claimed.")
    )
    author, community = post.author, post.thread.forum.community
    if author is None or is_claimed(author):
        raise Refused(
            _("Somebody signs in as this author. Sign in with the address that these posts came from.")
        )
    refuse_copies(viewer, words, "words")
    made, is_new = Claim.objects.waiting().get_or_create(
        community=community, author=author, by=viewer.user, defaults={"words": words, "post": post}
    )
    if is_new:
        announce(f"community:{community.pk}", "moderation.claimed", claim=made.pk)
    return made


@deed
def grant_claim(*, viewer: Viewer, claim: Claim, reason: str = "") -> None:
    """The posts are hers from now on, in this community."""
    current = _waiting(viewer, claim)
    if is_claimed(current.author):
        raise Refused(_("Somebody signs in as this author by now. Decline the claim."))
    given = forums.give_imported(
        viewer=viewer, community=current.community, old=current.author_id, new=current.by_id
    )
    current.given = given.posts
    _answer(viewer, current, ClaimOutcome.GRANTED, Act.CLAIM_GRANTED, reason)
    trust.count(current.by_id, current.community_id)


@deed
def decline_claim(*, viewer: Viewer, claim: Claim, reason: str) -> None:
    """The posts stay where they are; she reads why."""
    _answer(viewer, _waiting(viewer, claim), ClaimOutcome.DECLINED, Act.CLAIM_DECLINED, reason)


@deed
def reopen_claim(*, viewer: Viewer, claim: Claim) -> None:
    """The decision was a slip: it waits again, and posts that were given go back."""
    current = _locked(claim)
    demand(policies.can_decide_claim(viewer, current))
    again = Claim.objects.waiting().filter(community=current.community, author=current.author, by=current.by)
    if current.decided_at is None or current.decided_by_id != viewer.user_id or again.exists():
        raise Refused(_("This decision cannot be taken back any more."))
    if current.given:
        forums.take_imported_back(
            viewer=viewer,
            community=current.community,
            posts=current.given,
            old=current.author_id,
            new=current.by_id,
        )
        trust.count(current.by_id, current.community_id)
    current.outcome, current.answer, current.given = "", "", []
    current.decided_at = current.decided_by = None
    current.save()
    record(Act.DECISION_UNDONE, current.community, viewer, ("claim", current.pk), concerns=current.by_id)


def _locked(claim: Claim) -> Claim:
    claims = Claim.objects.select_for_update(of=("self",)).select_related("community", "author", "by")
    return claims.get(pk=claim.pk)


def _waiting(viewer: Viewer, claim: Claim) -> Claim:
    current = _locked(claim)
    demand(
        policies.can_decide_claim(viewer, current),
        _("Moderators decide about claims, and never about their own."),
    )
    if current.decided_at is not None:
        raise Refused(_("Somebody has decided about this claim in the meantime."))
    return current


def _answer(viewer: Viewer, claim: Claim, outcome: ClaimOutcome, act: Act, reason: str) -> None:
    claim.outcome, claim.answer = outcome, reason
    claim.decided_at, claim.decided_by = timezone.now(), viewer.user
    claim.save()
    record(act, claim.community, viewer, ("claim", claim.pk), concerns=claim.by_id, reason=reason)
    announce(f"community:{claim.community_id}", "moderation.claim_answered", claim=claim.pk)
