"""Opening and changing a forum."""

from django.db.models import Max
from django.utils.translation import gettext as _

from communities import policies as communities
from communities.actions.common import demand, digest_of, locked, record
from communities.enums import Act
from communities.forums import policies
from communities.forums.enums import Attribution, Audience, ForumKind
from communities.forums.models import Forum, Unnamed
from communities.models import Community
from communities.paging import forum_tag
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import free_slug
from network.foundations.viewer import Viewer
from network.outbox.actions import announce
from network.pagecache.actions import bump

#: Parts of addresses below ``/forums/`` that belong to the room itself.
RESERVED_SLUGS = frozenset({"open", "audience", "export", "tags", "watch", "voices", "health"})

_SETTINGS = [
    "title", "description", "position", "audience", "kind", "takes_replies", "takes_unnamed", "attribution",
    "correction_days",
]  # fmt: skip


@deed
def open_forum(
    *,
    viewer: Viewer,
    community: Community,
    title: str,
    description: str = "",
    kind: str = ForumKind.DISCUSSION,
    takes_replies: bool = True,
    takes_unnamed: bool = False,
    attribution: str = Attribution.CAPACITY,
) -> Forum:
    """Open a forum at the end of the community's list."""
    community = locked(community)
    demand(not community.is_closed and communities.can_facilitate(viewer, community))
    last = community.forums.aggregate(last=Max("position"))["last"]
    forum = Forum.objects.create(
        community=community,
        slug=free_slug(title, community.forums.all(), RESERVED_SLUGS),
        title=title,
        description=description,
        kind=kind,
        takes_replies=takes_replies,
        takes_unnamed=takes_unnamed,
        attribution=attribution,
        position=0 if last is None else last + 1,
    )
    record(Act.FORUM_OPENED, community, viewer, ("forum", forum.pk))
    return forum


def version_of(forum: Forum) -> str:
    """Names what a forum says of itself: it differs as soon as anything of that does."""
    said = [forum.title, forum.description, forum.position, forum.audience, forum.kind, forum.takes_replies]
    return digest_of([*said, forum.takes_unnamed, forum.attribution, forum.correction_days])


@deed
def change_forum(
    *,
    viewer: Viewer,
    forum: Forum,
    title: str,
    description: str,
    position: int,
    audience: str = Audience.COMMUNITY,
    kind: str | None = None,
    takes_replies: bool | None = None,
    takes_unnamed: bool | None = None,
    attribution: str | None = None,
    correction_days: int | None = None,
    version: str | None = None,
) -> Forum:
    """Change what a forum says of itself, its kind, its place and who reads it; its address stays.

    ``version`` names what stood there when its form was opened (``version_of``).
    """
    current = Forum.objects.select_for_update(of=("self",)).select_related("community").get(pk=forum.pk)
    demand(policies.can_manage_forums(viewer, current))
    if version is not None and version != version_of(current):
        raise StaleEdit(_("Saved in the meantime"), current)
    _change_audience(viewer, current, audience)
    current.title, current.description, current.position = title, description, position
    _change_kind(current, kind)
    _change_promises(current, takes_unnamed, attribution)
    if takes_replies is not None:
        current.takes_replies = takes_replies
    if correction_days is not None:
        current.correction_days = correction_days
    current.save(update_fields=_SETTINGS)
    bump(forum_tag(current.community.slug, current.slug))
    record(Act.FORUM_CHANGED, current.community, viewer, ("forum", current.pk))
    return current


def _change_kind(forum: Forum, kind: str | None) -> None:
    """A consultation with questions stays one: threads, passages and a summary hang on them."""
    if kind is None or kind == forum.kind:
        return
    if forum.is_consultation and forum.guiding_questions.exists():
        raise Refused(_("It has guiding questions, so it stays a consultation."), field="kind")
    forum.kind = kind


def _change_promises(forum: Forum, takes_unnamed: bool | None, attribution: str | None) -> None:
    """What people were promised before they wrote is kept."""
    if attribution is not None and attribution != forum.attribution:
        if forum.is_consultation and forum.has_begun:
            raise Refused(
                _("People have written on these terms. They stay as they are."), field="attribution"
            )
        forum.attribution = attribution
    if takes_unnamed is not None and takes_unnamed != forum.takes_unnamed:
        if not takes_unnamed and Unnamed.objects.filter(post__thread__forum=forum).exists():
            raise Refused(_("Somebody has written here without her name. It stays."), field="takes_unnamed")
        forum.takes_unnamed = takes_unnamed


def _change_audience(viewer: Viewer, forum: Forum, audience: str) -> None:
    """Narrowing holds at once; what people have written is opened to more only as they agree."""
    if audience == forum.audience:
        return
    narrows = audience == Audience.MEMBERS
    if not narrows and forum.threads.exists():
        raise Refused(
            _("What was written here was meant for members. Propose the wider circle to them."),
            field="audience",
        )
    forum.audience = audience
    if narrows:
        record(Act.AUDIENCE_NARROWED, forum.community, viewer, ("forum", forum.pk))
    announce(f"community:{forum.community_id}", "audience.changed", forum=forum.pk)
