"""Who may do what in forums. Pure; seeing is ``.visible_to``."""

from communities import policies as communities
from communities.forums.enums import PostState
from communities.forums.models import Forum, Post, Thread
from network.foundations.viewer import Viewer


def can_manage_forums(viewer: Viewer, forum: Forum) -> bool:
    return not forum.community.is_closed and communities.can_facilitate(viewer, forum.community)


def can_start(viewer: Viewer, forum: Forum) -> bool:
    return communities.can_write(viewer, forum.community)


def can_write_in(viewer: Viewer, thread: Thread) -> bool:
    """Belongs to those who write here, whether or not the thread is locked at the moment."""
    return thread.published_at is not None and communities.can_write(viewer, thread.forum.community)


def can_reply(viewer: Viewer, thread: Thread) -> bool:
    return not thread.is_locked and can_write_in(viewer, thread)


def can_watch(viewer: Viewer, thread: Thread) -> bool:
    return viewer.is_member


def can_edit(viewer: Viewer, post: Post) -> bool:
    """Authors edit their own words, while the thread is open and no moderator holds or hides them."""
    if viewer.user_id is None or post.author_id != viewer.user_id:
        return False
    if post.state != PostState.PUBLISHED or post.thread.is_locked:
        return False
    return communities.can_write(viewer, post.thread.forum.community)


def can_pin(viewer: Viewer, thread: Thread) -> bool:
    return communities.can_facilitate(viewer, thread.forum.community)


def can_lock(viewer: Viewer, thread: Thread) -> bool:
    return communities.can_facilitate(viewer, thread.forum.community)


def can_moderate_post(viewer: Viewer, post: Post) -> bool:
    """Hide, show, approve or turn down: moderators, never on their own words."""
    if viewer.user_id is None or post.author_id == viewer.user_id:
        return False
    return communities.can_moderate(viewer, post.thread.forum.community)
