"""Whom somebody may mean when she has typed ``@`` and a few letters: those who may read what she writes."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from communities.enums import Visibility
from communities.forums.enums import Audience
from communities.forums.mentions import MODERATORS
from communities.forums.models import Forum, Thread
from communities.models import Community, Membership
from network.experts.disclosure import PersonCard, cards_for
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer

#: How many are offered at once, and how many communities among them.
MOST, MOST_COMMUNITIES = 8, 3
#: Letters that are looked at.
LONGEST = 40


@dataclass(frozen=True)
class Suggestion:
    """``handle`` is what stands behind the ``@``, the others are as this viewer may see them."""

    handle: str
    name: str
    note: str = ""


def suggested(viewer: Viewer, place: Forum | Thread, typed: str) -> list[Suggestion]:
    """Who may be meant by ``typed``; members of the community first. A constant number of questions."""
    typed = typed.replace("\x00", "").strip().lower()[:LONGEST]
    if not typed:
        return []
    forum = place.forum if isinstance(place, Thread) else place
    found = _people(viewer, place, forum.community, typed)
    if MODERATORS.startswith(typed):
        found.insert(0, Suggestion(MODERATORS, _("Those who moderate this community")))
    return (found + _communities(viewer, typed))[:MOST]


def _people(viewer: Viewer, place: Forum | Thread, community: Community, typed: str) -> list[Suggestion]:
    called = Q(slug__startswith=typed) | Q(slug__contains=f"-{typed}") | Q(user__name__icontains=typed)
    members = Membership.objects.active().filter(community=community, user=OuterRef("user"))
    profiles = ExpertProfile.objects.visible_to(viewer).filter(called).exclude(user=viewer.user_id)
    profiles = profiles.annotate(belongs=Exists(members))
    if not _is_for_everybody(place, community):
        profiles = profiles.filter(belongs=True)
    rows = list(profiles.order_by("-belongs", "slug").values_list("slug", "user")[:MOST])
    cards = cards_for(viewer, [user for _slug, user in rows])
    return [_person(slug, cards[user]) for slug, user in rows if user in cards]


def _person(slug: str, card: PersonCard) -> Suggestion:
    return Suggestion(slug, card.name, ", ".join(filter(None, (card.affiliation, card.country))))


def _is_for_everybody(place: Forum | Thread, community: Community) -> bool:
    wide = place.is_wide if isinstance(place, Thread) else place.audience == Audience.COMMUNITY
    return community.is_public and wide


def _communities(viewer: Viewer, typed: str) -> list[Suggestion]:
    """That a hidden one exists is told to nobody by a link."""
    found = Community.objects.visible_to(viewer).exclude(visibility=Visibility.HIDDEN)
    rows = found.filter(slug__startswith=typed).order_by("slug").values_list("slug", "name")
    return [Suggestion(slug, name, _("Community")) for slug, name in rows[:MOST_COMMUNITIES]]
