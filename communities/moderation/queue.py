"""What waits for a decision, gathered in a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from communities.enums import MemberRole
from communities.forums.models import Post
from communities.forums.querysets import moderated
from communities.models import Community, JoinRequest
from communities.moderation.models import Report
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer

#: Of each kind the oldest are shown; the others come up when these are decided.
SHOWN = 50


@dataclass
class Queue:
    """Rows, the oldest first, each with the card of the person whom it is about as ``person``."""

    held: list[Post]
    reports: list[Report]
    requests: list[JoinRequest]

    def __len__(self) -> int:
        return len(self.held) + len(self.reports) + len(self.requests)


def waiting_for(viewer: Viewer, community: Community | None = None) -> Queue:
    """What this viewer may decide, in one community or in all of hers; her own cases are left out."""
    place = "thread__forum__community"
    held = Post.objects.held().filter(moderated(viewer, place)).exclude(author=viewer.user_id)
    reports = Report.objects.waiting().visible_to(viewer).exclude(by=viewer.user_id)
    requests = JoinRequest.objects.waiting().filter(_facilitated(viewer)).exclude(user=viewer.user_id)
    if community is not None:
        held = held.filter(**{place: community})
        reports = reports.filter(**{f"post__{place}": community})
        requests = requests.filter(community=community)
    queue = Queue(
        held=list(held.select_related(place).prefetch_related("holds").order_by("id")[:SHOWN]),
        reports=list(reports.select_related(f"post__{place}").order_by("at", "id")[:SHOWN]),
        requests=list(requests.select_related("community").order_by("asked_at", "id")[:SHOWN]),
    )
    _add_people(viewer, queue)
    return queue


def _facilitated(viewer: Viewer) -> Q:
    mine = Q(community__in=viewer.ids("community", MemberRole.FACILITATOR))
    return mine | moderated(viewer, "community")


def _add_people(viewer: Viewer, queue: Queue) -> None:
    rows: list[tuple[Any, int | None]] = [(post, post.author_id) for post in queue.held]
    rows += [(report, report.post.author_id) for report in queue.reports]
    rows += [(request, request.user_id) for request in queue.requests]
    cards = cards_for(viewer, [*(pk for _row, pk in rows), *(report.by_id for report in queue.reports)])
    for row, pk in rows:
        row.person = cards.get(pk)
    for report in queue.reports:
        report.reporter = cards.get(report.by_id)
