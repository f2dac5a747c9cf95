"""Sending a forum to oneself."""

from datetime import date

from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums import policies
from communities.forums.models import Forum
from network.foundations import ratelimit
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.notifications.actions import notify


@deed
def send_suitcase(*, viewer: Viewer, forum: Forum, since: date | None = None) -> None:
    """It is packed when the mail leaves, with what she may read then."""
    demand(policies.can_take_along(viewer, forum))
    ratelimit.limit("suitcase", f"user:{viewer.user_id}", times=10, seconds=3600)
    told = notify(
        kind="forums.suitcase",
        recipients=[viewer.user_id] if viewer.user_id else [],
        place=f"community:{forum.community_id}",
        ids={"forum": forum.pk, "since": since.isoformat() if since else ""},
    )
    if not told:
        raise Refused(_("You have chosen to get no such mails. Download the text instead."))
