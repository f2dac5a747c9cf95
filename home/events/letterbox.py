"""What an answer to a mail about a place at an event does: it takes the place, or gives it back.

The address names the registration and its person. It is no secret key: the answer has to come from her own
address, and the mail server must not doubt it.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from home.events import actions
from home.events.enums import HOLDING, LIVE, PlaceState
from home.events.finding import page_of
from home.events.models import Registration
from network.accounts.models import User
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.answerable import Answering, Choice, answerable
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses
from network.notifications.inbound.doors import Door, Verdict, doors
from network.notifications.inbound.parcels import Parcel
from network.notifications.inbound.spoken import said
from network.notifications.inbound.trust import Proof
from network.notifications.kinds import Ids

_KIND = "place"
_TAKE, _GIVE_BACK = 1, 2


@dataclass(frozen=True)
class Place:
    registration: Registration
    person: User


def register() -> None:
    for kind in ("events.place", "events.reminder"):
        answerable.register(kind, _answering)
    doors.register("events", Door(find=_find, take=_take, post=_post, label=_label))


def _answering(ids: Ids, viewer: Viewer) -> Answering | None:
    """What she can say by mail, as long as the event has not begun."""
    row = Registration.objects.live().of(viewer).select_related("desk").filter(pk=ids["registration"]).first()
    if row is None or timezone.now() >= row.desk.told_start or row.desk.told_cancelled_at:
        return None
    does = _("The place goes to the next in line at once. You cannot take this back.")
    back = Choice(_GIVE_BACK, _("Give the place back"), does if row.state in HOLDING else "")
    take = [Choice(_TAKE, _("Take the place"), "")] if row.state == PlaceState.OFFERED else []
    return Answering(addresses.make(_KIND, row.pk, row.person_id), [*take, back])


def _find(local: str) -> Place | None:
    numbers = addresses.read(_KIND, local)
    if not numbers or len(numbers) != 2:
        return None
    rows = Registration.objects.select_related("desk", "person")
    row = rows.filter(pk=numbers[0], person=numbers[1], person__is_active=True).first()
    return Place(row, row.person) if row else None


def _take(place: Place, parcel: Parcel) -> Verdict:
    if not parcel.is_from(place.person):
        sentence = _(
            "You answered from an address that we do not know. Answer from the one that was written to."
        )
        return Verdict(IncomingState.RETURNED, IncomingReason.WRONG_SENDER, sentence)
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.ASKED, IncomingReason.FORGED, person=place.person)
    return _post(place, parcel, place.person)


def _post(place: Place, parcel: Parcel, person: User) -> Verdict:
    """Both deeds are the person's own; an answer to an old mail finds where she stands now."""
    viewer, row = viewer_for(person, person.language), place.registration
    words = said(parcel.own_words)
    if row.person_id != person.pk or row.state not in LIVE:
        raise Refused(_("You are not registered for this event."))
    if words.number == _TAKE or words.means("yes"):
        actions.take_offer(viewer=viewer, desk=row.desk)
        sentence = _("You have a place.")
    elif words.number == _GIVE_BACK or words.means("no"):
        actions.give_back(viewer=viewer, desk=row.desk)
        sentence = _("You take no part any more. Thank you for saying so.")
    else:
        raise Refused(_("We only understand “1”, “2”, “yes” or “no” on the first line of your mail."))
    ids = {"registration": row.pk}
    return Verdict(IncomingState.DONE, IncomingReason.HEEDED, sentence, person=person, ids=ids)


def _label(place: Place, person: User) -> str:
    page = page_of(place.registration.desk, viewer_for(person))
    return page.title if page else ""
