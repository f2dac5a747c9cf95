"""One's own agenda."""

from django.utils.translation import gettext as _

from home.events.actions.line import demand
from home.events.models import Going
from home.events.rooms import Standing
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused

#: Nobody goes to more sessions of one event.
MOST = 300


@deed
def go(*, here: Standing, goes: bool) -> None:
    """Put a session into one's own agenda, or take it out. Saying it twice changes nothing."""
    demand(here.viewer.is_member, _("Sign in first."))
    mine = Going.objects.filter(event=here.event.translation_key, person=here.viewer.user)
    if not goes:
        mine.filter(session=here.session.key).delete()
        return
    if mine.count() >= MOST:
        raise Refused(_("Your agenda is full."))
    Going.objects.get_or_create(
        event=here.event.translation_key, session=here.session.key, person=here.viewer.user
    )
