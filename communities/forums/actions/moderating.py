"""What those who look after a community do to threads and posts; each act is rung and shown in the log."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, record, record_rule
from communities.enums import Act
from communities.forums import knowledge, policies
from communities.forums.actions.answering import forget_answer
from communities.forums.actions.counting import locked, locked_post, recount, tell, uncount
from communities.forums.actions.writing import publish, rewrite
from communities.forums.enums import PostState, ThreadEventKind
from communities.forums.models import Hiding, Post, Thread, ThreadEvent
from network.accounts.models import User
from network.consent.tokens import find
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@deed
def pin(*, viewer: Viewer, thread: Thread) -> None:
    """Keep a thread on top of its forum."""
    demand(policies.can_pin(viewer, thread))
    _set(viewer, thread, "pinned_at", True, ThreadEventKind.PINNED, Act.THREAD_PINNED)


@deed
def unpin(*, viewer: Viewer, thread: Thread) -> None:
    demand(policies.can_pin(viewer, thread))
    _set(viewer, thread, "pinned_at", False, ThreadEventKind.UNPINNED, Act.THREAD_UNPINNED)


@deed
def lock(*, viewer: Viewer, thread: Thread, reason: str) -> None:
    """Nobody replies to or edits in the thread any more; the reason stands in it for all to read."""
    demand(policies.can_lock(viewer, thread))
    _set(viewer, thread, "locked_at", True, ThreadEventKind.LOCKED, Act.THREAD_LOCKED, reason)


@deed
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
    knowledge.refuse_copies(viewer, reason, "reason")
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
    tell(current, kind.value)


@deed
def hide(*, viewer: Viewer, post: Post, reason: str) -> None:
    """Take a published post out of sight: its place stays, its words remain for author and moderators."""
    current, thread = _case(viewer, post, PostState.PUBLISHED)
    _hide(current, thread, by=viewer.user, reason=reason)
    forget_answer(viewer, thread, current)
    _tell(viewer, current, thread, Act.POST_HIDDEN, "hidden", reason)


@deed
def hold_back(*, post: Post, reason: str) -> None:
    """Hide a published post until a moderator decides, by what the community has settled beforehand."""
    current = locked_post(post)
    thread = current.thread
    if current.state == PostState.PUBLISHED:
        _hide(current, thread, by=None, reason=reason)
        author = current.author_id
        record_rule(
            Act.POST_HELD_BACK, thread.forum.community, ("post", current.pk), concerns=author, reason=reason
        )
        tell(thread, "hidden", post=current.pk)


def _hide(post: Post, thread: Thread, *, by: User | None, reason: str) -> None:
    post.state = PostState.HIDDEN
    post.save(update_fields=["state"])
    Hiding.objects.create(post=post, by=by, reason=reason)
    uncount(post, thread)


@deed
def show_again(*, viewer: Viewer, post: Post, reason: str = "") -> None:
    current, thread = _case(viewer, post, PostState.HIDDEN)
    _show(current, thread, viewer)
    _tell(viewer, current, thread, Act.POST_SHOWN, "shown", reason)


@deed
def restore(*, viewer: Viewer, post: Post, reason: str) -> None:
    """Let a hidden post or one that was turned down stand after all. Whether ``viewer`` may decide so is
    asked by the caller: it may be somebody who reads nothing else here."""
    current = locked_post(post)
    thread = current.thread
    if current.state == PostState.HIDDEN:
        _show(current, thread, viewer)
        _tell(viewer, current, thread, Act.POST_SHOWN, "shown", reason)
    elif current.state == PostState.REJECTED:
        publish(current, thread, timezone.now())
        _log(viewer, current, thread, Act.POST_APPROVED, reason)


def _show(post: Post, thread: Thread, viewer: Viewer) -> None:
    post.state = PostState.PUBLISHED
    post.save(update_fields=["state"])
    post.hidings.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=viewer.user)
    recount(post, thread)


@deed
def approve(*, viewer: Viewer, post: Post) -> Post:
    """Let a waiting post go out; it takes its place now, so that nobody who has read on misses it."""
    current, thread = _waiting(viewer, post)
    if thread.forum.community.is_closed:
        raise Refused(_("This community is closed: nothing goes out any more."))
    if current.repeats_knowledge:
        raise Refused(_("This repeats sealed knowledge. Its holders decide whether it goes out."))
    _end_hold(current, viewer, "")
    if current.state == PostState.HIDDEN:
        _show(current, thread, viewer)
        tell(thread, "shown", post=current.pk)
    else:
        publish(current, thread, timezone.now())
    _log(viewer, current, thread, Act.POST_APPROVED, "")
    return current


@deed
def turn_down(*, viewer: Viewer, post: Post, reason: str) -> None:
    """A waiting post does not go out; the author reads why. One that was out already stays hidden."""
    current, thread = _waiting(viewer, post)
    if current.state == PostState.HELD:
        current.state = PostState.REJECTED
        current.save(update_fields=["state"])
    _end_hold(current, viewer, reason)
    _log(viewer, current, thread, Act.POST_REJECTED, reason)
    announce(f"community:{thread.forum.community_id}", "moderation.turned_down", post=current.pk)


@deed
def return_to_author(*, viewer: Viewer, post: Post, reason: str) -> None:
    """A waiting post goes back to its author, who mends it and sends it again."""
    current, thread = _case(viewer, post, PostState.HELD)
    if current.repeats_knowledge:
        raise Refused(_("This repeats sealed knowledge. Its holders decide whether it goes out."))
    if not current.holds.waiting().update(returned_at=timezone.now(), reason=reason):
        raise Refused(_("Somebody has decided about this post in the meantime."))
    _log(viewer, current, thread, Act.POST_RETURNED, reason)
    announce(f"community:{thread.forum.community_id}", "moderation.returned", post=current.pk)


@deed
def amend(*, viewer: Viewer, post: Post, html: str, version: int, note: str) -> Post:
    """Edit somebody else's words; the note stands below them, and what stood there in the history."""
    current = locked_post(post)
    thread = current.thread
    demand(
        policies.can_amend(viewer, current),
        _("Moderators decide about this post, and never about their own."),
    )
    if set(find(html)) - set(find(current.html)):
        raise Refused(_("Nobody puts knowledge into the words of somebody else."), "html")
    knowledge.refuse_copies(viewer, note, "note")
    rewrite(viewer, current, html, version)
    current.moderator_note = note
    current.save(update_fields=["moderator_note"])
    _log(viewer, current, thread, Act.POST_AMENDED, note)
    if current.state == PostState.PUBLISHED:
        tell(thread, "edited", post=current.pk)
    announce(f"community:{thread.forum.community_id}", "moderation.amended", post=current.pk)
    return current


@deed
def wait_again(*, viewer: Viewer, post: Post) -> None:
    """A decision about a waiting post was a slip: it waits as before. One that is out is hidden meanwhile."""
    current = locked_post(post)
    thread = current.thread
    demand(policies.can_moderate_post(viewer, current))
    hold = current.holds.order_by("-pk").first()
    if hold is None or (hold.ended_at is None and hold.returned_at is None):
        raise Refused(_("This decision cannot be taken back any more."))
    hold.ended_at, hold.ended_by, hold.returned_at, hold.reason = None, None, None, ""
    hold.save(update_fields=["ended_at", "ended_by", "returned_at", "reason"])
    if current.state == PostState.PUBLISHED:
        _hide(current, thread, by=viewer.user, reason=_("It waits for a moderator."))
        forget_answer(viewer, thread, current)
        tell(thread, "hidden", post=current.pk)
    elif current.state == PostState.REJECTED:
        current.state = PostState.HELD
        current.save(update_fields=["state"])
    _log(viewer, current, thread, Act.DECISION_UNDONE, "")


def _case(viewer: Viewer, post: Post, *states: PostState) -> tuple[Post, Thread]:
    """The post and its thread, locked; refused where somebody else has decided in the meantime."""
    current = locked_post(post)
    demand(
        policies.can_moderate_post(viewer, current),
        _("Moderators decide about this post, and never about their own."),
    )
    if current.state not in states:
        raise Refused(_("Somebody has decided about this post in the meantime."))
    return current, current.thread


def _waiting(viewer: Viewer, post: Post) -> tuple[Post, Thread]:
    """The same for a post that waits, also where it was out for a moment."""
    current, thread = _case(viewer, post, PostState.HELD, PostState.HIDDEN)
    if not current.holds.open().exists():
        raise Refused(_("Somebody has decided about this post in the meantime."))
    return current, thread


def _end_hold(post: Post, viewer: Viewer, reason: str) -> None:
    post.holds.open().update(ended_at=timezone.now(), ended_by=viewer.user, reason=reason)


def _tell(viewer: Viewer, post: Post, thread: Thread, act: Act, kind: str, reason: str) -> None:
    _log(viewer, post, thread, act, reason)
    tell(thread, kind, post=post.pk)


def _log(viewer: Viewer, post: Post, thread: Thread, act: Act, reason: str) -> None:
    record(act, thread.forum.community, viewer, ("post", post.pk), concerns=post.author_id, reason=reason)
