"""The demo's inboxes: what the other chapters did, told to those whom it concerns."""

from dataclasses import replace

from django.db import transaction

from network.accounts.models import User
from network.foundations.viewer import viewer_for
from network.notifications import actions, special
from network.notifications.enums import BounceKind, Channel, Family, Timing
from network.notifications.inbound.bounces import SUSPENDED
from network.notifications.kinds import USUAL, families
from network.notifications.models import Bounce, MailSuspension, Notification
from network.notifications.preferences import Habits, family_key
from network.notifications.special import How
from network.outbox.actions import work_off

#: Addresses that can belong to nobody: only people of the demo have them.
NOBODYS = ".example"
#: Hears of what happens from now on as everybody usually does.
HEARS_BY_MAIL = "expert@demo.example"
#: Have everything of the demo in a digest that is due at their hour.
DIGESTS = {
    "moderator@demo.example": (Timing.DAILY, Habits(digest_hour=7, quiet_from=21, quiet_to=6)),
    "juror@demo.example": (Timing.WEEKLY, Habits(digest_hour=18, digest_weekday=4)),
}
#: Nobody has this mailbox any more.
COMES_BACK = "hanna.virtanen@people.example"
#: What the people of the demo have not read yet.
UNREAD = 4


def seed() -> None:
    """Work the outbox off as the worker would, without a mail for each thing that the demo made up."""
    people = User.objects.filter(email__endswith=NOBODYS, is_active=True)
    fresh = list(people.exclude(notification_preferences__channel=Channel.MAIL))
    for person in fresh:
        timing, habits = DIGESTS.get(person.email, (Timing.NEVER, None))
        _hear_by_mail(person, timing, habits)
    _address_that_does_not_work()
    while work_off():
        pass
    for person in fresh:
        _have_read(person)
        if person.email == HEARS_BY_MAIL:
            _hear_as_usual(person)
        if person.email in DIGESTS:
            _less_of_one_community(person)


@transaction.atomic
def _address_that_does_not_work() -> None:
    """Its mails came back, so it gets none until its owner asks for them again."""
    person = User.objects.filter(email=COMES_BACK).first()
    if person is None or MailSuspension.objects.filter(person=person).exists():
        return
    what = {"person": person, "address": person.email, "kind": BounceKind.HARD, "status": "5.1.1"}
    Bounce.objects.create(**what)
    made = MailSuspension.objects.create(**what)
    actions.notify(kind=SUSPENDED, recipients=[person.pk], ids={"suspension": made.pk})


def _hear_by_mail(person: User, timing: Timing, habits: Habits | None = None) -> None:
    choices = {(family_key(family), Channel.MAIL): timing for family in families()}
    if habits is None:
        actions.choose(person_id=person.pk, choices=choices)
    else:
        habits = replace(habits, language=person.language)
        actions.save_preferences(viewer=viewer_for(person), choices=choices, habits=habits)


def _hear_as_usual(person: User) -> None:
    """What holds for everybody who has chosen nothing; one choice says that she was here before."""
    choices: dict[tuple[str, str], str] = {(family_key(family), Channel.MAIL): "" for family in families()}
    choices[family_key(Family.MENTION), Channel.MAIL] = USUAL[Family.MENTION]
    actions.choose(person_id=person.pk, choices=choices)


def _less_of_one_community(person: User) -> None:
    """One choice that differs from all others, so that the list of them is not empty."""
    viewer = viewer_for(person)
    told = Notification.objects.filter(recipient=person, place__startswith="community:")
    place = told.order_by("pk").values_list("place", flat=True).first()
    if place and special.names(viewer, [place]):
        actions.choose_place(viewer=viewer, place=place, how=How.WEEKLY)


def _have_read(person: User) -> None:
    """All but the newest."""
    told = Notification.objects.filter(recipient=person).order_by("-pk").values_list("pk", flat=True)
    for newest_read in told[UNREAD : UNREAD + 1]:
        actions.read(viewer=viewer_for(person), until=newest_read)
