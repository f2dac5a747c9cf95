"""What those who look after a community do to threads and posts; each act is rung and shown in the log."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import policies
from communities.forums.actions.counting import locked, recount, uncount
from communities.forums.actions.writing import publish
from communities.forums.enums import PostState, ThreadEventKind
from communities.forums.models import Hiding, Post, Thread, ThreadEvent
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@transaction.atomic
def pin(*, viewer: Viewer, thread: Thread) -> None:
    """Keep a thread on top of its forum."""
    demand(policies.can_pin(viewer, thread))
    _set(viewer, thread, "pinned_at", True, ThreadEventKind.PINNED, Act.THREAD_PINNED)


@transaction.atomic
def unpin(*, viewer: Viewer, thread: Thread) -> None:
    demand(policies.can_pin(viewer, thread))
    _set(viewer, thread, "pinned_at", False, ThreadEventKind.UNPINNED, Act.THREAD_UNPINNED)


@transaction.atomic
def lock(*, viewer: Viewer, thread: Thread, reason: str) -> None:
    """Nobody replies to or edits in the thread any more; the reason stands in it for all to read."""
    demand(policies.can_lock(viewer, thread))
    _set(viewer, thread, "locked_at", True, ThreadEventKind.LOCKED, Act.THREAD_LOCKED, reason)


@transaction.atomic
def unlock(*, viewer: Viewer, thread: Thread, reason: str = "") -> None:
    demand(policies.can_lock(viewer, thread))
    _set(viewer, thread, "locked_at", False, ThreadEventKind.UNLOCKED, Act.THREAD_UNLOCKED, reason)


def _set(
    viewer: Viewer,
    thread: Thread,
    field: str,
    wanted: bool,
    kind: ThreadEventKind,
    act: Act,
    reason: str = "",
) -> None:
    """Write the state, the event and the log; doing what is done already changes nothing."""
    current = locked(thread)
    if (getattr(current, field) is not None) == wanted:
        return
    now = timezone.now()
    setattr(current, field, now if wanted else None)
    current.save(update_fields=[field])
    ThreadEvent.objects.create(
        thread=current,
        kind=kind,
        actor=viewer.user,
        at=now,
        after_number=current.last_number,
        reason=reason,
    )
    record(act, current.forum.community, viewer, ("thread", current.pk), reason=reason)
    announce(f"thread:{current.pk}", kind.value)


@transaction.atomic
def hide(*, viewer: Viewer, post: Post, reason: str) -> None:
    """Take a published post out of sight: its place stays, its words remain for author and moderators."""
    current, thread = _case(viewer, post, PostState.PUBLISHED)
    current.state = PostState.HIDDEN
    current.save(update_fields=["state"])
    Hiding.objects.create(post=current, by=viewer.user, reason=reason)
    uncount(current, thread)
    _tell(viewer, current, thread, Act.POST_HIDDEN, "hidden", reason)


@transaction.atomic
def show_again(*, viewer: Viewer, post: Post, reason: str = "") -> None:
    current, thread = _case(viewer, post, PostState.HIDDEN)
    current.state = PostState.PUBLISHED
    current.save(update_fields=["state"])
    current.hidings.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=viewer.user)
    recount(current, thread)
    _tell(viewer, current, thread, Act.POST_SHOWN, "shown", reason)


@transaction.atomic
def approve(*, viewer: Viewer, post: Post) -> Post:
    """Let a waiting post go out; it takes its place now, so that nobody who has read on misses it."""
    current, thread = _case(viewer, post, PostState.HELD)
    _end_hold(current, viewer, "")
    publish(current, thread, timezone.now())
    _log(viewer, current, thread, Act.POST_APPROVED, "")
    return current


@transaction.atomic
def turn_down(*, viewer: Viewer, post: Post, reason: str) -> None:
    """A waiting post does not go out; the author reads why."""
    current, thread = _case(viewer, post, PostState.HELD)
    current.state = PostState.REJECTED
    current.save(update_fields=["state"])
    _end_hold(current, viewer, reason)
    _log(viewer, current, thread, Act.POST_REJECTED, reason)
    announce(f"community:{thread.forum.community_id}", "moderation.turned_down", post=current.pk)


def _case(viewer: Viewer, post: Post, state: PostState) -> tuple[Post, Thread]:
    """The post and its thread, locked; refused where somebody else has decided in the meantime."""
    thread = locked(post.thread)
    current = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    current.thread = thread
    demand(
        policies.can_moderate_post(viewer, current),
        _("Moderators decide about this post, and never about their own."),
    )
    if current.state != state:
        raise Refused(_("Somebody has decided about this post in the meantime."))
    return current, thread


def _end_hold(post: Post, viewer: Viewer, reason: str) -> None:
    post.holds.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=viewer.user, reason=reason)


def _tell(viewer: Viewer, post: Post, thread: Thread, act: Act, kind: str, reason: str) -> None:
    _log(viewer, post, thread, act, reason)
    announce(f"thread:{thread.pk}", kind, post=post.pk)


def _log(viewer: Viewer, post: Post, thread: Thread, act: Act, reason: str) -> None:
    record(act, thread.forum.community, viewer, ("post", post.pk), concerns=post.author_id, reason=reason)
