"""Letting more people read: proposed, answered by each of those who wrote, and opened as far as they agree.

A thread opens as a whole, once everybody who wrote in it has agreed: answers lean on what they answer and
quote it. What does not open stays with those who could read it, new replies in it included. See
``docs/decisions/audience-opens-by-thread.md``.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, locked, record
from communities.enums import Act, Visibility
from communities.forums import policies
from communities.forums.enums import Audience, ThreadEventKind
from communities.forums.models import Forum, Post, Thread, ThreadEvent, Widening, WideningAnswer
from communities.models import Community
from communities.paging import community_tag
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump

#: How long those who wrote have for an answer before anything changes.
ANSWER_TIME = timedelta(days=7)
_ONE_STEP = {Visibility.HIDDEN: Visibility.MEMBERS, Visibility.MEMBERS: Visibility.PUBLIC}


@deed
def propose(*, viewer: Viewer, community: Community, reason: str, forum: Forum | None = None) -> Widening:
    """Propose the next wider circle of readers for a community, or all its readers for one forum."""
    current = locked(community)
    demand(policies.can_widen(viewer, current))
    wider = "" if forum else _wider(current)
    if forum is not None and forum.audience == Audience.COMMUNITY:
        raise Refused(_("Everybody who may read the community reads this forum already."))
    standing = Widening.objects.filter(community=current, forum=forum, done_at=None, withdrawn_at=None)
    if standing.exists():
        raise Refused(_("This has been proposed already."))
    now = timezone.now()
    widening = Widening.objects.create(
        community=current,
        forum=forum,
        visibility=wider,
        reason=reason,
        proposed_at=now,
        proposed_by=viewer.user,
        opens_at=now + ANSWER_TIME,
    )
    record(Act.AUDIENCE_PROPOSED, current, viewer, ("widening", widening.pk), reason=reason)
    announce(f"community:{current.pk}", "audience.proposed", widening=widening.pk)
    return widening


def _wider(community: Community) -> Visibility:
    wider = _ONE_STEP.get(Visibility(community.visibility))
    if wider is None:
        raise Refused(_("Everybody may read this community already."))
    return wider


def threads_of(widening: Widening) -> QuerySet:
    """The threads that it would open."""
    if widening.forum_id:
        return Thread.objects.filter(forum=widening.forum_id)
    return Thread.objects.filter(forum__community=widening.community_id)


def authors_of(widening: Widening) -> set[int | None]:
    """Everybody whose words it would show to more people; None stands for those who have left."""
    words = Post.objects.exclude(number=None).filter(thread__in=threads_of(widening))
    return set(words.order_by().values_list("author_id", flat=True).distinct())


def agreed_by(widening: Widening) -> set[int]:
    """Those whose last answer is yes."""
    last = widening.answers.filter(user=OuterRef("user")).order_by("-id").values("agrees")[:1]
    answers = widening.answers.annotate(last=Subquery(last)).filter(last=True)
    return set(answers.values_list("user_id", flat=True))


@deed
def answer(*, viewer: Viewer, widening: Widening, agrees: bool) -> WideningAnswer:
    """Say yes or no for one's own words; a later answer takes the place of an earlier one.

    After the opening a yes still opens threads, and a no takes them back.
    """
    locked(widening.community)
    current = Widening.objects.select_related("community", "forum").get(pk=widening.pk)
    demand(viewer.user_id in authors_of(current), _("Those who wrote here are asked."))
    if current.withdrawn_at:
        raise Refused(_("This proposal was taken back."))
    given = WideningAnswer.objects.create(widening=current, user=viewer.user, agrees=agrees)
    if current.is_done:
        _sort(current, threads_of(current).filter(posts__author=viewer.user_id))
    return given


@deed
def take_back(*, viewer: Viewer, widening: Widening) -> None:
    current = _open(viewer, widening)
    current.withdrawn_at, current.withdrawn_by = timezone.now(), viewer.user
    current.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(Act.PROPOSAL_WITHDRAWN, current.community, viewer, ("widening", current.pk))


@deed
def open_wider(*, viewer: Viewer, widening: Widening) -> None:
    """Let more people read what is written from now on, and the threads whose authors have all agreed.

    Not before those who wrote have had their time, unless all of them have agreed. That a hidden community is
    there can only be known as a whole: it waits until nobody who wrote in it is missing.
    """
    current = _open(viewer, widening)
    missing = authors_of(current) - agreed_by(current)
    if missing and current.visibility == Visibility.MEMBERS:
        raise Refused(_("A hidden community becomes known when everybody who wrote in it has agreed."))
    if missing and timezone.now() < current.opens_at:
        raise Refused(_("Those who wrote still have time to answer."))
    current.done_at, current.done_by = timezone.now(), viewer.user
    current.save(update_fields=["done_at", "done_by"])
    _sort(current, threads_of(current))
    if current.forum:
        Forum.objects.filter(pk=current.forum_id).update(audience=Audience.COMMUNITY)
    else:
        Community.objects.filter(pk=current.community_id).update(visibility=current.visibility)
    record(Act.AUDIENCE_WIDENED, current.community, viewer, ("widening", current.pk))


def _open(viewer: Viewer, widening: Widening) -> Widening:
    locked(widening.community)
    current = Widening.objects.select_related("community", "forum").get(pk=widening.pk)
    demand(policies.can_widen(viewer, current.community))
    if not current.is_open:
        raise Refused(_("This proposal has been decided about in the meantime."))
    return current


def _sort(widening: Widening, threads: QuerySet) -> None:
    """Threads whose authors have all agreed are for everybody, the others for members.

    What was written when everybody could read it needs no agreement; in a thread that was kept, every word
    does, whenever it was written.
    """
    if widening.visibility == Visibility.MEMBERS:
        announce(f"community:{widening.community_id}", "audience.changed")
        return
    meant = Q(written_at__lte=widening.done_at) | Q(thread__for_members=True)
    silent = Post.objects.exclude(number=None).filter(meant, thread=OuterRef("pk"))
    silent = silent.filter(Q(author=None) | ~Q(author__in=agreed_by(widening)))
    sorted_now = threads.filter(created_at__lte=widening.done_at)
    sorted_now = sorted_now.annotate(waits=Exists(silent) | _came_later(widening))
    for waits in (True, False):
        moved = sorted_now.filter(waits=waits, for_members=not waits).values_list("pk", flat=True)
        Thread.objects.filter(pk__in=list(moved)).update(for_members=waits)
    announce(f"community:{widening.community_id}", "audience.changed", **_scope(widening))
    bump(community_tag(widening.community.slug))


def _came_later(widening: Widening) -> Any:
    """Whether words came into the forum after it was asked about: nobody agreed there to show these.

    What was split off since may be words that came so; it stays where it is, too.
    """
    if not widening.forum_id:
        return Value(False)
    brought = (ThreadEventKind.MOVED, ThreadEventKind.MERGED, ThreadEventKind.SPLIT_OFF)
    events = ThreadEvent.objects.filter(thread=OuterRef("pk"), kind__in=brought)
    return Exists(events.filter(at__gte=widening.proposed_at))


def _scope(widening: Widening) -> dict[str, int]:
    return {"forum": widening.forum_id} if widening.forum_id else {}
