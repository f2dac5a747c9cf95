"""Deciding by mail: the answer to a mail about a case that waits.

Each such mail carries an address of its own, ``decide+<token>``: made for one moderator, one case and the
text that she read, good for a week and for one decision. The first line of the answer says what she decides,
in a word of any of the six languages or by number; below it stands the reason.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities.forums.knowledge import refuse_copies
from communities.moderation import actions
from communities.moderation.cases import Case, CaseKind, Verb, case_kinds, find
from network.accounts.models import User
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.addressing import absolute
from network.notifications.answerable import Answering, Choice, answerable
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses
from network.notifications.inbound.doors import Door, Verdict, doors
from network.notifications.inbound.parcels import Parcel
from network.notifications.inbound.spoken import Said, said, word_for
from network.notifications.inbound.trust import Proof
from network.notifications.kinds import Ids

KIND, HOLD = "decide", "hold"
#: How long a decision may be sent by mail.
GOOD_FOR = timedelta(days=7)
_LONGEST_REASON = 1000


@dataclass(frozen=True)
class Place:
    """What an address stands for: this person, this case as it read then, until the end of a day."""

    local: str
    name: str
    kind: CaseKind
    pk: int
    person: User
    stamp: int
    last_day: int


# --- asking -----------------------------------------------------------------------------------------------


def answering(viewer: Viewer, *keys: tuple[str, int]) -> Answering | None:
    """How the first of these cases that waits for her is decided by mail."""
    found = (find(viewer, name, pk) for name, pk in keys)
    case = next((case for case in found if case is not None), None)
    if case is None:
        return None
    language = get_language() or viewer.language
    choices = [
        Choice(number, word_for(verb.spoken, language), f"{verb.label}. {verb.next}", verb.needs_words)
        for number, verb in enumerate(case.verbs, 1)
    ]
    choices.append(Choice(len(choices) + 1, word_for(HOLD, language), _("Nothing is decided yet.")))
    note = _(
        "Write the reason below it, where one is read. This address is yours alone, for one decision and a "
        "week."
    )
    return Answering(address_of(viewer, case), choices, note)


def address_of(viewer: Viewer, case: Case) -> str:
    """Where she decides about this case, as it reads now."""
    last_day = (timezone.now() + GOOD_FOR).date().toordinal()
    return addresses.make(KIND, case.kind.number, case.row.pk, viewer.user_id or 0, _stamp(case), last_day)


def _stamp(case: Case) -> int:
    """A number for the text as it was read: another text has another one."""
    digest = hashlib.sha256(repr(case.kind.revision(case.row)).encode()).digest()
    return int.from_bytes(digest[:4], "big")


# --- answering --------------------------------------------------------------------------------------------


def _find(local: str) -> Place | None:
    numbers = addresses.read(KIND, local)
    if not numbers or len(numbers) != 5:
        return None
    code, pk, person_id, stamp, last_day = numbers
    kinds = {kind.number: (name, kind) for name, kind in case_kinds.items()}
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if code not in kinds or person is None:
        return None
    name, kind = kinds[code]
    return Place(local.lower(), name, kind, pk, person, stamp, last_day)


def _take(place: Place, parcel: Parcel) -> Verdict:
    """Her own address for this case: From has to be hers, and the mail server must not doubt it."""
    if not parcel.is_from(place.person):
        sentence = _(
            "Only the moderator to whom a mail was sent decides by answering it, from the address that she "
            "signs in with."
        )
        return Verdict(IncomingState.RETURNED, IncomingReason.WRONG_SENDER, sentence)
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.ASKED, IncomingReason.FORGED, person=place.person)
    return _post(place, parcel, place.person)


def _post(place: Place, parcel: Parcel, person: User) -> Verdict:
    viewer = viewer_for(person, person.language)
    case = _case(place, viewer)
    words = said(parcel.own_words)
    if words.means(HOLD) or words.number == len(case.verbs) + 1:
        return _heeded(person, _("Nothing is decided yet. You may answer the same mail again."))
    verb = _verb(case, words)
    if len(words.rest) > _LONGEST_REASON:
        raise Refused(_("Your reason is longer than a thousand letters. Say it in fewer words."))
    refuse_copies(viewer, words.rest, "reason")
    actions.settle_by_mail(viewer=viewer, case=case, verb=verb.name, reason=words.rest, address=place.local)
    return _heeded(person, _("Your decision counts: %(decision)s.") % {"decision": verb.label})


def _case(place: Place, viewer: Viewer) -> Case:
    """The case that waits, as she read it; refused with what stands in the way."""
    if timezone.now().date().toordinal() > place.last_day:
        raise Refused(_("This address was good for a week. %(where)s") % {"where": _on_the_site()})
    case = find(viewer, place.name, place.pk)
    if case is None:
        if find(viewer, place.name, place.pk, decided=True) is not None:
            raise Refused(_("Somebody has decided about this in the meantime."))
        raise Refused(_("This does not wait for you any more."))
    if _stamp(case) != place.stamp:
        raise Refused(_("What you read was changed since then. %(where)s") % {"where": _on_the_site()})
    return case


def _verb(case: Case, words: Said) -> Verb:
    verbs = case.verbs
    if words.number is not None and 1 <= words.number <= len(verbs):
        return verbs[words.number - 1]
    found = next((verb for verb in verbs if words.means(verb.spoken)), None)
    if found is None:
        language = get_language() or ""
        offered = [f"{n} ({word_for(verb.spoken, language)})" for n, verb in enumerate(verbs, 1)]
        raise Refused(
            _("We found no decision on the first line of your mail. Write one of these: %(words)s.")
            % {"words": ", ".join([*offered, word_for(HOLD, language)])}
        )
    return found


def _heeded(person: User, sentence: str) -> Verdict:
    return Verdict(IncomingState.DONE, IncomingReason.HEEDED, sentence, person=person)


def _on_the_site() -> str:
    return _("Look at it on the site: %(url)s") % {"url": absolute(reverse("moderation:everything"))}


def _label(place: Place, person: User) -> str:
    case = find(viewer_for(person), place.name, place.pk)
    return (
        f"{place.kind.label}, {case.community.name}" if case and case.shows_place else str(place.kind.label)
    )


def _by_ids(*names: str, key: str) -> Callable[[Ids, Viewer], Answering | None]:
    return lambda ids, viewer: answering(viewer, *((name, ids[key]) for name in names))


def register() -> None:
    doors.register(f"moderation.{KIND}", Door(find=_find, take=_take, post=_post, label=_label))
    answerable.register("moderation.held", _by_ids("held", "knowledge", key="post"))
    answerable.register("moderation.mail", _by_ids("mail", key="mail"))
    answerable.register("moderation.report", _by_ids("report", key="report"))
    answerable.register("moderation.appeal", _by_ids("appeal", key="appeal"))
    answerable.register("moderation.claim", _by_ids("claim", key="claim"))
    answerable.register("communities.join_request", _by_ids("request", key="request"))
