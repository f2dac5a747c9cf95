"""What the clock does for the award."""

from network.awards import actions
from network.awards.looking import look
from network.awards.models import SiteLook
from network.foundations.outward import Line, NotFetched

#: How many addresses are asked in one go, one after the other.
AT_ONCE = 8


def look_at_sites(line: Line | None = None) -> int:
    """Look at what was asked for. Nothing of the database is held while a site is waited for."""
    actions.put_down_daily()
    waiting = SiteLook.objects.filter(looked_at=None).select_related("nomination").order_by("id")
    asked = list(waiting[:AT_ONCE])
    for one in asked:
        try:
            actions.keep_look(look=one, findings=look(one.url, line))
        except NotFetched as error:
            actions.keep_look(look=one, findings={}, fault=error.code)
    return len(asked)
