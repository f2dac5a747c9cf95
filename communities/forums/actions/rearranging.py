"""Moving a thread to another forum, splitting one, merging one into another.

No deed here shows anybody's words to more people, and no number is given twice: where a post stood, a row
leads to where it stands now. What was shared *in this thread only* stays sealed where nobody agreed to it
(``docs/decisions/threads-rearranged.md``).
"""

from bisect import bisect_right
from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import knowledge, policies
from communities.forums.actions.answering import let_answer_go, want_elsewhere
from communities.forums.actions.counting import count_again, locked, locked_all, settle, tell_each
from communities.forums.actions.drafts import carry_drafts
from communities.forums.actions.tagging import set_tags
from communities.forums.actions.unnamed import renumber
from communities.forums.actions.uploading import carry_uploads
from communities.forums.enums import Audience, PostState, ThreadEventKind
from communities.forums.models import Forum, MovedPost, Post, ReadMark, Thread, ThreadEvent, Watch
from communities.forums.tags import MOST_TAGS
from communities.models import Community
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.ids import public_id, readable_slug
from network.foundations.viewer import Viewer

_AT_ONCE = 500
_KEPT = ["reply_count", "last_number", "last_author", "last_posted_at"]


@deed
def move(*, viewer: Viewer, thread: Thread, forum: Forum, reason: str) -> Thread:
    """Put a thread into another forum of its community. What members alone could read stays with members."""
    current = locked(thread)
    _demand(viewer, current)
    knowledge.refuse_copies(viewer, reason, "reason")
    here, there = current.forum, Forum.objects.select_related("community").get(pk=forum.pk)
    if there.community_id != here.community_id:
        raise Refused(_("A thread stays in its community: other people wrote and read there."), "forum")
    if there.pk == here.pk:
        raise Refused(_("The thread stands in this forum already."), "forum")
    _hold_readers(here, there)
    current.for_members = current.for_members or here.audience == Audience.MEMBERS
    current.forum = there
    current.pinned_at = None
    current.question = None
    current.save(update_fields=["forum", "for_members", "pinned_at", "question"])
    _event(viewer, current, ThreadEventKind.MOVED, current.last_number, reason, from_forum=here)
    posts = current.posts.published().count()
    count_again({here.pk: (-1, -posts), there.pk: (1, posts)})
    record(Act.THREAD_MOVED, there.community, viewer, ("thread", current.pk), reason=reason)
    tell_each([current], "moved", here)
    return current


@deed
def split(*, viewer: Viewer, thread: Thread, numbers: Iterable[int], title: str, reason: str) -> Thread:
    """Make a thread of its own of some posts; their old addresses lead to it."""
    current = locked(thread)
    _demand(viewer, current)
    wanted = set(numbers)
    posts = list(current.posts.filter(number__in=wanted).order_by("number"))
    if not posts or len(posts) != len(wanted):
        raise Refused(_("Some of these posts stand elsewhere by now. Look again."), "numbers")
    if posts[0].number == 1:
        raise Refused(_("The opening post stays. To take it along, move or merge the thread."), "numbers")
    if all(post.state != PostState.PUBLISHED for post in posts):
        raise Refused(_("Choose at least one post that can be read."), "numbers")
    knowledge.refuse_copies(viewer, title, "title")
    knowledge.refuse_copies(viewer, reason, "reason")
    first = posts[0]
    made = Thread.objects.create(
        forum=current.forum,
        question=current.question,
        title=title,
        slug=readable_slug(title, fallback=public_id(5)),
        author=first.author,
        language=current.language,
        created_at=first.written_at,
        published_at=first.written_at,
        for_members=current.for_members,
    )
    old = sorted(wanted)
    _place(posts, current, made)
    renumber(posts, made)
    for row in (current, made):
        settle(row)
        row.save(update_fields=_KEPT)
    let_answer_go(current)
    _split_marks(current, made, old)
    watching = Watch.objects.filter(thread=current).values_list("user_id", "level")
    Watch.objects.bulk_create(Watch(thread=made, user_id=user, level=level) for user, level in watching)
    _event(viewer, current, ThreadEventKind.SPLIT, old[0] - 1, reason, other=made)
    _event(viewer, made, ThreadEventKind.SPLIT_OFF, 0, reason, other=current)
    count_again({current.forum_id: (1, 0)})
    _count_threads(current.forum.community, 1)
    record(Act.THREAD_SPLIT, current.forum.community, viewer, ("thread", current.pk), reason=reason)
    tell_each([current, made], "split")
    return made


@deed
def merge(*, viewer: Viewer, thread: Thread, into: Thread, reason: str) -> Thread:
    """Append the posts of ``thread`` to another one; all its addresses lead there from now on."""
    if thread.pk == into.pk:
        raise Refused(_("Choose another thread than this one."), "target")
    source, target = locked_all(thread, into)
    _demand(viewer, source)
    _demand(viewer, target)
    knowledge.refuse_copies(viewer, reason, "reason")
    if source.forum.community_id != target.forum.community_id:
        raise Refused(_("A thread stays in its community: other people wrote and read there."), "target")
    _hold_readers(source.forum, target.forum)
    if target.is_wide and not source.is_wide:
        raise Refused(
            _("More people read that thread than this one. What was written for members stays with them."),
            "target",
        )
    posts = list(source.posts.numbered().order_by("number"))
    old, end = [post.number for post in posts], target.last_number
    _place(posts, source, target)
    renumber(posts, target)
    source.posts.update(thread=target)
    said = sum(post.state == PostState.PUBLISHED for post in posts)
    _retire(source, target)
    settle(target)
    target.save(update_fields=_KEPT)
    let_answer_go(source)
    want_elsewhere(source, target)
    carry_drafts(source, target)
    carry_uploads(source, target)
    _merge_marks(source, target, old, end)
    watching = Watch.objects.filter(thread=source)
    rows = watching.values_list("user_id", "level")
    joined = [Watch(thread=target, user_id=user, level=level) for user, level in rows]
    Watch.objects.bulk_create(joined, ignore_conflicts=True)
    watching.delete()
    _event(viewer, target, ThreadEventKind.MERGED, end, reason, other=source)
    _count_forums(source, target, said)
    _count_threads(target.forum.community, -1)
    record(Act.THREAD_MERGED, target.forum.community, viewer, ("thread", target.pk), reason=reason)
    tell_each([source, target], "merged")
    return target


def _demand(viewer: Viewer, thread: Thread) -> None:
    if thread.merged_into_id:
        raise Refused(_("This thread was merged into another one in the meantime."))
    demand(policies.can_rearrange(viewer, thread))


def _hold_readers(*forums: Forum) -> None:
    """Nobody changes who may read until the deed is done: the rows are locked in the order in which counting
    locks them, and what ``forums`` say is what holds now."""
    rows = Forum.objects.select_for_update().filter(pk__in={forum.pk for forum in forums}).order_by("pk")
    audiences = dict(rows.values_list("pk", "audience"))
    Community.objects.select_for_update().get(pk=forums[0].community_id)
    for forum in forums:
        forum.audience = audiences[forum.pk]


def _event(
    viewer: Viewer,
    thread: Thread,
    kind: ThreadEventKind,
    after: int,
    reason: str,
    *,
    other: Thread | None = None,
    from_forum: Forum | None = None,
) -> None:
    ThreadEvent.objects.create(
        thread=thread,
        kind=kind,
        actor=viewer.user,
        after_number=after,
        reason=reason,
        other=other,
        from_forum=from_forum,
    )


def _place(posts: list[Post], source: Thread, target: Thread) -> None:
    """Give posts, in their order, the next numbers of ``target``; a row is left at each old place."""
    MovedPost.objects.bulk_create(
        (MovedPost(thread=source, number=post.number, post=post) for post in posts), batch_size=_AT_ONCE
    )
    for number, post in enumerate(posts, start=target.last_number + 1):
        post.thread, post.number = target, number
    Post.objects.bulk_update(posts, ["thread", "number"], batch_size=_AT_ONCE)
    target.last_number += len(posts)


def _retire(source: Thread, target: Thread) -> None:
    """What is left of a merged thread is its address; its tags go along, as far as there is room."""
    source.merged_into, source.published_at, source.pinned_at = target, None, None
    source.reply_count, source.last_author = 0, None
    source.save(update_fields=["merged_into", "published_at", "pinned_at", "reply_count", "last_author"])
    source.merged_threads.update(merged_into=target)
    both = [*target.tags.order_by("pk"), *source.tags.order_by("pk")]
    set_tags(target, list(dict.fromkeys(both))[:MOST_TAGS])


def _count_forums(source: Thread, target: Thread, said: int) -> None:
    if source.forum_id == target.forum_id:
        count_again({source.forum_id: (-1, 0)})
    else:
        count_again({source.forum_id: (-1, -said), target.forum_id: (0, said)})


def _count_threads(community: Community, change: int) -> None:
    Community.objects.filter(pk=community.pk).update(thread_count=F("thread_count") + change)


def _split_marks(source: Thread, made: Thread, old: list[int]) -> None:
    """Whoever had read some of the posts where they stood has read them in the new thread."""
    now = timezone.now()
    marks = ReadMark.objects.filter(thread=source, last_number__gte=old[0])
    ReadMark.objects.bulk_create(
        (
            ReadMark(thread=made, user_id=user, last_number=bisect_right(old, read), read_at=now)
            for user, read in marks.values_list("user_id", "last_number")
        ),
        batch_size=_AT_ONCE,
    )


def _merge_marks(source: Thread, target: Thread, old: list[int], end: int) -> None:
    """Whoever had read all of ``target`` goes on where she was in ``source``; for others its posts are new.

    A mark says *everything up to here*, so it never passes over what somebody has not read.
    """
    now = timezone.now()
    read_there = dict(ReadMark.objects.filter(thread=source).values_list("user_id", "last_number"))
    readers = ReadMark.objects.filter(thread=target, user__in=read_there)
    here = set(readers.values_list("user_id", flat=True))
    finished = list(readers.filter(last_number__gte=end))
    for mark in finished:
        mark.last_number = end + bisect_right(old, read_there[mark.user_id])
    ReadMark.objects.bulk_update(finished, ["last_number"], batch_size=_AT_ONCE)
    ReadMark.objects.bulk_create(
        (ReadMark(thread=target, user_id=user, read_at=now) for user in read_there.keys() - here),
        batch_size=_AT_ONCE,
    )
    ReadMark.objects.filter(thread=source).delete()
