"""The desk of a community as a live stream: what came, what was decided, who looks at what."""

from communities.models import Community
from communities.policies import can_facilitate
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer
from network.live.streams import LiveMessage
from network.outbox.models import Entry

_CAME = frozenset(
    {
        "moderation.held",
        "moderation.reported",
        "moderation.appealed",
        "moderation.claimed",
        "community.join_requested",
    }
)
_HAPPENED = frozenset({"moderation.looking", "moderation.settled", "moderation.reopened"})


def may_follow(viewer: Viewer, key: str) -> bool:
    """Those who look after the community."""
    here = Community.objects.visible_to(viewer).filter(pk=int(key)).first()
    return viewer.is_member and here is not None and can_facilitate(viewer, here)


def render(entry: Entry, viewer: Viewer) -> LiveMessage | None:
    """Numbers of cases and the name of whoever is at one; what it is about is read on the page."""
    if entry.kind in _CAME:
        return LiveMessage()
    if entry.kind not in _HAPPENED or entry.ids["by"] == viewer.user_id:
        return None
    person = cards_for(viewer, [entry.ids["by"]]).get(entry.ids["by"])
    return LiveMessage(data={"case": entry.ids["case"], "name": person.name if person else ""})
