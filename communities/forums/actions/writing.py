"""Starting threads, replying and editing."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions import demand_conduct, mandate_for_post
from communities.actions.common import demand
from communities.forums import knowledge, policies
from communities.forums.actions.counting import locked, locked_post, place, tell
from communities.forums.actions.drafts import drop_draft, with_hers
from communities.forums.actions.reading import watch
from communities.forums.actions.tagging import put_tags
from communities.forums.actions.unnamed import Mask, demand_mask, masked, masked_key, remember
from communities.forums.actions.uploading import attach, demand_files
from communities.forums.enums import PostState
from communities.forums.gatekeepers import Candidate, held_by
from communities.forums.knowledge import Wish
from communities.forums.mentions import Named, named_in
from communities.forums.models import Forum, GuidingQuestion, Hold, Mention, Post, PostEdit, Thread
from communities.forums.windows import is_writable, why_not
from communities.models import Mandate
from communities.paging import community_tag, forum_tag
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import public_id, readable_slug
from network.foundations.richtext import excerpt, to_text
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump

EXCERPT_LENGTH = 280
#: Names why a post waits that its author has mended.
SENT_AGAIN = "sent_again"


class ThreadLocked(Refused):
    """The thread was locked while somebody wrote a reply to it."""


class WindowShut(Refused):
    """The forum closed, or has not opened, while somebody wrote."""


class ThreadMerged(Refused):
    """The thread was merged into another one while somebody wrote a reply to it."""


@deed
def start_thread(
    *,
    viewer: Viewer,
    forum: Forum,
    title: str,
    html: str,
    language: str,
    submission_key: str = "",
    written_at: datetime | None = None,
    mandate: Mandate | None = None,
    conduct: int | None = None,
    wish: Wish | None = None,
    tags: Iterable[str] = (),
    question: GuidingQuestion | None = None,
    mask: Mask | None = None,
    appears_at: datetime | None = None,
    appears_zone: str = "UTC",
    files: Collection[str] | None = None,
) -> Thread:
    """Start a thread with its opening post (``html`` is clean). A form sent twice leads to the first one.

    ``written_at`` is for what was written elsewhere and earlier, ``wish`` for what is traditional knowledge,
    ``question`` for what a consultation asks, ``mask`` for what is written without a name, ``files`` names
    those of her ``Upload``s that go along.
    With ``appears_at`` nobody but its author and those who look after the community see it before.
    """
    # One thread of a forum is started after the other, so that a form sent twice meets its first half.
    forum = Forum.objects.select_for_update(of=("self",)).select_related("community").get(pk=forum.pk)
    demand(policies.may_start(viewer, forum), who_starts(forum))
    first = _sent_before(viewer, submission_key)
    if first:
        return first.thread
    if appears_at is not None:
        demand(policies.can_schedule(viewer, forum))
        demand_time(viewer, forum, appears_at)
        if mask is not None:
            raise Refused(_("A thread with a time of its own carries the name of its author."), "unnamed")
    else:
        _demand_open(viewer, forum, written_at)
    demand_conduct(viewer, forum.community, conduct)
    mandate = mandate_for_post(viewer, forum.community, mandate)
    demand_mask(forum, mask, wish is not None)
    demand_files(files, is_sealed=wish is not None, is_masked=mask is not None)
    knowledge.refuse_copies(viewer, title, "title")
    if question is not None and question.forum_id != forum.pk:
        raise Refused(_("This question belongs to another consultation."), "question")
    thread = Thread.objects.create(
        forum=forum,
        title=title,
        slug=readable_slug(title, fallback=public_id(5)),
        author=None if mask else viewer.user,
        language=language,
        question=question,
        appears_at=appears_at,
        appears_zone=appears_zone,
    )
    thread.forum = forum
    if tags:
        put_tags(viewer, thread, tags)
    post = _write(viewer, thread, html, submission_key, written_at, wish, mandate, mask)
    attach(viewer, forum, post, files)
    watch(viewer=viewer, thread=thread)
    drop_draft(viewer=viewer, place=forum)
    return thread


@deed
def reply(
    *,
    viewer: Viewer,
    thread: Thread,
    html: str,
    submission_key: str = "",
    written_at: datetime | None = None,
    mandate: Mandate | None = None,
    conduct: int | None = None,
    wish: Wish | None = None,
    addressed_to: int | None = None,
    mask: Mask | None = None,
    files: Collection[str] | None = None,
) -> Post:
    """Reply to a thread (``html`` is clean). A form sent twice leads to the first post.

    ``addressed_to`` is the thread that she was answering: where it has become part of ``thread`` meanwhile,
    her words do not go where she has not looked.
    """
    thread = locked(thread, with_hers(viewer))
    first = _sent_before(viewer, submission_key)
    if first:
        return first
    if thread.merged_into_id or (addressed_to or thread.pk) != thread.pk:
        raise ThreadMerged(
            _(
                "The thread that you were answering was merged into this one while you were writing. Your "
                "text is kept below; send it to reply here."
            )
        )
    demand(policies.can_write_in(viewer, thread), _("Members of the community reply here."))
    if thread.is_locked:
        raise ThreadLocked(_("This thread was locked while you were writing. Your text is kept below."))
    if thread.forum.is_one_way:
        raise ThreadLocked(_("Nobody replies to the announcements here. Your text is kept below."))
    _demand_open(viewer, thread.forum, written_at)
    demand_conduct(viewer, thread.forum.community, conduct)
    mandate = mandate_for_post(viewer, thread.forum.community, mandate)
    demand_mask(thread.forum, mask, wish is not None)
    demand_files(files, is_sealed=wish is not None, is_masked=mask is not None)
    post = _write(viewer, thread, html, submission_key, written_at, wish, mandate, mask)
    attach(viewer, thread, post, files)
    if not thread.has_level:
        watch(viewer=viewer, thread=thread)
    if thread.has_draft:
        drop_draft(viewer=viewer, place=thread)
    return post


def who_starts(forum: Forum) -> str:
    if forum.is_announcements:
        return _("Those who look after the community make announcements here.")
    return _("Members of the community start threads here.")


def shut(viewer: Viewer, forum: Forum, at: datetime | None = None) -> str:
    """Why the clock lets nobody write here at ``at`` (by default now); empty where it does."""
    window, now = forum.window, at or timezone.now()
    if window is None or is_writable(window, now):
        return ""
    return why_not(window, now, viewer.zone if viewer.is_member else None)


def _demand_open(viewer: Viewer, forum: Forum, written_at: datetime | None = None) -> None:
    """It counts when something was written: what arrives later was in time."""
    if sentence := shut(viewer, forum, written_at):
        raise WindowShut(_("%(why)s Your text is kept below.") % {"why": sentence})


def demand_time(viewer: Viewer, forum: Forum, appears_at: datetime) -> None:
    """A thread appears at an hour that is still to come, and at which the forum is open."""
    if appears_at <= timezone.now():
        raise Refused(_("This hour is past. Choose one that is still to come."), field="appears_at")
    if sentence := shut(viewer, forum, appears_at):
        raise Refused(sentence, field="appears_at")


def _key(viewer: Viewer, submission_key: str) -> str | None:
    """Keys are kept by person, so that nobody can lead somebody else's form astray."""
    return f"{viewer.user_id}:{submission_key}"[:64] if submission_key else None


def _sent_before(viewer: Viewer, submission_key: str) -> Post | None:
    key = _key(viewer, submission_key)
    if key is None:
        return None
    posts = Post.objects.select_related("thread__forum__community")
    return posts.filter(
        Q(submission_key=key, author=viewer.user_id)
        | Q(submission_key=masked_key(key), unnamed__user=viewer.user_id)
    ).first()


def _write(
    viewer: Viewer,
    thread: Thread,
    html: str,
    submission_key: str,
    written_at: datetime | None,
    wish: Wish | None,
    mandate: Mandate | None,
    mask: Mask | None,
) -> Post:
    if mask:
        # A copy of sealed words would wait for its holders, who are told by whom.
        knowledge.refuse_copies(viewer, to_text(html), "html")
    else:
        html = knowledge.sealed(viewer, thread, html, wish)
    named = named_in(viewer, thread.forum.community, html)
    html = named.html
    post = Post(
        thread=thread,
        author=viewer.user,
        html=html,
        excerpt=excerpt(html, EXCERPT_LENGTH),
        written_at=written_at or timezone.now(),
        submission_key=_key(viewer, submission_key),
        mandate=mandate,
        mandate_state=mandate.state() if mandate else "",
    )
    if mask:
        masked(post, viewer, mask, mandate)
    rules = held_by(Candidate(viewer=viewer, community=thread.forum.community, html=html))
    if rules:
        hold(post, rules)
    elif thread.is_scheduled:
        post.state = PostState.SCHEDULED
        post.save()
        expect(thread.forum)
    else:
        publish(post, thread, post.written_at)
    if mask:
        remember(post, viewer)
    name_people(post, named)
    return post


def expect(forum: Forum) -> None:
    """Write down when the next thread of ``forum`` appears: kept pages are given out no longer than that."""
    waiting = Thread.objects.scheduled().filter(forum=forum.pk).order_by("appears_at")
    Forum.objects.filter(pk=forum.pk).update(next_thread_at=Subquery(waiting.values("appears_at")[:1]))
    bump(forum_tag(forum.community.slug, forum.slug), community_tag(forum.community.slug))


def name_people(post: Post, named: Named) -> None:
    """Remember whom the post names; they are told once it is out."""
    if named.people:
        Mention.objects.bulk_create(
            [Mention(post=post, user_id=person) for person in sorted(named.people)], ignore_conflicts=True
        )


def hold(post: Post, rules: list[str]) -> None:
    """Let ``post`` wait for a moderator; a thread that begins with it has no time of its own any more."""
    post.state = PostState.HELD
    post.save()
    if post.thread.is_scheduled:
        post.thread.appears_at = None
        post.thread.save(update_fields=["appears_at"])
        expect(post.thread.forum)
    Hold.objects.create(post=post, rules=rules)
    announce(f"community:{post.thread.forum.community_id}", "moderation.held", post=post.pk)


def publish(post: Post, thread: Thread, at: datetime) -> None:
    """Let ``post`` go out: place it, count it, tell of it. The caller has locked ``thread``."""
    place(post, thread, at)
    tell(thread, "posted", post=post.pk)


@deed
def edit(*, viewer: Viewer, post: Post, html: str, version: int, wish: Wish | None = None) -> Post:
    """Replace the text of a post; ``version`` is the one that the author had before her.

    What is knowledge goes into the vault, and with it what the history keeps of the text before.
    """
    current = locked_post(post)
    thread = current.thread
    if not policies.may_edit(viewer, current):
        raise PermissionDenied(_("This post cannot be edited."))
    _demand_open(viewer, thread.forum)
    if current.html == html:
        return current
    rewrite(viewer, current, html, version, wish)
    tell(thread, "edited", post=current.pk)
    return current


@deed
def mend(*, viewer: Viewer, post: Post, html: str, version: int, wish: Wish | None = None) -> Post:
    """The author sends a post that was returned to her again; it waits anew."""
    current = locked_post(post)
    if not policies.can_mend(viewer, current):
        raise PermissionDenied(_("This post cannot be edited."))
    hold = current.holds.open().exclude(returned_at=None).first()
    if hold is None:
        raise Refused(_("This post waits for a moderator already."))
    rewrite(viewer, current, html, version, wish)
    hold.ended_at, hold.ended_by = timezone.now(), viewer.user
    hold.save(update_fields=["ended_at", "ended_by"])
    Hold.objects.create(post=current, rules=[*hold.rules, SENT_AGAIN])
    announce(f"community:{current.thread.forum.community_id}", "moderation.held", post=current.pk)
    return current


def rewrite(viewer: Viewer, current: Post, html: str, version: int, wish: Wish | None = None) -> None:
    """Put ``html`` in the place of the text of ``current`` (locked), which goes into its history."""
    thread = current.thread
    if current.version != version:
        raise StaleEdit(
            _("This post was changed in the meantime. Both texts stand below."), current=current, field="html"
        )
    if wish:
        html, earlier = knowledge.retold(viewer, current, html, wish)
    else:
        knowledge.refuse_copies(viewer, to_text(html), "html")
        earlier = knowledge.put_away(viewer, current, html)
    _keep_old_text(current, earlier, viewer)
    named = named_in(viewer, thread.forum.community, html)
    name_people(current, named)
    html = named.html
    current.html, current.excerpt = html, excerpt(html, EXCERPT_LENGTH)
    current.version += 1
    current.edited_at = timezone.now()
    current.save(update_fields=["html", "excerpt", "version", "edited_at"])


def _keep_old_text(post: Post, html: str, viewer: Viewer) -> None:
    PostEdit.objects.create(
        post=post,
        version=post.version,
        html=html,
        written_at=post.edited_at or post.written_at,
        replaced_by=viewer.user,
    )
