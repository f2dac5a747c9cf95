"""Opening, changing and closing a community."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from communities import policies
from communities.actions.common import demand, digest_of, enter, locked, record
from communities.enums import Act, MemberRole, Visibility
from communities.models import Community
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import free_slug
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

#: Parts of addresses below ``/communities/`` that belong to the room itself.
RESERVED_SLUGS = frozenset({"open", "invitations", "mandates", "catch-up", "watching", "keys"})
_WIDTH = {Visibility.HIDDEN: 0, Visibility.MEMBERS: 1, Visibility.PUBLIC: 2}


@deed
def open_community(
    *, viewer: Viewer, name: str, themes: Iterable = (), languages: Iterable = (), **fields: Any
) -> Community:
    """Open a community; whoever opens it becomes its first moderator."""
    demand(policies.can_open_community(viewer), _("Communities are opened by moderators of the Network."))
    community = Community.objects.create(
        name=name,
        slug=free_slug(name, Community.objects.all(), RESERVED_SLUGS),
        created_by=viewer.user,
        **fields,
    )
    community.themes.set(themes)
    community.languages.set(languages)
    enter(community, viewer.user, MemberRole.MODERATOR)
    record(Act.COMMUNITY_OPENED, community, viewer, ("community", community.pk))
    return community


def version_of(community: Community) -> str:
    """Names what a community says of itself: it differs as soon as anything of that does."""
    said = [community.name, community.summary, community.purpose, community.welcome]
    said += [community.visibility, community.joining]
    linked = [sorted(term.pk for term in terms.all()) for terms in (community.themes, community.languages)]
    return digest_of([said, linked])


@deed
def change_community(
    *,
    viewer: Viewer,
    community: Community,
    version: str | None = None,
    themes: Iterable = (),
    languages: Iterable = (),
    **fields: Any,
) -> Community:
    """Change what a community says of itself. Its address stays, so that links keep working.

    ``version`` names what stood there when its form was opened (``version_of``).
    """
    demand(policies.can_change(viewer, community))
    current = locked(community)
    if current.is_closed:
        raise Refused(_("This community is closed. Reopen it to change it."))
    if version is not None and version != version_of(current):
        raise StaleEdit(_("Saved in the meantime"), current)
    _change_audience(viewer, current, fields.get("visibility", current.visibility))
    for name, value in fields.items():
        setattr(current, name, value)
    current.save(update_fields=list(fields))
    current.themes.set(themes)
    current.languages.set(languages)
    record(Act.COMMUNITY_CHANGED, current, viewer, ("community", current.pk))
    return current


def _change_audience(viewer: Viewer, community: Community, visibility: str) -> None:
    """What was written for a few is shown to many only as its authors agree: ``forums`` asks them."""
    if community.post_count and _WIDTH[visibility] > _WIDTH[community.visibility]:
        raise Refused(
            _("What members have written here was meant for those who could read it then. "
              "Propose the wider circle, so that they can answer."),
            field="visibility",
        )  # fmt: skip
    if visibility == community.visibility:
        return
    if _WIDTH[visibility] < _WIDTH[community.visibility]:
        record(Act.AUDIENCE_NARROWED, community, viewer, ("community", community.pk))
    announce(f"community:{community.pk}", "audience.changed")


@deed
def close_community(*, viewer: Viewer, community: Community, reason: str) -> None:
    """Make a community a readable archive: nobody writes, joins or is invited any more."""
    demand(policies.can_change(viewer, community))
    current = locked(community)
    if current.is_closed:
        raise Refused(_("This community is closed already."))
    current.closed_at, current.closed_by, current.closing_reason = timezone.now(), viewer.user, reason
    current.save(update_fields=["closed_at", "closed_by", "closing_reason"])
    record(Act.COMMUNITY_CLOSED, current, viewer, ("community", current.pk), reason=reason)


@deed
def reopen_community(*, viewer: Viewer, community: Community, reason: str) -> None:
    demand(policies.can_change(viewer, community))
    current = locked(community)
    if not current.is_closed:
        raise Refused(_("This community is open."))
    current.closed_at = current.closed_by = None
    current.closing_reason = ""
    current.save(update_fields=["closed_at", "closed_by", "closing_reason"])
    record(Act.COMMUNITY_REOPENED, current, viewer, ("community", current.pk), reason=reason)
