"""Posts that repeat sealed knowledge: what its holders decided about them is done here."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import record
from communities.enums import Act
from communities.forums.actions.counting import locked_post
from communities.forums.actions.writing import publish
from communities.forums.enums import PostState
from communities.forums.knowledge import RULE, paragraph
from communities.forums.models import Hold, Post, Thread
from network.consent.copies import Desk, Waiting
from network.consent.tokens import Token, find
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


def waiting(tokens: Iterable[Token], viewer: Viewer) -> dict[Token, Waiting]:
    """Two queries; a discussion that the viewer may not open is not named to her."""
    posts = list(
        Post.objects.held()
        .filter(html__in=[paragraph(token) for token in tokens])
        .select_related("author", "thread")
    )
    open_to_her = Thread.objects.visible_to(viewer).filter(pk__in={post.thread_id for post in posts})
    named = set(open_to_her.values_list("pk", flat=True))
    return {
        next(find(post.html)): Waiting(
            who=post.signature,
            where=post.thread.title if post.thread_id in named else _("A discussion that you cannot open"),
            since=post.written_at,
        )
        for post in posts
    }


@deed
def put_reference(copy: Token, reference: Token, viewer: Viewer) -> bool:
    """The post stands, with the reference in it; where a moderator has to read it too, it goes on waiting."""
    post = _waits_with(copy)
    if post is None:
        return False
    post.html = paragraph(reference)
    rules = _end_hold(post, viewer, "")
    if rules:
        post.save(update_fields=["html"])
        Hold.objects.create(post=post, rules=rules)
    else:
        publish(post, post.thread, timezone.now())
    _log(viewer, post, Act.POST_APPROVED)
    return True


@deed
def give_back(copy: Token, reason: str, viewer: Viewer) -> bool:
    """The post does not stand; its author reads why, and her own words."""
    post = _waits_with(copy)
    if post is None:
        return False
    post.state = PostState.REJECTED
    post.save(update_fields=["state"])
    _end_hold(post, viewer, reason)
    _log(viewer, post, Act.POST_REJECTED, reason)
    announce(f"community:{post.thread.forum.community_id}", "moderation.turned_down", post=post.pk)
    return True


DESK = Desk(waiting=waiting, put_reference=put_reference, give_back=give_back)


def _waits_with(copy: Token) -> Post | None:
    found = Post.objects.held().filter(html=paragraph(copy)).first()
    if found is None:
        return None
    post = locked_post(found)
    return post if post.state == PostState.HELD else None


def _end_hold(post: Post, viewer: Viewer, reason: str) -> list[str]:
    """End the hold; the rules that others still have to look at."""
    holds = list(post.holds.filter(ended_at=None))
    post.holds.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=viewer.user, reason=reason)
    return [rule for hold in holds for rule in hold.rules if rule != RULE]


def _log(viewer: Viewer, post: Post, act: Act, reason: str = "") -> None:
    community = post.thread.forum.community
    record(act, community, viewer, ("post", post.pk), concerns=post.author_id, reason=reason)
