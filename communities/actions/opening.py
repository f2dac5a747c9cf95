"""Opening, changing and closing a community."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import policies
from communities.actions.common import demand, enter, locked, record
from communities.enums import Act, MemberRole, Visibility
from communities.models import Community
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import public_id, readable_slug
from network.foundations.viewer import Viewer

#: Parts of addresses below ``/communities/`` that belong to the room itself.
RESERVED_SLUGS = frozenset({"open", "invitations"})
_WIDTH = {Visibility.HIDDEN: 0, Visibility.MEMBERS: 1, Visibility.PUBLIC: 2}


@transaction.atomic
def open_community(
    *, viewer: Viewer, name: str, themes: Iterable = (), languages: Iterable = (), **fields: Any
) -> Community:
    """Open a community; whoever opens it becomes its first moderator."""
    demand(policies.can_open_community(viewer), _("Communities are opened by moderators of the Network."))
    community = Community.objects.create(name=name, slug=_free_slug(name), created_by=viewer.user, **fields)
    community.themes.set(themes)
    community.languages.set(languages)
    enter(community, viewer.user, MemberRole.MODERATOR)
    record(Act.COMMUNITY_OPENED, community, viewer, ("community", community.pk))
    return community


def _free_slug(name: str) -> str:
    slug = readable_slug(name, fallback=public_id())
    if slug in RESERVED_SLUGS or Community.objects.filter(slug=slug).exists():
        return f"{slug}-{public_id(5)}"
    return slug


def version_of(community: Community) -> str:
    """Names what a community says of itself: it differs as soon as anything of that does."""
    said = [community.name, community.summary, community.purpose, community.welcome]
    said += [community.visibility, community.joining]
    linked = [sorted(term.pk for term in terms.all()) for terms in (community.themes, community.languages)]
    return sha256(json.dumps([said, linked]).encode()).hexdigest()[:16]


@transaction.atomic
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
    if version is not None and version != version_of(current):
        raise StaleEdit(_("Saved in the meantime"), current)
    _refuse_exposure(current, fields.get("visibility", current.visibility))
    for name, value in fields.items():
        setattr(current, name, value)
    current.save(update_fields=list(fields))
    current.themes.set(themes)
    current.languages.set(languages)
    record(Act.COMMUNITY_CHANGED, current, viewer, ("community", current.pk))
    return current


def _refuse_exposure(community: Community, visibility: str) -> None:
    """What was written for a few is not shown to many afterwards."""
    if community.post_count and _WIDTH[visibility] > _WIDTH[community.visibility]:
        raise Refused(
            _("What members have written here was meant for those who could read it then. "
              "Open a new community for a wider circle."),
            field="visibility",
        )  # fmt: skip


@transaction.atomic
def close_community(*, viewer: Viewer, community: Community, reason: str) -> None:
    """Make a community a readable archive: nobody writes, joins or is invited any more."""
    demand(policies.can_change(viewer, community))
    current = locked(community)
    if current.is_closed:
        raise Refused(_("This community is closed already."))
    current.closed_at, current.closed_by = timezone.now(), viewer.user
    current.save(update_fields=["closed_at", "closed_by"])
    record(Act.COMMUNITY_CLOSED, current, viewer, ("community", current.pk), reason=reason)


@transaction.atomic
def reopen_community(*, viewer: Viewer, community: Community, reason: str) -> None:
    demand(policies.can_change(viewer, community))
    current = locked(community)
    if not current.is_closed:
        raise Refused(_("This community is open."))
    current.closed_at = current.closed_by = None
    current.save(update_fields=["closed_at", "closed_by"])
    record(Act.COMMUNITY_REOPENED, current, viewer, ("community", current.pk), reason=reason)
