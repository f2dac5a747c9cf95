"""Opening and changing a forum."""

from django.db import transaction
from django.db.models import Max

from communities import policies as communities
from communities.actions.common import demand, locked, record
from communities.enums import Act
from communities.forums import policies
from communities.forums.models import Forum
from communities.models import Community
from network.foundations.ids import public_id, readable_slug
from network.foundations.viewer import Viewer

#: Parts of addresses below ``/forums/`` that belong to the room itself.
RESERVED_SLUGS = frozenset({"open"})


@transaction.atomic
def open_forum(*, viewer: Viewer, community: Community, title: str, description: str = "") -> Forum:
    """Open a forum at the end of the community's list."""
    community = locked(community)
    demand(not community.is_closed and communities.can_facilitate(viewer, community))
    last = community.forums.aggregate(last=Max("position"))["last"]
    forum = Forum.objects.create(
        community=community,
        slug=_free_slug(community, title),
        title=title,
        description=description,
        position=0 if last is None else last + 1,
    )
    record(Act.FORUM_OPENED, community, viewer, ("forum", forum.pk))
    return forum


def _free_slug(community: Community, title: str) -> str:
    slug = readable_slug(title, fallback=public_id())
    if slug in RESERVED_SLUGS or community.forums.filter(slug=slug).exists():
        return f"{slug}-{public_id(5)}"
    return slug


@transaction.atomic
def change_forum(*, viewer: Viewer, forum: Forum, title: str, description: str, position: int) -> Forum:
    """Change what a forum says of itself and its place in the list; its address stays."""
    demand(policies.can_manage_forums(viewer, forum))
    forum.title, forum.description, forum.position = title, description, position
    forum.save(update_fields=["title", "description", "position"])
    record(Act.FORUM_CHANGED, forum.community, viewer, ("forum", forum.pk))
    return forum
