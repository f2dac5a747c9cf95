"""Threads that appear at a time of their own: once, by the clock, whoever is late.

The worker lets them out, and so does whoever opens a page that they belong on: see
``docs/decisions/threads-with-a-time.md``.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, digest_of, record
from communities.enums import Act
from communities.forums import knowledge, policies
from communities.forums.actions.counting import locked
from communities.forums.actions.writing import EXCERPT_LENGTH, demand_time, expect, hold, name_people, publish
from communities.forums.enums import PostState
from communities.forums.mentions import named_in
from communities.forums.models import Forum, Hold, Mention, Post, Thread
from communities.forums.windows import is_writable
from network.accounts.models import User
from network.consent.actions.copying import let_go
from network.consent.tokens import find
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import public_id, readable_slug
from network.foundations.richtext import excerpt, to_text
from network.foundations.viewer import Viewer, viewer_for
from network.outbox.actions import announce

#: Why a thread waits for a moderator whose time came when its author did not write there any more.
RULE = "schedule"


def schedule_version(thread: Thread) -> str:
    """Names a thread that has not appeared: it differs as soon as its words or its time do."""
    return digest_of([thread.title, opening(thread).version, str(thread.appears_at), thread.appears_zone])


def opening(thread: Thread) -> Post:
    """The post that appears with it."""
    return thread.posts.get()


def is_rewritable(thread: Thread) -> bool:
    """Its words can still be changed here: what was sealed is deleted and written anew."""
    return not any(find(opening(thread).html))


@deed
def reschedule(
    *,
    viewer: Viewer,
    thread: Thread,
    appears_at: datetime,
    appears_zone: str,
    title: str | None = None,
    html: str | None = None,
    version: str | None = None,
) -> Thread:
    """Move the time of a thread that has not appeared; its author also changes its words. Nothing is kept of
    those that nobody has read."""
    current = _waiting(thread)
    demand(policies.can_reschedule(viewer, current))
    if version is not None and version != schedule_version(current):
        raise StaleEdit(_("Saved in the meantime"), current)
    if appears_at != current.appears_at:
        demand_time(viewer, current.forum, appears_at)
    if title is not None and html is not None:
        demand(policies.can_rewrite(viewer, current) and is_rewritable(current))
        _rewrite(viewer, current, title, html)
    current.appears_at, current.appears_zone = appears_at, appears_zone
    current.save(update_fields=["appears_at", "appears_zone"])
    expect(current.forum)
    return current


def _rewrite(viewer: Viewer, thread: Thread, title: str, html: str) -> None:
    knowledge.refuse_copies(viewer, title, "title")
    knowledge.refuse_copies(viewer, to_text(html), "html")
    post = opening(thread)
    named = named_in(viewer, thread.forum.community, html)
    Mention.objects.filter(post=post).delete()
    name_people(post, named)
    post.html, post.excerpt = named.html, excerpt(named.html, EXCERPT_LENGTH)
    post.version += 1
    post.save(update_fields=["html", "excerpt", "version"])
    thread.title, thread.slug = title, readable_slug(title, fallback=public_id(5))
    thread.save(update_fields=["title", "slug"])


@deed
def appear_now(*, viewer: Viewer, thread: Thread) -> Thread:
    """Let a thread appear before its time, as if it had been written now."""
    current = _waiting(thread)
    demand(policies.can_reschedule(viewer, current))
    now = timezone.now()
    if not is_writable(current.forum.window, now):
        raise Refused(_("Nobody writes in this forum at the moment."))
    _appear(current, now)
    return current


@deed
def delete_scheduled(*, viewer: Viewer, thread: Thread) -> None:
    """Nobody has read it: nothing remains. For its author."""
    current = _waiting(thread)
    demand(policies.can_rewrite(viewer, current))
    forget(current)


def forget(thread: Thread) -> None:
    """Delete a thread that nobody has read, with what only it refers to."""
    for token in find(opening(thread).html):
        let_go(token)
    thread.delete()
    expect(thread.forum)


@deed
def take_off(*, viewer: Viewer, thread: Thread, reason: str) -> None:
    """It does not appear. Its author keeps her words and reads why."""
    current = _waiting(thread)
    demand(policies.can_manage_forums(viewer, current.forum) and viewer.user_id != current.author_id)
    knowledge.refuse_copies(viewer, reason, "reason")
    post = opening(current)
    post.state = PostState.REJECTED
    post.save(update_fields=["state"])
    now = timezone.now()
    Hold.objects.create(post=post, rules=[RULE], ended_at=now, ended_by=viewer.user, reason=reason)
    current.appears_at = None
    current.save(update_fields=["appears_at"])
    expect(current.forum)
    community = current.forum.community
    record(Act.POST_REJECTED, community, viewer, ("post", post.pk), concerns=post.author_id, reason=reason)
    announce(f"community:{community.pk}", "moderation.turned_down", post=post.pk)


def _waiting(thread: Thread) -> Thread:
    try:
        current = locked(thread)
    except Thread.DoesNotExist:
        raise Refused(_("This thread was deleted in the meantime.")) from None
    if not current.is_scheduled:
        raise Refused(_("This thread has appeared, or was taken off, in the meantime."))
    return current


def let_out_due(forum: Forum | None = None) -> int:
    """Let every thread appear whose time has come (of one forum, or of all); returns how many did."""
    due = Thread.objects.due(timezone.now())
    if forum is not None:
        due = due.filter(forum=forum)
    return sum(_let_out(pk) for pk in due.order_by("appears_at", "pk").values_list("pk", flat=True))


@deed
def _let_out(pk: int) -> bool:
    """Somebody else may have done it, or moved its time, since it was found."""
    found = Thread.objects.due(timezone.now()).filter(pk=pk).first()
    current = found and locked(found)
    if not current or current.appears_at is None or current.appears_at > timezone.now():
        return False
    if _may_appear(current):
        _appear(current, current.appears_at)
        return True
    hold(_of(current), [RULE])
    return False


def _of(thread: Thread) -> Post:
    post = opening(thread)
    post.thread = thread
    return post


def _may_appear(thread: Thread) -> bool:
    """Its author writes there still, and so does everybody at this hour; otherwise a moderator decides."""
    author = thread.author
    if author is None or not is_writable(thread.forum.window, thread.appears_at or timezone.now()):
        return False
    return policies.may_start(viewer_for(author), thread.forum)


def _appear(thread: Thread, at: datetime) -> None:
    """It was written when it appears, for lists and for those who are told."""
    post = _of(thread)
    post.written_at = at
    thread.appears_at = None
    thread.save(update_fields=["appears_at"])
    publish(post, thread, at)
    expect(thread.forum)


def forget_scheduled(person: User) -> None:
    """Who leaves says nothing afterwards."""
    for thread in Thread.objects.scheduled().filter(author=person).select_related("forum__community"):
        forget(thread)
