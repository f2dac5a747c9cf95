"""How much there is to decide in a community, how long it takes, and how the work is shared."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.models import Hold
from communities.forums.pulse import Chart, chart
from communities.forums.pulse import in_words as span_in_words
from communities.models import Community, JoinRequest
from communities.moderation.models import Appeal, Claim, ModerationLogEntry, Report
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer
from network.notifications.enums import IncomingState
from network.notifications.models import IncomingMail

WEEKS = 12
_WEEK = timedelta(weeks=1)
#: How far back one looks at who did how much.
_SHARED = timedelta(days=30)


@dataclass
class Week:
    """Seven days from a Monday (UTC): what came, what was decided, after how many hours."""

    monday: date
    came: int = 0
    decided: int = 0
    hours: list[float] = field(default_factory=list)

    @property
    def wait(self) -> float | None:
        return median(self.hours) if self.hours else None

    @property
    def slowness(self) -> int:
        """The median of the hours, for the chart."""
        return round(self.wait or 0)

    @property
    def wait_in_words(self) -> str:
        return in_words(self.wait)


def in_words(hours: float | None) -> str:
    return span_in_words(None if hours is None else timedelta(hours=hours))


class Workload:
    """Computed in a handful of questions, however much was decided."""

    def __init__(self, community: Community) -> None:
        self.community = community
        today = timezone.now().astimezone(UTC).date()
        monday = today - timedelta(days=today.weekday())
        mondays = [monday - number * _WEEK for number in range(WEEKS)][::-1]
        self._begins = datetime.combine(mondays[0], time.min, tzinfo=UTC)
        self._weeks = {monday: Week(monday) for monday in mondays}
        self.waits = 0
        self._count()

    @property
    def weeks(self) -> list[Week]:
        return list(self._weeks.values())

    def _sources(self) -> list[tuple[Any, str, str]]:
        here = self.community
        holds = Hold.objects.filter(post__thread__forum__community=here)
        reports = Report.objects.filter(post__thread__forum__community=here)
        return [
            (holds, "since", "ended_at"),
            (reports, "at", "decided_at"),
            (JoinRequest.objects.filter(community=here), "asked_at", "decided_at"),
            (Appeal.objects.filter(community=here), "at", "decided_at"),
            (Claim.objects.filter(community=here), "at", "decided_at"),
            (self._mails(), "arrived_at", "settled_at"),
        ]

    def _mails(self) -> QuerySet:
        """Mails that nothing proves; one whose sender is being asked waits for her, not for moderators."""
        mails = IncomingMail.objects.filter(desk=f"community:{self.community.pk}")
        return mails.exclude(state=IncomingState.ASKED)

    def _count(self) -> None:
        for rows, came, decided in self._sources():
            self.waits += rows.filter(**{decided: None}).count()
            recent = rows.filter(**{f"{came}__gte": self._begins})
            for began, ended in recent.values_list(came, decided):
                self._of(began).came += 1
                if ended is not None:
                    week = self._of(ended)
                    week.decided += 1
                    week.hours.append(max((ended - began).total_seconds(), 0) / 3600)

    def _of(self, at: datetime) -> Week:
        day = at.astimezone(UTC).date()
        return self._weeks[min(day - timedelta(days=day.weekday()), max(self._weeks))]

    def charts(self) -> list[Chart]:
        return [
            chart("came", _("Cases that came, by week"), self.weeks),
            chart("decided", _("Cases that were decided, by week"), self.weeks),
            chart("slowness", _("Hours to a decision (median), by week"), self.weeks, sums=False),
        ]

    def shares(self, viewer: Viewer) -> list[dict[str, Any]]:
        """Who did how much in the last thirty days: acts of people who are still here."""
        since = timezone.now() - _SHARED
        acts = ModerationLogEntry.objects.filter(community_id=self.community.pk, at__gte=since)
        counted = dict(acts.order_by().values("actor").annotate(n=Count("pk")).values_list("actor", "n"))
        known = get_user_model().objects.filter(actor_id__in=counted).values_list("pk", "actor_id")
        people = dict(known)
        cards = cards_for(viewer, people)
        shares = [{"person": cards.get(pk), "acts": counted[actor]} for pk, actor in people.items()]
        return sorted(shares, key=lambda share: -share["acts"])
