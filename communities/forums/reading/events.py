"""What was done to a thread, between its posts."""

from collections.abc import Iterable

from communities.forums.enums import Audience
from communities.forums.models import POSTS_A_PAGE, Forum, Thread, ThreadEvent
from communities.forums.reading.entries import Entry
from communities.policies import can_read
from network.foundations.viewer import Viewer


def events_of(viewer: Viewer, thread: Thread, start: int) -> Iterable[ThreadEvent]:
    """Events that belong to this page: behind its posts, and before the first on the first page.

    Another thread is named to those who may read it, and so is the forum that the thread came from.
    """
    if not getattr(thread, "has_events", True):
        return
    found = thread.events.filter(
        after_number__gte=0 if start == 1 else start, after_number__lt=start + POSTS_A_PAGE
    )
    is_member = viewer.has(f"community:{thread.forum.community_id}")
    for event in found.select_related("other__forum", "from_forum__community").order_by("at", "id"):
        if event.other and (event.other.is_wide or is_member):
            event.other.forum.community = thread.forum.community
            event.named = event.other
        if event.from_forum and _is_named(viewer, event.from_forum):
            event.came_from = event.from_forum
        yield event


def _is_named(viewer: Viewer, forum: Forum) -> bool:
    """Whether a thread says to this viewer that it came from there."""
    if viewer.has(f"community:{forum.community_id}"):
        return True
    return forum.audience == Audience.COMMUNITY and can_read(viewer, forum.community)


def entry_before(event: ThreadEvent, entries: list[Entry]) -> Entry:
    """The post behind which it happened, or where that was moved away, the last one before it."""
    return [entry for entry in entries if (entry.post.number or 0) <= event.after_number][-1]
