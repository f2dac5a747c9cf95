"""When a forum is open: setting its window, extending it, saying where its summary stands, the final call.

Before it opens everything may be changed. Once it is open it only gets longer, by one recorded act of which
all members are told alike.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, digest_of, record
from communities.enums import Act
from communities.forums import knowledge, policies
from communities.forums.enums import Phase
from communities.forums.models import Extension, Forum
from communities.forums.windows import Window, is_writable, phase, told
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

#: A forum may open at once: so long ago an hour that was typed may lie.
JUST_NOW = timedelta(hours=1)


def window_version(forum: Forum) -> str:
    """Names the window of a forum and its summary: it differs as soon as anything of that does."""
    ends = [at and at.isoformat() for at in (forum.opens_at, forum.closes_at)]
    rules = [forum.zone, forum.pauses_at_weekends, forum.final_call_days]
    return digest_of([*ends, *rules, forum.summary_url])


@deed
def set_window(
    *,
    viewer: Viewer,
    forum: Forum,
    opens_at: datetime | None,
    closes_at: datetime | None,
    zone: str = "UTC",
    pauses_at_weekends: bool = False,
    final_call_days: int = 0,
    version: str | None = None,
    at: datetime | None = None,
) -> Forum:
    """Give a forum a window, change one that has not begun, or take it away (both ends None).

    ``at`` is for what was arranged elsewhere and earlier.
    """
    now = at or timezone.now()
    current = _locked(viewer, forum, version)
    if current.window and phase(current.window, now) != Phase.ANNOUNCED:
        raise Refused(_("The forum has opened. Its close can only be moved to a later hour."))
    current.opens_at, current.closes_at = opens_at, closes_at
    current.zone, current.final_call_days = zone, final_call_days
    current.pauses_at_weekends = pauses_at_weekends
    if (opens_at is None) != (closes_at is None):
        raise Refused(
            _("A window needs both: when it opens and when it closes."),
            field="closes_at" if closes_at is None else "opens_at",
        )
    if current.window:
        _check(current.window, now)
    current.save(
        update_fields=["opens_at", "closes_at", "zone", "pauses_at_weekends", "final_call_days"],
    )
    record(Act.WINDOW_SET, current.community, viewer, ("forum", current.pk))
    return current


def _check(window: Window, now: datetime) -> None:
    """Refused where it could never be written in, or would close while it pauses."""
    if window.closes_at <= window.opens_at:
        raise Refused(_("The forum closes before it opens."), field="closes_at")
    if window.opens_at < now - JUST_NOW:
        raise Refused(_("This hour is past. Choose one that is still to come."), field="opens_at")
    if window.closes_at <= now:
        raise Refused(_("This hour is past. Choose one that is still to come."), field="closes_at")
    if not is_writable(window, window.opens_at):
        raise Refused(_("The forum pauses at weekends. Let it open on a working day."), field="opens_at")
    _check_close(window)


def _check_close(window: Window) -> None:
    if not is_writable(window, window.closes_at - timedelta(microseconds=1)):
        raise Refused(_("The forum pauses at weekends. Let it close on a working day."), field="closes_at")


@deed
def extend(
    *,
    viewer: Viewer,
    forum: Forum,
    closes_at: datetime,
    reason: str,
    version: str | None = None,
    at: datetime | None = None,
) -> Extension:
    """Move the close of a forum that has opened to a later hour: written down, and told to every member."""
    now = at or timezone.now()
    current = _locked(viewer, forum, version)
    was = current.closes_at
    if current.window is None or was is None or now < current.window.opens_at:
        raise Refused(_("Only a forum that has opened is extended."))
    if current.summary_url:
        raise Refused(_("The forum is summarised. It is not extended any more."))
    if closes_at <= max(was, now):
        raise Refused(
            _("It closes on %(time)s. Choose a later hour: a forum that has opened is never shortened.")
            % {"time": told(was, current.zone, viewer.zone)}
            if was > now
            else _("This hour is past. Choose one that is still to come."),
            field="closes_at",
        )
    knowledge.refuse_copies(viewer, reason, "reason")
    current.closes_at = closes_at
    _check_close(current.window)
    current.save(update_fields=["closes_at"])
    made = Extension.objects.create(
        forum=current, was=was, until=closes_at, reason=reason, at=now, by=viewer.user
    )
    record(Act.WINDOW_EXTENDED, current.community, viewer, ("forum", current.pk), reason=reason)
    announce(f"community:{current.community_id}", "forum.extended", extension=made.pk)
    return made


@deed
def summarise(*, viewer: Viewer, forum: Forum, summary_url: str, version: str | None = None) -> Forum:
    """Say where the summary of a closed forum stands; an empty address takes it back."""
    current = _locked(viewer, forum, version)
    if current.phase not in (Phase.CLOSED, Phase.SUMMARISED):
        raise Refused(_("A forum is summarised once it has closed."))
    current.summary_url = summary_url
    current.save(update_fields=["summary_url"])
    record(Act.FORUM_SUMMARISED, current.community, viewer, ("forum", current.pk))
    return current


def _locked(viewer: Viewer, forum: Forum, version: str | None) -> Forum:
    """The forum's row, locked; ``version`` names what stood there when the form was opened."""
    current = Forum.objects.select_for_update(of=("self",)).select_related("community").get(pk=forum.pk)
    demand(policies.can_manage_forums(viewer, current))
    if version is not None and version != window_version(current):
        raise StaleEdit(_("Saved in the meantime"), current)
    return current


def call_finally(now: datetime | None = None) -> int:
    """Announce the final calls that have begun: once for each close, however often this is asked."""
    now = now or timezone.now()
    due = Forum.objects.filter(closes_at__gt=now, opens_at__lte=now, final_call_days__gt=0)
    due = due.filter(community__closed_at=None).exclude(_told())
    return sum(_call(pk, now) for pk in due.values_list("pk", flat=True))


@deed
def _call(pk: int, now: datetime) -> bool:
    forum = Forum.objects.select_for_update().exclude(_told()).filter(pk=pk).first()
    window = forum and forum.window
    if forum is None or window is None or phase(window, now) != Phase.FINAL:
        return False
    forum.final_call_for = forum.closes_at
    forum.save(update_fields=["final_call_for"])
    announce(f"community:{forum.community_id}", "forum.final_call", forum=forum.pk)
    return True


def _told() -> Q:
    return Q(final_call_for__isnull=False, final_call_for=F("closes_at"))
