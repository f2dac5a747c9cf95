"""What can be found in forums, and who may find it."""

from django.db.models import QuerySet

from communities.enums import Visibility
from communities.forums.enums import PostState
from communities.forums.models import Post, Thread
from network.foundations.richtext import to_text
from network.foundations.viewer import EVERYONE
from network.outbox.models import Entry
from network.search.actions import index
from network.search.sources import Document, Segment


def readers(thread: Thread) -> frozenset[str]:
    """The keys of those who may read a thread."""
    forum = thread.forum
    if forum.community.visibility == Visibility.PUBLIC and thread.is_wide:
        return frozenset({EVERYONE})
    return frozenset({f"community:{forum.community_id}"})


def threads() -> QuerySet:
    return Thread.objects.published().select_related("forum__community")


def thread_document(thread: Thread) -> Document:
    keys = readers(thread)
    segments = [Segment(thread.title, keys, weight=3), Segment(thread.forum.title, keys)]
    if thread.tag_line:
        segments.append(Segment(", ".join(name for _slug, name in thread.tag_line), keys, weight=2))
    return Document(thread.title, thread.get_absolute_url(), segments, thread.language)


def posts() -> QuerySet:
    return Post.objects.published().select_related("thread__forum__community")


def post_document(post: Post) -> Document | None:
    if post.state != PostState.PUBLISHED:
        return None
    keys = readers(post.thread)
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


def index_thread(entry: Entry) -> None:
    """A thread was tagged or moved, or posts came to it or left it: have it and them read again."""
    pk = entry.ids["thread"]
    index("threads", pk)
    if entry.kind == "tagged":
        return
    for post in Post.objects.published().filter(thread=pk).values_list("pk", flat=True):
        index("posts", post)


def index_audience(entry: Entry) -> None:
    """Who may read a forum, or a whole community, has changed: have all of it read again.

    Nothing waits for this: what a search finds is asked for anew by ``visible_to``.
    """
    threads = Thread.objects.filter(forum__community=entry.stream_id.partition(":")[2])
    if "forum" in entry.ids:
        threads = threads.filter(forum=entry.ids["forum"])
    for pk in threads.values_list("pk", flat=True):
        index("threads", pk)
    for pk in Post.objects.published().filter(thread__in=threads).values_list("pk", flat=True):
        index("posts", pk)
