"""Starting threads, replying and editing."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums import policies
from communities.forums.actions.counting import locked, place
from communities.forums.actions.reading import watch
from communities.forums.enums import PostState
from communities.forums.gatekeepers import Candidate, held_by
from communities.forums.models import Forum, Hold, Post, PostEdit, Thread
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import public_id, readable_slug
from network.foundations.richtext import excerpt
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

EXCERPT_LENGTH = 280


class ThreadLocked(Refused):
    """The thread was locked while somebody wrote a reply to it."""


@transaction.atomic
def start_thread(
    *,
    viewer: Viewer,
    forum: Forum,
    title: str,
    html: str,
    language: str,
    submission_key: str = "",
    written_at: datetime | None = None,
) -> Thread:
    """Start a thread with its opening post (``html`` is clean). A form sent twice leads to the first one.

    ``written_at`` is for what was written elsewhere and earlier.
    """
    demand(policies.can_start(viewer, forum), _("Members of the community start threads here."))
    # One thread of a forum is started after the other, so that a form sent twice meets its first half.
    Forum.objects.select_for_update().get(pk=forum.pk)
    first = _sent_before(viewer, submission_key)
    if first:
        return first.thread
    thread = Thread.objects.create(
        forum=forum,
        title=title,
        slug=readable_slug(title, fallback=public_id(5)),
        author=viewer.user,
        language=language,
    )
    thread.forum = forum
    _write(viewer, thread, html, submission_key, written_at)
    watch(viewer=viewer, thread=thread)
    return thread


@transaction.atomic
def reply(
    *,
    viewer: Viewer,
    thread: Thread,
    html: str,
    submission_key: str = "",
    written_at: datetime | None = None,
) -> Post:
    """Reply to a thread (``html`` is clean). A form sent twice leads to the first post."""
    thread = locked(thread)
    first = _sent_before(viewer, submission_key)
    if first:
        return first
    demand(policies.can_write_in(viewer, thread), _("Members of the community reply here."))
    if thread.is_locked:
        raise ThreadLocked(_("This thread was locked while you were writing. Your text is kept below."))
    post = _write(viewer, thread, html, submission_key, written_at)
    watch(viewer=viewer, thread=thread)
    return post


def _key(viewer: Viewer, submission_key: str) -> str | None:
    """Keys are kept by person, so that nobody can lead somebody else's form astray."""
    return f"{viewer.user_id}:{submission_key}"[:64] if submission_key else None


def _sent_before(viewer: Viewer, submission_key: str) -> Post | None:
    key = _key(viewer, submission_key)
    if key is None:
        return None
    posts = Post.objects.select_related("thread__forum__community")
    return posts.filter(submission_key=key, author=viewer.user_id).first()


def _write(
    viewer: Viewer, thread: Thread, html: str, submission_key: str, written_at: datetime | None
) -> Post:
    post = Post(
        thread=thread,
        author=viewer.user,
        html=html,
        excerpt=excerpt(html, EXCERPT_LENGTH),
        written_at=written_at or timezone.now(),
        submission_key=_key(viewer, submission_key),
    )
    rules = held_by(Candidate(viewer=viewer, community=thread.forum.community, html=html))
    if rules:
        _hold(post, rules)
    else:
        publish(post, thread, post.written_at)
    return post


def _hold(post: Post, rules: list[str]) -> None:
    post.state = PostState.HELD
    post.save()
    Hold.objects.create(post=post, rules=rules)
    announce(f"community:{post.thread.forum.community_id}", "moderation.held", post=post.pk)


def publish(post: Post, thread: Thread, at: datetime) -> None:
    """Let ``post`` go out: place it, count it, tell of it. The caller has locked ``thread``."""
    place(post, thread, at)
    announce(f"thread:{thread.pk}", "posted", post=post.pk)


@transaction.atomic
def edit(*, viewer: Viewer, post: Post, html: str, version: int) -> Post:
    """Replace the text of a post; ``version`` is the one that the author had before her."""
    thread = locked(post.thread)
    current = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    current.thread = thread
    if not policies.can_edit(viewer, current):
        raise PermissionDenied(_("This post cannot be edited."))
    if current.html == html:
        return current
    if current.version != version:
        raise StaleEdit(
            _("This post was changed in the meantime. Both texts stand below."), current=current, field="html"
        )
    _keep_old_text(current, viewer)
    current.html, current.excerpt = html, excerpt(html, EXCERPT_LENGTH)
    current.version += 1
    current.edited_at = timezone.now()
    current.save(update_fields=["html", "excerpt", "version", "edited_at"])
    announce(f"thread:{thread.pk}", "edited", post=current.pk)
    return current


def _keep_old_text(post: Post, viewer: Viewer) -> None:
    PostEdit.objects.create(
        post=post,
        version=post.version,
        html=post.html,
        written_at=post.edited_at or post.written_at,
        replaced_by=viewer.user,
    )
