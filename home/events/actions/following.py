"""The page of an event says something else than participants know: they are told."""

from django.utils import timezone

from home.events.actions.keeping import what_is_told
from home.events.actions.line import settle
from home.events.models import Desk, EventPage
from network.foundations.deeds import deed
from network.outbox.actions import announce

#: The kind of entry that tells participants that the event is at another time, elsewhere or not at all.
CHANGED = "events.event_changed"


@deed
def follow_page(*, event: EventPage) -> bool:
    """Compare the published page with what participants know; whether they have to be told.

    Called when a page is published. Translations say the same hours; the first one that changes tells.
    """
    desk = Desk.objects.select_for_update().filter(event=event.translation_key).first()
    if desk is None:
        return False
    known = {name: getattr(desk, name) for name in what_is_told(event)}
    changed = {name: value for name, value in what_is_told(event).items() if value != known[name]}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(desk, name, value)
    desk.save(update_fields=list(changed))
    was_cancelled = known["told_cancelled_at"] and desk.told_cancelled_at
    if was_cancelled and set(changed) == {"told_cancelled_at"}:  # only the day of cancelling is another one
        return False
    announce(f"desk:{desk.pk}", CHANGED, desk=desk.pk)
    settle(desk, timezone.now())
    return True
