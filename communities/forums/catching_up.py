"""What is unread for one person in all her communities, in the order of its importance to her."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.enums import Involvement
from communities.forums.enums import PostState
from communities.forums.levels import with_level
from communities.forums.models import Mention, Post, Thread
from communities.models import Community
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer

#: What she has never opened is offered for so long; so is what she follows no more than as a member.
RECENT = timedelta(days=30)
#: The order of a page; the last part makes it exact.
ORDER = ["importance", "-last_posted_at", "-id"]


@dataclass(frozen=True)
class Reason:
    """Why a thread is shown: the first of ``REASONS`` that fits names it and gives it its place.

    ``fits`` is asked of threads that are annotated as in ``_annotated``. ``keeps``: it is shown however old.
    """

    label: str | Promise
    fits: Callable[[Viewer], Q | Exists]
    keeps: bool = False


def _names(viewer: Viewer) -> Exists:
    named = Mention.objects.filter(user=viewer.user_id, post__thread=OuterRef("pk"))
    return Exists(named.filter(post__state=PostState.PUBLISHED, post__number__gt=OuterRef("read_to")))


#: In order of importance.
REASONS: list[Reason] = [
    Reason(_("Where you are named"), _names, keeps=True),
    Reason(_("Replies in your threads"), lambda viewer: Q(author=viewer.user_id), keeps=True),
    Reason(
        _("Threads that you watch"),
        lambda viewer: Q(own_level=Involvement.EVERYTHING),
        keeps=True,
    ),
    Reason(_("Forums and communities that you watch"), lambda viewer: Q(level=Involvement.EVERYTHING)),
    Reason(
        _("Elsewhere in your communities"),
        lambda viewer: Q(forum__community__in=viewer.ids("community"), last_posted_at__gte=_recently()),
    ),
]


def _recently() -> Any:
    return timezone.now() - RECENT


def unread(viewer: Viewer) -> QuerySet[Thread]:
    """Threads in which somebody else has written what she has not read, each with its ``importance``; what
    she has muted is left out, and so is what she has no reason to read."""
    whens = [When(reason.fits(viewer), then=Value(place)) for place, reason in enumerate(REASONS)]
    keeping = [place for place, reason in enumerate(REASONS) if reason.keeps]
    found = _annotated(viewer).annotate(importance=Case(*whens, output_field=IntegerField()))
    lately = Q(read_to__gt=0) | Q(last_posted_at__gte=_recently()) | Q(importance__in=keeping)
    theirs = Post.objects.published().filter(thread=OuterRef("pk"), number__gt=OuterRef("read_to"))
    theirs = theirs.exclude(author=viewer.user_id)
    return (
        found.filter(lately, last_number__gt=F("read_to"), importance__isnull=False)
        .exclude(level=Involvement.NOTHING)
        .filter(Exists(theirs))
    )


def _annotated(viewer: Viewer) -> QuerySet[Thread]:
    """``read_to`` (0 where she was never there), the thread's ``own_level``, and the ``level`` that holds."""
    mark = FilteredRelation("read_marks", condition=Q(read_marks__user=viewer.user_id))
    threads = Thread.objects.visible_to(viewer).published()
    threads = threads.annotate(mark=mark, read_to=Coalesce(F("mark__last_number"), 0))
    level = Coalesce("own_level", "outer_level", output_field=CharField())
    return with_level(viewer, threads).annotate(level=level)


@dataclass(frozen=True)
class Row:
    thread: Thread
    last_author: PersonCard | None

    @property
    def new(self) -> int:
        return self.thread.last_number - self.thread.read_to


@dataclass(frozen=True)
class Part:
    """The rows of a page that stand there for the same reason."""

    label: str | Promise
    rows: list[Row]


@dataclass(frozen=True)
class Place:
    """A community in which something is unread."""

    community: Community
    threads: int


def page_of(viewer: Viewer, threads: QuerySet[Thread], cursor: str) -> tuple[KeysetPage, list[Part]]:
    """One page, in three questions: its neighbours, and its rows in parts."""
    page = paginate(threads.select_related("forum__community"), ORDER, cursor)
    cards = cards_for(viewer, [thread.last_author_id for thread in page])
    parts: dict[int, list[Row]] = {}
    for thread in page:
        parts.setdefault(thread.importance, []).append(Row(thread, cards.get(thread.last_author_id)))
    return page, [Part(REASONS[place].label, rows) for place, rows in parts.items()]


def places(viewer: Viewer) -> list[Place]:
    """Where something is unread, and in how many threads. Two questions."""
    counted = unread(viewer).order_by().values("forum__community").annotate(n=Count("pk"))
    numbers = dict(counted.values_list("forum__community", "n"))
    found = Community.objects.filter(pk__in=numbers).order_by("name")
    return [Place(community, numbers[community.pk]) for community in found]
