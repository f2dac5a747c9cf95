"""The demo's inboxes: what the other chapters did, told to those whom it concerns."""

from network.accounts.models import User
from network.foundations.viewer import viewer_for
from network.notifications import actions
from network.notifications.enums import Channel, Timing
from network.notifications.kinds import kinds
from network.notifications.models import Notification
from network.outbox.actions import work_off

#: Addresses that can belong to nobody: only people of the demo have them.
NOBODYS = ".example"
#: Hears by mail of what happens from now on, so that there is something to look at.
HEARS_BY_MAIL = "expert@demo.example"
#: What the people of the demo have not read yet.
UNREAD = 4


def seed() -> None:
    """Work the outbox off as the worker would, without a mail for each thing that the demo made up."""
    people = User.objects.filter(email__endswith=NOBODYS, is_active=True)
    fresh = list(people.exclude(notification_preferences__channel=Channel.MAIL))
    for person in fresh:
        _hear_by_mail(person, Timing.NEVER)
    while work_off():
        pass
    for person in fresh:
        _have_read(person)
    for person in fresh:
        if person.email == HEARS_BY_MAIL:
            _hear_by_mail(person, Timing.AT_ONCE)


def _hear_by_mail(person: User, timing: Timing) -> None:
    choices = {(kind, Channel.MAIL): timing for kind in kinds.names()}
    actions.choose(person_id=person.pk, choices=choices)


def _have_read(person: User) -> None:
    """All but the newest."""
    told = Notification.objects.filter(recipient=person).order_by("-pk").values_list("pk", flat=True)
    for newest_read in told[UNREAD : UNREAD + 1]:
        actions.read(viewer=viewer_for(person), until=newest_read)
