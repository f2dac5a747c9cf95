"""The demo's inboxes: what the other chapters did, told to those whom it concerns."""

from network.accounts.models import User
from network.notifications import actions
from network.notifications.enums import Channel, Timing
from network.notifications.kinds import kinds
from network.outbox.actions import work_off

#: The one who also hears by mail, so that there is something to look at without filling a folder.
HEARS_BY_MAIL = "expert@demo.example"


def seed() -> None:
    """Everybody else reads in the inbox only; then the outbox is worked off, as the worker would."""
    quiet = User.objects.filter(email__endswith="@demo.example").exclude(email=HEARS_BY_MAIL)
    never = {(kind, Channel.MAIL): Timing.NEVER for kind in kinds.names()}
    for person in quiet.exclude(notification_preferences__channel=Channel.MAIL):
        actions.choose(person_id=person.pk, choices=never)
    while work_off():
        pass
