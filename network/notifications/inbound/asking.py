"""Is this yours? A mail that nothing proves waits for the person in whose name it would be posted.

She says so on a page that a signed link leads to, or by answering the mail that asks her.
"""

from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.accounts.models import User
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses, raw, working
from network.notifications.inbound.doors import Door, Verdict, lead_to
from network.notifications.inbound.parcels import Parcel
from network.notifications.kinds import Ids, Kind, Rendered
from network.notifications.models import IncomingMail

KIND = "confirm"
_SALT = "notifications.confirm"


@dataclass(frozen=True)
class Question:
    """A mail, the person who is asked, what it says and where it would stand."""

    mail: IncomingMail
    person: User
    words: str
    place: str


def address_of(mail: IncomingMail, person_id: int) -> str:
    """The page on which she says whether it is hers."""
    return reverse("notifications:confirm", args=[signing.dumps([mail.pk, person_id], salt=_SALT)])


def question(signed: str) -> Question:
    """What a signed link asks; 404 where it is not one of ours, or the mail is settled or let go."""
    try:
        pk, person_id = signing.loads(signed, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404("This address is not one of ours.") from None
    mail = _asked(pk, person_id)
    person = User.objects.filter(pk=person_id, is_active=True).first()
    led = lead_to(mail.recipient) if mail else None
    if mail is None or person is None or led is None:
        raise Http404("This mail does not wait any more.")
    door, place = led
    try:
        parcel = Parcel.open(mail)
    except raw.Gone:
        raise Http404("This mail does not wait any more.") from None
    return Question(mail, person, door.words(parcel), door.label(place, person))


@transaction.atomic
def confirm(*, mail: IncomingMail, person: User) -> IncomingMail:
    """It is hers."""
    current = _locked(mail, person)
    working.confirmed(current, person)
    return current


@transaction.atomic
def disown(*, mail: IncomingMail, person: User) -> None:
    """It is not hers, or she does not want it posted."""
    current = _locked(mail, person)
    working.settle(current, Verdict(IncomingState.IGNORED, IncomingReason.DISCARDED))


def _locked(mail: IncomingMail, person: User) -> IncomingMail:
    current = IncomingMail.objects.select_for_update().get(pk=mail.pk)
    if current.state != IncomingState.ASKED or current.person_id != person.pk:
        raise Refused(_("This mail does not wait any more."))
    return current


def _asked(pk: int, person_id: int) -> IncomingMail | None:
    return IncomingMail.objects.filter(pk=pk, person=person_id, state=IncomingState.ASKED).first()


def _find(local: str) -> IncomingMail | None:
    numbers = addresses.read(KIND, local)
    return IncomingMail.objects.filter(pk=numbers[0]).first() if numbers and len(numbers) == 2 else None


def _take(mail: IncomingMail, parcel: Parcel) -> Verdict:
    """Her answer to the question; what she writes in it does not matter."""
    person = parcel.author
    if person is None or _asked(mail.pk, person.pk) is None:
        return Verdict(IncomingState.IGNORED, IncomingReason.GONE)
    return _post(mail, parcel, person)


def _post(mail: IncomingMail, parcel: Parcel, person: User) -> Verdict:
    confirm(mail=mail, person=person)
    return Verdict(IncomingState.DONE, IncomingReason.POSTED, person=person)


DOOR = Door(find=_find, take=_take, post=_post)


def _render(ids: Ids, viewer: Viewer) -> Rendered | None:
    mail = _asked(ids["mail"], viewer.user_id or 0)
    led = lead_to(mail.recipient) if mail else None
    if mail is None or led is None:
        return None
    door, place = led
    return Rendered(
        subject=_("Did you write this mail?"),
        text=_(
            "A mail in your name waits to be posted in “%(place)s”. Look at it on the site and say whether "
            "it is yours, or answer this mail to say yes. If it is not yours, do nothing: it is thrown away "
            "after 30 days."
        )
        % {"place": door.label(place, viewer.user)},
        url=address_of(mail, viewer.user_id or 0),
        reply_to=addresses.make(KIND, mail.pk, viewer.user_id or 0),
    )


ASKS = Kind(gettext_lazy("Mails in my name that wait for my word"), _render)
