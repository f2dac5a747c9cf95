"""What can be found in forums, and who may find it."""

from django.db.models import QuerySet

from communities.enums import Visibility
from communities.forums.enums import PostState
from communities.forums.models import Post, Thread
from communities.models import Community
from network.foundations.richtext import to_text
from network.foundations.viewer import EVERYONE
from network.outbox.models import Entry
from network.search.actions import index
from network.search.sources import Document, Segment


def readers(community: Community) -> frozenset[str]:
    """The keys of those who may read what is said in a community."""
    if community.visibility == Visibility.PUBLIC:
        return frozenset({EVERYONE})
    return frozenset({f"community:{community.pk}"})


def threads() -> QuerySet:
    return Thread.objects.published().select_related("forum__community")


def thread_document(thread: Thread) -> Document:
    keys = readers(thread.forum.community)
    segments = [Segment(thread.title, keys, weight=3), Segment(thread.forum.title, keys)]
    return Document(thread.title, thread.get_absolute_url(), segments, thread.language)


def posts() -> QuerySet:
    return Post.objects.published().select_related("thread__forum__community")


def post_document(post: Post) -> Document | None:
    if post.state != PostState.PUBLISHED:
        return None
    keys = readers(post.thread.forum.community)
    segments = [Segment(to_text(post.html), keys)]
    return Document(post.thread.title, post.get_absolute_url(), segments, post.thread.language)


def index_post(entry: Entry) -> None:
    """Have the post, and with the opening post its thread, read again by the index."""
    post = Post.objects.filter(pk=entry.ids["post"]).first()
    if post is None:
        return
    index("posts", post.pk, now=True)
    if post.number == 1:
        index("threads", post.thread_id, now=True)
