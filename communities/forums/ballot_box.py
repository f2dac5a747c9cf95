"""Polls by mail: those who listen to a thread are told of its poll, and vote by answering.

The first lines of the answer say what she chooses: numbers, the words of the answers or a part of them that
fits one alone, and yes, no or abstain in any of the six languages where the poll offers these.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forums.actions.polling import vote
from communities.forums.actions.unnamed import writer_of
from communities.forums.enums import PostState
from communities.forums.letterbox import reply_address
from communities.forums.levels import listeners
from communities.forums.models import Ballot, Poll, Post
from communities.forums.notices.kinds import EMBARGO
from communities.forums.notices.words import mail_thread
from communities.forums.policies import can_vote
from network.accounts.models import User
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.actions import notify
from network.notifications.answerable import Answering, Choice, answerable
from network.notifications.enums import Family, IncomingReason, IncomingState
from network.notifications.inbound import addresses
from network.notifications.inbound.doors import Door, Verdict, doors
from network.notifications.inbound.parcels import Parcel
from network.notifications.inbound.spoken import meaning_of, normal
from network.notifications.inbound.trust import Proof
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.notifications.models import Notification
from network.outbox.models import Entry

KIND, TOLD = "vote", "forums.poll"
_MEANINGS = ("yes", "no", "abstain")
_BETWEEN = re.compile(r"\s*[,;，；、،؛+&]\s*|\s+(?:and|et|y|e|и|و)\s+|\s*(?:和|及)\s*")
_NUMBERED = re.compile(r"(?P<sign>#|№|n°|\D*)\s*(?P<number>\d{1,3})\s*[.):]?(?:\s+(?P<words>.+))?", re.DOTALL)
#: What may stand before a number.
_CALLED = frozenset(
    normal(word)
    for word in (
        "#",
        "№",
        "n°",
        "no",
        "option",
        "answer",
        "choix",
        "réponse",
        "opción",
        "respuesta",
        "вариант",
    )
) | frozenset(normal(word) for word in ("ответ", "选项", "第", "الخيار", "خيار", "الجواب", ""))


@dataclass(frozen=True)
class Place:
    poll: Poll
    person: User


# --- telling ----------------------------------------------------------------------------------------------


def tell_of_poll(entry: Entry) -> None:
    """A poll was put under a post that is out."""
    _tell(Poll.objects.select_related("post__thread__forum").filter(pk=entry.ids["poll"]).first())


def tell_of_poll_let_out(entry: Entry) -> None:
    """A post went out that had waited with its poll."""
    _tell(Poll.objects.select_related("post__thread__forum").filter(post=entry.ids["post"]).first())


def _tell(poll: Poll | None) -> None:
    """Those who listen to the thread and may vote there, but whoever asked."""
    if poll is None or poll.is_closed or poll.post.state != PostState.PUBLISHED:
        return
    if Notification.objects.filter(kind=TOLD, ids__poll=poll.pk).exists():  # both entries came late
        return
    people = User.objects.filter(pk__in=listeners(poll.post) - {writer_of(poll.post), poll.created_by_id})
    notify(
        kind=TOLD,
        recipients=[person.pk for person in people if can_vote(viewer_for(person), poll)],
        group=f"thread:{poll.post.thread_id}",
        place=f"community:{poll.post.thread.forum.community_id}",
        ids={"poll": poll.pk},
    )


def _render(ids: Ids, viewer: Viewer) -> Rendered | None:
    poll = _seen(ids["poll"], viewer)
    if poll is None:
        return None
    said = _("Poll: %(question)s") % {"question": poll.question}
    return Rendered(
        subject=poll.post.thread.title,
        text=said,
        html=format_html("<p><strong>{}</strong></p>", said),
        url=poll.post.get_absolute_url(),
        thread=mail_thread(poll.post, viewer),
    )


def _seen(pk: int, viewer: Viewer) -> Poll | None:
    """The poll, where she may read the post above it."""
    posts = Post.objects.visible_to(viewer).filter(state=PostState.PUBLISHED)
    return Poll.objects.select_related("post__thread__forum__community").filter(pk=pk, post__in=posts).first()


def _answering(ids: Ids, viewer: Viewer) -> Answering | None:
    """How she votes by mail, as long as she can."""
    poll = _seen(ids["poll"], viewer)
    if poll is None or poll.is_closed or not can_vote(viewer, poll):
        return None
    if not poll.may_change and Ballot.objects.filter(poll=poll, user=viewer.user_id).exists():
        return None
    choices = [Choice(number, option, "") for number, option in enumerate(poll.options, 1)]
    note = (
        _("Choose one.")
        if poll.most == 1
        else _("Choose up to %(n)d, with commas between them.") % {"n": poll.most}
    )
    return Answering(addresses.make(KIND, poll.pk, viewer.user_id or 0), choices, note)


# --- voting -----------------------------------------------------------------------------------------------


def _find(local: str) -> Place | None:
    numbers = addresses.read(KIND, local)
    if not numbers or len(numbers) != 2:
        return None
    poll = Poll.objects.select_related("post__thread__forum__community").filter(pk=numbers[0]).first()
    person = User.objects.filter(pk=numbers[1], is_active=True).first()
    return Place(poll, person) if poll and person else None


def _take(place: Place, parcel: Parcel) -> Verdict:
    """Her own address for this poll: From has to be hers, and the mail server must not doubt it."""
    if not parcel.is_from(place.person):
        sentence = _(
            "Only the person to whom a mail was sent votes by answering it, from the address that she signs "
            "in with."
        )
        return Verdict(IncomingState.RETURNED, IncomingReason.WRONG_SENDER, sentence)
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.ASKED, IncomingReason.FORGED, person=place.person)
    return _post(place, parcel, place.person)


def _post(place: Place, parcel: Parcel, person: User) -> Verdict:
    viewer, poll = viewer_for(person, person.language), place.poll
    if _seen(poll.pk, viewer) is None:
        raise Refused(_("This poll is not there any more, or no longer open to you."))
    chosen, rest = chosen_in(parcel.own_words, poll.options)
    if not chosen:
        raise Refused(_not_understood(poll))
    vote(viewer=viewer, poll=poll, choices=chosen)
    said = _("Your vote in “%(title)s” counts.") % {"title": poll.post.thread.title}
    if not poll.is_secret:  # of a secret ballot nothing is written anywhere else
        said += " " + _("You chose: %(words)s.") % {"words": "; ".join(poll.options[n] for n in chosen)}
    if rest:
        said += " " + _(
            "What stands below it was not posted. To say it in the thread, write to %(address)s."
        ) % {"address": reply_address(poll.post.thread_id, viewer)}
    return Verdict(
        IncomingState.DONE, IncomingReason.HEEDED, said, bool(rest), person=person, ids={"poll": poll.pk}
    )


def _not_understood(poll: Poll) -> str:
    # Where the answers are numbers themselves, nobody could tell the two apart.
    sign = "#" if any(normal(option).isdecimal() for option in poll.options) else ""
    offered = "; ".join(f"{sign}{number} ({option})" for number, option in enumerate(poll.options, 1))
    return _(
        "We found no vote on the first line of your mail. Write one of these, number or words: %(words)s."
    ) % {"words": offered}


def chosen_in(words: str, options: list[str]) -> tuple[list[int], str]:
    """What the first lines choose, as numbers of options, and what stands below; nothing where the first line
    is no choice."""
    lines = words.strip().split("\n")
    chosen: list[int] = []
    for number, line in enumerate(lines):
        found = _in_line(line, options)
        if found is None:
            return (sorted(set(chosen)), "\n".join(lines[number:]).strip()) if chosen else ([], words)
        chosen += found
    return sorted(set(chosen)), ""


def _in_line(line: str, options: list[str]) -> list[int] | None:
    """All options that a line names; None where anything in it names none. A blank line may stand there."""
    if not normal(line):
        return []
    whole = _named(line, options)
    if whole is not None:
        return [whole]
    parts = [_named(part, options) for part in _BETWEEN.split(line) if normal(part)]
    found = [part for part in parts if part is not None]
    return found if found and len(found) == len(parts) else None


def _named(text: str, options: list[str]) -> int | None:
    """The one option that these words or this number name; None where they name none, or more than one."""
    found = set(_meant(normal(text), text, options))
    return found.pop() if len(found) == 1 else None


def _meant(word: str, text: str, options: list[str]) -> Iterator[int]:
    """Every option that is meant in some way: where two ways lead to two options, nobody guesses."""
    plain = [normal(option) for option in options]
    meaning = meaning_of(text, _MEANINGS)
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered and normal(numbered["sign"]) in _CALLED and 1 <= int(numbered["number"]) <= len(options):
        number = int(numbered["number"]) - 1
        if not numbered["words"] or normal(numbered["words"]) == plain[number]:
            yield number
            if numbered["sign"].strip():  # "#2" is a number even where answers are numbers
                return
    if word in plain:
        yield plain.index(word)
        return
    if meaning:
        yield from (n for n, option in enumerate(options) if meaning_of(option, _MEANINGS) == meaning)
    elif len(word) > 2:
        yield from (n for n, option in enumerate(plain) if f" {_bare(word)} " in f" {_bare(option)} ")


def _bare(word: str) -> str:
    """Words alone, without the signs between them."""
    return " ".join(re.findall(r"[\w'-]+", word)) or "\n"


def _returned(place: Place, parcel: Parcel) -> str:
    """What stands below a vote that counts; all of it where none does."""
    if parcel.mail.state != IncomingState.DONE:
        return parcel.own_words
    return chosen_in(parcel.own_words, place.poll.options)[1]


def _label(place: Place, person: User) -> str:
    return place.poll.post.thread.title if _seen(place.poll.pk, viewer_for(person)) else ""


def register() -> None:
    kinds.register(
        TOLD,
        Kind(gettext_lazy("Polls in threads where I watch"), _render, family=Family.WATCHED, embargo=EMBARGO),
    )
    answerable.register(TOLD, _answering)
    doors.register(
        "forums.vote",
        Door(
            find=_find,
            take=_take,
            post=_post,
            label=_label,
            returned=_returned,
        ),
    )
