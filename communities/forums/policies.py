"""Who may do what in forums. Pure; seeing is ``.visible_to``."""

from datetime import timedelta

from django.utils import timezone

from communities import policies as communities
from communities.forums.enums import Origin, PostState
from communities.forums.models import Forum, Poll, Post, Tag, Thread
from communities.models import Community
from network.foundations.viewer import Viewer

#: For so long an author brings back what she has deleted; then its words go.
UNDELETE_DAYS = 30


def can_manage_forums(viewer: Viewer, forum: Forum) -> bool:
    return not forum.community.is_closed and communities.can_facilitate(viewer, forum.community)


def can_consult(viewer: Viewer, forum: Forum) -> bool:
    """Ask the guiding questions of a consultation and write its summary: those who keep the forum."""
    return forum.is_consultation and can_manage_forums(viewer, forum)


def can_widen(viewer: Viewer, community: Community) -> bool:
    """Propose more readers, and open to them once those who wrote have been asked: moderators."""
    return not community.is_closed and communities.can_moderate(viewer, community)


def may_start(viewer: Viewer, forum: Forum) -> bool:
    """Belongs to those who start threads here, whether or not the clock lets them now."""
    if forum.is_announcements and not communities.can_facilitate(viewer, forum.community):
        return False
    return communities.can_write(viewer, forum.community)


def can_start(viewer: Viewer, forum: Forum) -> bool:
    return forum.is_writable and may_start(viewer, forum)


def can_schedule(viewer: Viewer, forum: Forum) -> bool:
    """Give a thread a time at which it appears: those who look after the community, and whoever makes
    announcements."""
    if not may_start(viewer, forum):
        return False
    return forum.is_announcements or communities.can_facilitate(viewer, forum.community)


def can_reschedule(viewer: Viewer, thread: Thread) -> bool:
    """Move its time or let it appear now: its author, and those who keep the forum."""
    return thread.is_scheduled and (_wrote(viewer, thread) or can_manage_forums(viewer, thread.forum))


def can_rewrite(viewer: Viewer, thread: Thread) -> bool:
    """Change the words of a thread that has not appeared, or delete it: its author."""
    return thread.is_scheduled and _wrote(viewer, thread)


def _wrote(viewer: Viewer, thread: Thread) -> bool:
    is_author = viewer.user_id is not None and thread.author_id == viewer.user_id
    return is_author and communities.can_write(viewer, thread.forum.community)


def can_write_in(viewer: Viewer, thread: Thread) -> bool:
    """Belongs to those who write here, whether or not thread and forum take anything at the moment."""
    return thread.published_at is not None and communities.can_write(viewer, thread.forum.community)


def can_reply(viewer: Viewer, thread: Thread) -> bool:
    forum = thread.forum
    takes = not thread.is_locked and not forum.is_one_way and forum.is_writable
    return takes and can_write_in(viewer, thread)


def can_watch(viewer: Viewer, what: Forum | Thread | Tag) -> bool:
    """Say how much one wants to be told of a forum, a thread or a tag: whoever may read it, signed in."""
    return viewer.is_member


def can_take_along(viewer: Viewer, forum: Forum) -> bool:
    """Send oneself what one may read in a forum: whoever has an account; the text holds nothing else."""
    return viewer.is_member


def can_edit(viewer: Viewer, post: Post) -> bool:
    """Authors edit their own words, as long as their forum lets them write."""
    return post.thread.forum.is_writable and may_edit(viewer, post)


def may_edit(viewer: Viewer, post: Post) -> bool:
    """Whatever the clock says: authors, while no moderator locks the thread, holds or hides their words."""
    if viewer.user_id is None or post.author_id != viewer.user_id:
        return False
    if post.state != PostState.PUBLISHED or post.thread.is_locked:
        return False
    return communities.can_write(viewer, post.thread.forum.community)


def can_delete(viewer: Viewer, post: Post) -> bool:
    """Whoever may edit it."""
    return can_edit(viewer, post)


def can_undelete(viewer: Viewer, post: Post) -> bool:
    """Its author, for a month, while she writes there and the thread is not locked."""
    if viewer.user_id is None or post.author_id != viewer.user_id or post.state != PostState.DELETED:
        return False
    if post.deleted_at is None or post.deleted_at < timezone.now() - timedelta(days=UNDELETE_DAYS):
        return False
    return not post.thread.is_locked and communities.can_write(viewer, post.thread.forum.community)


def can_mend(viewer: Viewer, post: Post) -> bool:
    """Her own post that a moderator has returned to her; whether it was is asked of its hold."""
    if viewer.user_id is None or post.author_id != viewer.user_id or post.state != PostState.HELD:
        return False
    return not post.thread.is_locked and communities.can_write(viewer, post.thread.forum.community)


def can_amend(viewer: Viewer, post: Post) -> bool:
    """Edit the words of somebody else, for all to see: moderators, and never sealed words that wait."""
    if post.state not in (PostState.PUBLISHED, PostState.HELD) or post.repeats_knowledge:
        return False
    return can_moderate_post(viewer, post)


def can_react(viewer: Viewer, post: Post) -> bool:
    """Whoever may reply there, to what can be read, and never to her own words.

    A reaction is something that others read: observers, who do not write, do not react either.
    """
    if viewer.user_id is None or post.is_by(viewer.user_id) or post.state != PostState.PUBLISHED:
        return False
    return can_reply(viewer, post.thread)


def can_bookmark(viewer: Viewer, post: Post) -> bool:
    """Whoever is signed in and may read it; what has no place yet cannot be found again."""
    return viewer.is_member and post.number is not None


def can_pin(viewer: Viewer, thread: Thread) -> bool:
    return can_manage_forums(viewer, thread.forum)


def can_lock(viewer: Viewer, thread: Thread) -> bool:
    return can_manage_forums(viewer, thread.forum)


def can_rearrange(viewer: Viewer, thread: Thread) -> bool:
    """Move, split and merge: what is out, by those who keep the forum."""
    return thread.published_at is not None and can_manage_forums(viewer, thread.forum)


def can_move_out(viewer: Viewer, thread: Thread, forum: Forum) -> bool:
    """Put a thread into a forum of another community: who moderates both, while both are open."""
    rooms = (thread.forum, forum)
    moderates = all(
        communities.can_moderate(viewer, room.community) and not room.community.is_closed for room in rooms
    )
    return thread.published_at is not None and moderates


def can_tag(viewer: Viewer, thread: Thread) -> bool:
    """Whoever started the thread, as long as she writes here, and those who keep the forum."""
    if viewer.user_id is not None and thread.author_id == viewer.user_id:
        return communities.can_write(viewer, thread.forum.community)
    return can_manage_forums(viewer, thread.forum)


def can_ask(viewer: Viewer, thread: Thread) -> bool:
    """Add a poll: who may tag the thread, while people may write in it."""
    return not thread.is_locked and thread.forum.is_writable and can_tag(viewer, thread)


def can_close(viewer: Viewer, poll: Poll) -> bool:
    """Close a poll, also in a locked thread: its results may wait for that. Who asked does, wherever the poll
    stands by now, and those who keep the forum."""
    forum = poll.post.thread.forum
    asked = viewer.user_id is not None and poll.created_by_id == viewer.user_id
    return (asked and communities.can_write(viewer, forum.community)) or can_manage_forums(viewer, forum)


def can_vote(viewer: Viewer, poll: Poll) -> bool:
    """Whoever may reply; what waits for a moderator is not voted on."""
    return poll.post.state == PostState.PUBLISHED and can_reply(viewer, poll.post.thread)


def can_see_author(viewer: Viewer, post: Post) -> bool:
    """Look up who wrote a post without a name: moderators of the community, nobody else."""
    return post.participant is not None and communities.can_moderate(viewer, post.thread.forum.community)


def can_moderate_post(viewer: Viewer, post: Post) -> bool:
    """Hide, show, approve or turn down: moderators, never on their own words."""
    return communities.can_moderate(viewer, post.thread.forum.community) and not post.is_by(viewer.user_id)


def can_answer_for(viewer: Viewer, thread: Thread) -> bool:
    """Say what answers a question: who asked it, and moderators."""
    community = thread.forum.community
    if not thread.forum.is_questions or thread.published_at is None or community.is_closed:
        return False
    return _asked(viewer, thread) or communities.can_moderate(viewer, community)


def can_accept(viewer: Viewer, post: Post) -> bool:
    """The question itself is no answer; moderators accept no answer of their own to others' questions."""
    if post.number in (None, 1) or not can_answer_for(viewer, post.thread):
        return False
    return not post.is_by(viewer.user_id) or _asked(viewer, post.thread)


def can_want(viewer: Viewer, thread: Thread) -> bool:
    """Have a question too: everybody who writes here but the person who asked."""
    return thread.forum.is_questions and thread.author_id != viewer.user_id and can_reply(viewer, thread)


def _asked(viewer: Viewer, thread: Thread) -> bool:
    if viewer.user_id is None or thread.author_id != viewer.user_id:
        return False
    return communities.can_write(viewer, thread.forum.community)


def can_decide_mail(viewer: Viewer, forum: Forum) -> bool:
    """Say what becomes of a mail that nothing proves: moderators."""
    return communities.can_moderate(viewer, forum.community)


def can_file(viewer: Viewer, forum: Forum) -> bool:
    """Hand in a mail that somebody sent her, for its author to post: those who keep the forum."""
    return can_manage_forums(viewer, forum)


def can_see_mail(viewer: Viewer, post: Post) -> bool:
    """Read what a mail quoted: it may be words of others. Its author, and moderators."""
    if not post.folded or post.origin != Origin.MAIL or viewer.user_id is None:
        return False
    return viewer.user_id == post.author_id or communities.can_moderate(viewer, post.thread.forum.community)
