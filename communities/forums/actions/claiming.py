"""Giving posts that came in from elsewhere to the person who wrote them, and taking that back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums.actions.counting import locked_all, tell_each
from communities.forums.enums import IMPORTED
from communities.forums.models import Post, Thread
from communities.models import Community
from communities.policies import can_moderate
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Given:
    """Which posts and threads changed hands."""

    posts: list[int]
    threads: list[int]


@deed
def give_imported(*, viewer: Viewer, community: Community, old: int, new: int) -> Given:
    """All imported posts of ``old`` in this community are those of ``new`` from now on."""
    found = Post.objects.filter(author=old, origin__in=IMPORTED, thread__forum__community=community)
    return _hand_over(viewer, community, list(found.values_list("pk", flat=True)), old, new)


@deed
def take_imported_back(
    *, viewer: Viewer, community: Community, posts: Iterable[int], old: int, new: int
) -> None:
    """They were given to ``new`` by a slip and go back to ``old``, as far as they are there still."""
    _hand_over(viewer, community, list(posts), new, old)


def _hand_over(viewer: Viewer, community: Community, wanted: list[int], old: int, new: int) -> Given:
    demand(can_moderate(viewer, community) and viewer.user_id not in (old, new))
    if not get_user_model().objects.filter(pk=new, is_active=True).exists():
        raise Refused(_("The person has gone in the meantime."))
    posts = Post.objects.filter(pk__in=wanted, author=old, thread__forum__community=community)
    threads = locked_all(*Thread.objects.filter(posts__in=posts).distinct())
    if not threads:
        return Given([], [])
    given = sorted(posts.values_list("pk", flat=True))
    began = Thread.objects.filter(author=old, posts__in=given, posts__number=1)
    begun = sorted(began.values_list("pk", flat=True))
    Post.objects.filter(pk__in=given).update(author=new)
    Thread.objects.filter(pk__in=begun).update(author=new)
    Thread.objects.filter(pk__in=[thread.pk for thread in threads], last_author=old).update(last_author=new)
    tell_each(threads, "claimed", *{thread.forum for thread in threads})
    return Given(given, begun)
