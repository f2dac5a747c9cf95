"""How far a viewer has read in a thread, and what has come and changed since."""

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from communities.forums.actions.uploading import has_uploads
from communities.forums.levels import with_level
from communities.forums.models import Draft, Post, Thread, ThreadEvent, Wanted
from network.foundations.viewer import Viewer
from network.outbox.models import Stream

#: So many edited posts are named to somebody who comes back.
CHANGES_SHOWN = 40


def with_marks(viewer: Viewer, threads: QuerySet) -> QuerySet:
    """Add where the live stream of the thread stands (``live_after``) and whether anything was done to the
    thread (``has_events``: only then is it asked what); for people who are signed in also how
    far they had read (``read_to``) and when (``read_at``), how many posts up to there somebody else has
    edited since (``edited_since``), what they have begun to write (``draft_html``, ``draft_version``) and
    chosen to go along (``has_uploads``), whether they have its question too (``is_wanted``), and how much
    they want to be told (``with_level``)."""
    stream = Stream.objects.filter(name=Concat(Value("thread:"), Cast(OuterRef("pk"), CharField())))
    threads = threads.annotate(
        live_after=Subquery(stream.values("last_number")[:1]),
        has_events=Exists(ThreadEvent.objects.filter(thread=OuterRef("pk"))),
    )
    if not viewer.is_member:
        return threads
    mine = {"thread": OuterRef("pk"), "user": viewer.user_id}
    drafts = Draft.objects.filter(**mine)
    threads = threads.annotate(
        draft_html=Subquery(drafts.values("html")[:1]),
        draft_version=Subquery(drafts.values("version")[:1]),
        is_wanted=Exists(Wanted.objects.filter(**mine)),
        has_uploads=has_uploads(viewer),
    )
    mark = FilteredRelation("read_marks", condition=Q(read_marks__user=viewer.user_id))
    marked = threads.annotate(mark=mark, read_to=F("mark__last_number"), read_at=F("mark__read_at"))
    edited = (
        Post.objects.published()
        .filter(thread=OuterRef("pk"), number__lte=OuterRef("mark__last_number"))
        .filter(edited_at__gt=OuterRef("mark__read_at"))
        .exclude(author=viewer.user_id)
    )
    counted = edited.order_by().values("thread").annotate(n=Count("pk")).values("n")
    return with_level(viewer, marked.annotate(edited_since=Coalesce(Subquery(counted), 0)))


def first_new(thread: Thread) -> int:
    """The number of the first post that she has not read, or the last one."""
    return max(1, min((thread.read_to or 0) + 1, thread.last_number))


def new_since(thread: Thread) -> int:
    """How many posts have come since her last visit; a newcomer has none."""
    read_to = getattr(thread, "read_to", None)
    return max(thread.last_number - read_to, 0) if read_to else 0


def changed_since(viewer: Viewer, thread: Thread) -> list[int]:
    """The numbers of the first posts that were edited since her last visit; a question only if there are."""
    if not getattr(thread, "edited_since", 0):
        return []
    edited = thread.posts.published().filter(edited_at__gt=thread.read_at, number__lte=thread.read_to)
    return list(
        edited.exclude(author=viewer.user_id)
        .order_by("number")
        .values_list("number", flat=True)[:CHANGES_SHOWN]
    )
