"""Threads as live streams: what happened in one, as the fragment that a reader's page takes in."""

from communities.forums import frames
from communities.forums.models import Post, Thread
from communities.forums.reading import SPOKEN, entries
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer
from network.live.streams import LiveMessage
from network.outbox.models import Entry

#: Kinds that change how one post reads.
POST_KINDS = frozenset({"posted", "edited", "hidden", "shown", "reacted"})


def may_follow(viewer: Viewer, key: str) -> bool:
    return Thread.objects.visible_to(viewer).filter(pk=int(key)).exists()


def render(entry: Entry, viewer: Viewer) -> LiveMessage | None:
    """A post as this viewer may read it now; what happened to the thread itself comes without a fragment."""
    if entry.kind not in POST_KINDS:
        return LiveMessage()
    posts = (
        Post.objects.numbered().select_related("thread__forum__community", *SPOKEN).prefetch_related("files")
    )
    post = posts.filter(pk=entry.ids["post"]).first()
    if post is None or not may_follow(viewer, str(post.thread_id)):
        return None
    cards = cards_for(viewer, [post.author_id])
    [shown] = entries(viewer, post.thread, [post], cards)
    data = {"post": post.number, "author": post.author_id, "replies": post.thread.reply_count}
    return LiveMessage(html=frames.bare(viewer, shown), data=data)
