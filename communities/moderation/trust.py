"""How far a member is trusted in a community: counted from what she did there."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from communities.enums import Act, Capacity
from communities.forums.enums import PostState
from communities.forums.models import Hiding, Hold, Post, ReadMark
from communities.models import Community, Invitation, Mandate
from communities.moderation.models import RuleBook, Standing
from communities.policies import can_facilitate
from network.consent.models import Authority
from network.foundations.viewer import Viewer

#: What the report of a person counts who has been here for a while; one of a fresh account counts half.
FULL_WEIGHT = 2
FRESH_WEIGHT = 1
FRESH = timedelta(days=7)
#: A post that was hidden longer ago is forgotten.
REMEMBERED = timedelta(days=90)
#: So many threads that she has read count like one post.
READ_LIKE_A_POST = 10
#: A counter that is older is counted again.
KEPT_FOR = timedelta(days=1)
#: Acts that change what a member may do at once.
WEIGHTY = frozenset(
    {Act.POST_APPROVED, Act.POST_REJECTED, Act.POST_HIDDEN, Act.POST_SHOWN, Act.DECISION_UNDONE}
)


def count(user_id: int, community_id: int) -> Standing:
    """Count it anew and keep it: five questions, however much she wrote."""
    return _save(_counted(user_id, community_id))


def _counted(user_id: int, community_id: int) -> Standing:
    hers = Post.objects.filter(author=user_id, thread__forum__community=community_id)
    since = timezone.now() - REMEMBERED
    hidden = Hiding.objects.filter(post__in=hers, since__gte=since, ended_at=None).exclude(by=None)
    turned_down = Hold.objects.filter(post__in=hers.filter(state=PostState.REJECTED), ended_at__gte=since)
    read = ReadMark.objects.filter(user=user_id, thread__forum__community=community_id)
    return Standing(
        community_id=community_id,
        user_id=user_id,
        posts=hers.published().count(),
        threads_read=read.count(),
        hidden=hidden.count() + turned_down.count(),
        vouched=_vouched(user_id, community_id),
        counted_at=timezone.now(),
    )


def _save(standing: Standing) -> Standing:
    fields = ["posts", "threads_read", "hidden", "vouched", "counted_at"]
    Standing.objects.bulk_create(
        [standing], update_conflicts=True, unique_fields=["community", "user"], update_fields=fields
    )
    return standing


def _vouched(user_id: int, community_id: int) -> bool:
    """Somebody answers for her: those for whom she speaks, or a focal point who invited her."""
    granted = Mandate.objects.standing().filter(
        user=user_id, community=community_id, granted_at__isnull=False
    )
    nominated = Invitation.objects.filter(
        accepted_by=user_id, community=community_id, nominated_for__isnull=False
    )
    return granted.exists() or nominated.exists()


def of(user_id: int, community_id: int, *, keep: bool = True) -> Standing:
    """As it was counted last, or counted now where that is long ago."""
    found = Standing.objects.filter(user=user_id, community=community_id).first()
    if found is not None and is_fresh(found):
        return found
    return count(user_id, community_id) if keep else _counted(user_id, community_id)


def is_fresh(standing: Standing) -> bool:
    return timezone.now() - standing.counted_at < KEPT_FOR


def is_trusted(standing: Standing, book: RuleBook) -> bool:
    """Who is vouched for is; others by what they read and wrote, as long as nothing of that was removed."""
    if standing.vouched:
        return True
    if standing.hidden or not standing.posts:
        return False
    return standing.posts + standing.threads_read // READ_LIKE_A_POST >= book.trusted_after


def weight(viewer: Viewer, community: Community) -> int:
    """What a report of hers counts."""
    joined = viewer.user.date_joined
    if timezone.now() - joined < FRESH and not can_facilitate(viewer, community):
        return FRESH_WEIGHT
    return FULL_WEIGHT


def is_protected(post: Post) -> bool:
    """Whether only a person may hide it: it speaks for others, or its author does for a people."""
    if post.mandate_id is not None:
        return True
    if post.author_id is None:
        return False
    community = post.thread.forum.community_id
    speaks = Mandate.objects.standing().filter(user=post.author_id, community=community)
    peoples = speaks.filter(Q(capacity=Capacity.PEOPLES) & Q(granted_at__isnull=False))
    return peoples.exists() or Authority.objects.in_force().filter(user=post.author_id).exists()
