"""What an answer to the mail 'is it still true' does: a yes confirms, anything else goes back unread.

The address holds entry and round, so an old mail confirms nothing. It is no secret key: the answer has to
come from the person's own address, and the mail server must not doubt it.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import once_links
from network.experts.actions.freshness import confirm_by_link
from network.experts.enums import Way
from network.experts.models import RosterEntry
from network.foundations.exceptions import Refused
from network.notifications.addressing import absolute
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses
from network.notifications.inbound.doors import Door, Verdict, doors
from network.notifications.inbound.parcels import Parcel
from network.notifications.inbound.trust import Proof
from network.search.analyser import fold

_KIND = "still"
#: How an answer begins that means yes, in the languages of the network.
_YES = re.compile(r"\W*(?:(?:yes|oui|si|да|نعم)\b|是|对)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    entry: RosterEntry
    round: int


def answer_address(entry: int, round: int) -> str:
    """Empty where this installation takes no mail."""
    return addresses.make(_KIND, entry, round)


def register() -> None:
    doors.register("rosters", Door(find=_find, take=_take, post=_post, label=_label))


def _find(local: str) -> Asked | None:
    numbers = addresses.read(_KIND, local)
    if not numbers or len(numbers) != 2:
        return None
    found = RosterEntry.objects.select_related("roster", "person").filter(pk=numbers[0]).first()
    return Asked(found, numbers[1]) if found else None


def _take(asked: Asked, parcel: Parcel) -> Verdict:
    person = asked.entry.person
    if not parcel.is_from(person):
        said = _("You answered from an address that we do not know. Answer from the one that was written to.")
        return Verdict(IncomingState.RETURNED, IncomingReason.WRONG_SENDER, said)
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.ASKED, IncomingReason.FORGED, person=person)
    return _post(asked, parcel, person)


def _post(asked: Asked, parcel: Parcel, person: User) -> Verdict:
    if person != asked.entry.person:
        raise Refused(_("Only the person herself says so, or an officer of her organization."))
    if not means_yes(parcel.own_words):
        address = absolute(once_links.address(asked.entry.pk, asked.round))
        raise Refused(
            _("We only understand a yes. To confirm, answer “yes”, or open %(url)s") % {"url": address}
        )
    confirm_by_link(entry=asked.entry, round=asked.round, way=Way.MAIL)
    return Verdict(IncomingState.DONE, IncomingReason.POSTED, person=person)


def means_yes(words: str) -> bool:
    """Whether an answer begins with yes; nothing is guessed from anything else."""
    return bool(_YES.match(fold(words)))


def _label(asked: Asked, person: User) -> str:
    return asked.entry.roster.name
