"""What mails to ``message+<token>`` do: the answer to a message, by whoever it was sent to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts.actions.messaging import LONGEST, answer
from network.experts.models import Message
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses
from network.notifications.inbound.doors import Door, Verdict, doors
from network.notifications.inbound.parcels import Parcel
from network.notifications.inbound.trust import Proof

MESSAGE = "message"


@dataclass(frozen=True)
class Place:
    """The message that is answered, and the person for whom the address was made."""

    message: Message
    person: User


def reply_address(message: Message, viewer: Viewer) -> str:
    """Where an answer goes: to the sender herself if she wants it so, else to an address of ours."""
    if message.shows_address:
        return message.sender.email
    return addresses.make(MESSAGE, message.pk, viewer.user_id) if viewer.user_id else ""


def _find(local: str) -> Place | None:
    numbers = addresses.read(MESSAGE, local)
    if not numbers or len(numbers) != 2:
        return None
    message = (
        Message.objects.whole().filter(pk=numbers[0], recipient=numbers[1], recipient__is_active=True).first()
    )
    return Place(message, message.recipient) if message else None


def _take(place: Place, parcel: Parcel) -> Verdict:
    """Only from her whom the address was given to; where the mail server doubts it she is asked first."""
    if not parcel.is_from(place.person):
        said = _(
            "You answered to an address that was given to somebody else, or from an address that we do not "
            "know. Answer from the address that you sign in with."
        )
        return Verdict(IncomingState.RETURNED, IncomingReason.WRONG_SENDER, said)
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.ASKED, IncomingReason.FORGED, person=place.person)
    return _post(place, parcel, place.person)


def _post(place: Place, parcel: Parcel, person: User) -> Verdict:
    text = parcel.own_words.strip()
    if not text:
        raise Refused(_("Your mail holds no words of yours."))
    made = answer(viewer=viewer_for(person, person.language), message=place.message, text=text[:LONGEST])
    return Verdict(IncomingState.DONE, IncomingReason.POSTED, person=person, ids={"message": made.pk})


def _label(place: Place, person: User) -> str:
    return place.message.subject if place.message.recipient_id == person.pk else ""


def register() -> None:
    doors.register("experts.message", Door(find=_find, take=_take, post=_post, label=_label))
