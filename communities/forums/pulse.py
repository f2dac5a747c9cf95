"""How a community is doing, week by week, for its moderators: counts of all together, never of one person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forums.models import Post, Thread
from communities.models import Community
from network.foundations.viewer import Viewer

#: A period; what is shown is set beside the one before it.
WEEKS = 12
_WEEK = timedelta(weeks=1)


@dataclass
class Week:
    """Seven days from a Monday (UTC). ``waits`` are the times to the first answer of threads begun in it."""

    monday: date
    active: int = 0
    threads: int = 0
    posts: int = 0
    waits: list[timedelta] = field(default_factory=list)

    @property
    def wait(self) -> timedelta | None:
        return _median(self.waits)

    @property
    def wait_in_words(self) -> str:
        return in_words(self.wait)


@dataclass(frozen=True)
class Figure:
    """A number of the last period beside the one before."""

    label: str | Promise
    now: str
    before: str
    trend: str


@dataclass(frozen=True)
class Column:
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Chart:
    """Columns side by side in a field of ``width`` to 40; what they say stands in the table beside them.

    ``sums``: the values of the weeks make a sum that says something.
    """

    name: str
    label: str | Promise
    columns: list[Column]
    width: int
    most: int
    total: int
    sums: bool = True


class Pulse:
    """Computed in five questions, however much was written."""

    def __init__(self, community: Community) -> None:
        self.community = community
        today = timezone.now().astimezone(UTC).date()
        self.monday = today - timedelta(days=today.weekday())
        self.begins = self.monday - (WEEKS - 1) * _WEEK
        self._before = self.begins - WEEKS * _WEEK
        self._weeks = self._counted()

    @property
    def weeks(self) -> list[Week]:
        return [week for monday, week in self._weeks.items() if monday >= self.begins]

    @property
    def _earlier(self) -> list[Week]:
        return [week for monday, week in self._weeks.items() if monday < self.begins]

    def _posts(self) -> QuerySet[Post]:
        posts = Post.objects.published().filter(thread__forum__community=self.community)
        return posts.filter(written_at__gte=_midnight(self._before)).order_by()

    def _threads(self) -> QuerySet[Thread]:
        threads = Thread.objects.published().filter(forum__community=self.community)
        return threads.filter(published_at__gte=_midnight(self._before)).order_by()

    def _counted(self) -> dict[date, Week]:
        mondays = [self._before + number * _WEEK for number in range(2 * WEEKS)]
        weeks = {monday: Week(monday) for monday in mondays}
        by_week = self._posts().annotate(week=TruncWeek("written_at", tzinfo=UTC)).values("week")
        counted = by_week.annotate(n=Count("pk"), people=Count("author", distinct=True))
        for at, posts, active in counted.values_list("week", "n", "people"):
            if week := weeks.get(at.date()):
                week.posts, week.active = posts, active
        first = first_answers().order_by("number").values("written_at")[:1]
        begun = self._threads().annotate(answered=Subquery(first)).values_list("published_at", "answered")
        for at, answered in begun:
            day = at.astimezone(UTC).date()
            if week := weeks.get(day - timedelta(days=day.weekday())):
                week.threads += 1
                if answered is not None:
                    week.waits.append(max(answered - at, timedelta()))
        return weeks

    def figures(self) -> list[Figure]:
        now, before = self.weeks, self._earlier
        border = _midnight(self.begins)
        active = self._posts().aggregate(
            now=Count("author", distinct=True, filter=Q(written_at__gte=border)),
            before=Count("author", distinct=True, filter=Q(written_at__lt=border)),
        )
        waits, earlier = _waits(now), _waits(before)
        return [
            _figure(gettext_lazy("People who wrote"), active["now"], active["before"]),
            _figure(gettext_lazy("New threads"), _sum(now, "threads"), _sum(before, "threads")),
            _figure(gettext_lazy("Posts"), _sum(now, "posts"), _sum(before, "posts")),
            _figure(
                gettext_lazy("Threads without an answer"),
                _sum(now, "threads") - len(waits),
                _sum(before, "threads") - len(earlier),
            ),
            Figure(
                gettext_lazy("Time to the first answer, median"),
                in_words(_median(waits)),
                in_words(_median(earlier)),
                "",
            ),
        ]

    def charts(self) -> list[Chart]:
        return [
            chart("active", gettext_lazy("People who wrote, by week"), self.weeks),
            chart("threads", gettext_lazy("New threads, by week"), self.weeks),
            chart("posts", gettext_lazy("Posts, by week"), self.weeks),
        ]

    def table(self) -> Iterable[list]:
        """What stands in the CSV file, its head first."""
        yield [
            _("Week from"),
            _("People who wrote"),
            _("New threads"),
            _("Posts"),
            _("Hours to first answer"),
        ]
        for week in self.weeks:
            hours = "" if week.wait is None else round(week.wait.total_seconds() / 3600, 1)
            yield [week.monday.isoformat(), week.active, week.threads, week.posts, hours]


def first_answers() -> QuerySet[Post]:
    """What others wrote in the thread of the row outside."""
    answers = Post.objects.published().filter(thread=OuterRef("pk"), number__gt=1)
    return answers.exclude(author=OuterRef("author"))


def unanswered(viewer: Viewer, community: Community) -> QuerySet[Thread]:
    """Open threads in which nobody but their authors has written."""
    threads = Thread.objects.visible_to(viewer).published().filter(forum__community=community, locked_at=None)
    return threads.filter(~Exists(first_answers())).select_related("forum__community")


def in_words(span: timedelta | None) -> str:
    """``5 hours``, ``3 days``; a dash where nothing was answered."""
    if span is None:
        return "–"
    hours = round(span.total_seconds() / 3600)
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _median(waits: list[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None


def _waits(weeks: list[Week]) -> list[timedelta]:
    return [wait for week in weeks for wait in week.waits]


def _sum(weeks: list[Week], name: str) -> int:
    return sum(getattr(week, name) for week in weeks)


def _figure(label: str | Promise, now: int, before: int) -> Figure:
    trend = "same" if now == before else "up" if now > before else "down"
    return Figure(label, str(now), str(before), trend)


def chart(name: str, label: str | Promise, weeks: Sequence[Any], *, sums: bool = True) -> Chart:
    """A column for each week, as high as its attribute ``name``."""
    values = [getattr(week, name) for week in weeks]
    most = max(values) or 1
    columns = [
        Column(10 * place + 1, 40 - 38 * value / most, 38 * value / most)
        for place, value in enumerate(values)
    ]
    return Chart(name, label, columns, 10 * len(values), max(values), sum(values), sums)
