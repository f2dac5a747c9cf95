"""The forums of a community on its front page."""

from django.db.models import Prefetch, Subquery
from django.urls import reverse
from django.utils import timezone

from communities.forums.levels import Choice, community_choice, with_community_level
from communities.forums.models import Forum, Thread, Widening
from communities.forums.windows import next_change
from communities.models import Community
from communities.policies import can_facilitate, is_member
from network.foundations.viewer import Viewer


def forums_panel(viewer: Viewer, community: Community) -> dict:
    """Its forums in order, each with the thread that was written in last."""
    lately = Prefetch("last_thread", Thread.objects.visible_to(viewer), to_attr="last")
    proposed = Widening.objects.filter(community=community, forum=None, done_at=None, withdrawn_at=None)
    found = Forum.objects.visible_to(viewer).filter(community=community)
    found = found.annotate(widening=Subquery(proposed.values("pk")[:1]))
    forums: list[Forum] = list(with_community_level(viewer, found).prefetch_related(lately))
    for forum in forums:
        forum.community = community
        if forum.last:
            forum.last.forum = forum
    now = timezone.now()
    turns = [at for forum in forums if (at := next_change(forum.window, now))]
    turns += [forum.next_thread_at for forum in forums if forum.next_thread_at]
    can_open = not community.is_closed and can_facilitate(viewer, community)
    return {
        "watching": _watching(viewer, community, forums),
        "place": f"community:{community.pk}",
        "forums": forums,
        "can_open": can_open,
        "community": community,
        "widening": _waiting(viewer, community, forums),
        "changes_at": min(turns, default=None),
    }


def _watching(viewer: Viewer, community: Community, forums: list[Forum]) -> Choice | None:
    """How much a member is told of the community; there is nothing to be told of where it has no forum."""
    if not forums or not is_member(viewer, community):
        return None
    return community_choice(community, forums[0].outer_level)


def _waiting(viewer: Viewer, community: Community, forums: list[Forum]) -> Widening | None:
    """A proposal to let more people read the community: members see that it stands."""
    proposed = next((forum.widening for forum in forums), None)
    if proposed is None or not is_member(viewer, community):
        return None
    return Widening.objects.get(pk=proposed)


def community_feeds(community: Community) -> list[tuple[str, str]]:
    return [
        ("application/atom+xml", reverse("forums:community_atom", args=[community.slug])),
        ("application/feed+json", reverse("forums:community_json", args=[community.slug])),
    ]


def voices_address(community: Community) -> str:
    return reverse("forums:voices", args=[community.slug])


def export_address(community: Community) -> str:
    return reverse("forums:export", args=[community.slug])
