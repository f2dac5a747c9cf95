"""Keeping posts for oneself, and being reminded of them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from communities.actions.common import demand
from communities.forums import knowledge, policies
from communities.forums.models import Bookmark, Post
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer
from network.notifications.actions import notify

#: When on the day that somebody chose she is reminded, by her own clock.
MORNING = time(8)
_AT_ONCE = 500


@deed
def bookmark(*, viewer: Viewer, post: Post, note: str = "", remind_on: date | None = None) -> Bookmark:
    """Keep a post, or change the note and the day. Another day reminds anew.

    A note is a copy as well: what is sealed is not written down in it.
    """
    demand(policies.can_bookmark(viewer, post))
    knowledge.refuse_copies(viewer, note, "note")
    remind_at = datetime.combine(remind_on, MORNING, ZoneInfo(viewer.zone)) if remind_on else None
    kept = Bookmark.objects.select_for_update().filter(post=post, user=viewer.user_id).first()
    changed = {"note": note, "remind_on": remind_on, "remind_at": remind_at}
    if kept is None or kept.remind_at != remind_at:
        changed["reminded_at"] = None
    return Bookmark.objects.update_or_create(post=post, user=viewer.user, defaults=changed)[0]


@deed
def drop_bookmark(*, viewer: Viewer, post: Post) -> None:
    Bookmark.objects.filter(post=post, user=viewer.user_id).delete()


@deed
def remind() -> int:
    """Tell everybody whose day has come, once; two workers at the same time do not meet."""
    now = timezone.now()
    due = Bookmark.objects.due(now).select_for_update(skip_locked=True).order_by("remind_at", "id")
    found = list(due[:_AT_ONCE])
    Bookmark.objects.filter(pk__in=[row.pk for row in found]).update(reminded_at=now)
    for row in found:
        notify(kind="forums.reminder", recipients=[row.user_id], ids={"bookmark": row.pk})
    return len(found)
