"""Answers to a forum that was taken along: one mail, written without a line, becomes several posts.

In the suitcase a line such as ``[#17]`` stands below each thread. What is written below it answers that
thread. She sends the whole text back as a file, or only her answers with their lines. Each answer is posted
once, however often she sends them; what cannot be posted comes back with its words.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.forums.actions import mailing
from communities.forums.letterbox import demand_pace, find_to_answer
from communities.forums.models import Forum, Thread
from communities.forums.suitcase import ANSWERS
from network.accounts.models import User
from network.foundations import richtext
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses, charsets
from network.notifications.inbound.doors import Door, Verdict, doors
from network.notifications.inbound.letters import Unreadable
from network.notifications.inbound.parcels import Parcel
from network.notifications.inbound.spoken import normal
from network.notifications.inbound.trust import Proof

#: So many answers of one mail are posted; the rest comes back.
MOST = 50
_LONGEST = 200_000
_HEADING = re.compile(r"\s*[\[［【]\s*[#＃]\s*(\d{1,18})\s*[\]］】]\s*(.*)")
#: Lines of the suitcase itself: where an answer ends.
_ENDS = re.compile(r"={20,}\s*|--- \d+ --- .*")


@dataclass(frozen=True)
class Place:
    """What an address stands for: a forum, the person who took it along, and when."""

    forum: Forum
    person: User
    stamp: int


@dataclass(frozen=True)
class Answer:
    thread: int
    words: str


@dataclass(frozen=True)
class Letter:
    """What stands under headings, and what stands above the first."""

    answers: list[Answer]
    above: str = ""


def read(text: str) -> Letter:
    """The answers in a text, in their order."""
    above: list[str] = []
    answers: list[tuple[int, list[str]]] = []
    into: list[str] | None = above
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            into = [heading[2]] if heading[2] else []
            answers.append((int(heading[1]), into))
        elif _ENDS.fullmatch(line):
            into = None
        elif into is not None:
            into.append(line)
    found = [Answer(thread, "\n".join(lines).strip()) for thread, lines in answers]
    return Letter([answer for answer in found if answer.words], "\n".join(above).strip())


def _letters(parcel: Parcel) -> Iterator[Letter]:
    """What she wrote in the mail, and in texts that come with it."""
    yield read(richtext.to_text(parcel.letter.wording.html))
    for file in parcel.letter.attachments:
        if file.name.lower().endswith((".txt", ".text", ".md")) and len(file.content) < _LONGEST * 4:
            found = read(charsets.to_text(file.content))
            # Above the first heading of the file stands the suitcase itself.
            yield Letter(found.answers)


def _find(local: str) -> Place | None:
    numbers = addresses.read(ANSWERS, local)
    if not numbers or len(numbers) != 3:
        return None
    forum = Forum.objects.select_related("community").filter(pk=numbers[0]).first()
    person = User.objects.filter(pk=numbers[1], is_active=True).first()
    return Place(forum, person, numbers[2]) if forum and person else None


def _take(place: Place, parcel: Parcel) -> Verdict:
    """Her own address for this suitcase: From has to be hers, and the mail server must not doubt it."""
    ids = {"forum": place.forum.pk}
    if not parcel.is_from(place.person):
        said = _(
            "Only the person to whom a suitcase was sent answers it, from the address that she signs in with."
        )
        return Verdict(IncomingState.RETURNED, IncomingReason.WRONG_SENDER, said)
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.ASKED, IncomingReason.FORGED, person=place.person, ids=ids)
    return _post(place, parcel, place.person)


def _post(place: Place, parcel: Parcel, person: User) -> Verdict:
    viewer = viewer_for(person, person.language)
    letters = list(_letters(parcel))
    answers = [answer for letter in letters for answer in letter.answers]
    if not answers:
        raise Refused(
            _("We found no answers in your mail. Write each below the line of its thread, such as [#17].")
        )
    left: dict[int, str] = {}
    posted = 0
    for number, answer in enumerate(answers):
        try:
            if number >= MOST:
                raise Refused(_("One mail holds fifty answers at most."))
            with transaction.atomic():
                _post_one(viewer, place, parcel, answer)
        except (Refused, PermissionDenied, Unreadable) as refused:
            left[number] = getattr(refused, "sentence", "") or str(refused)
        else:
            posted += 1
    return _verdict(person, letters, answers, left, posted, _other_files(parcel))


def _post_one(viewer: Viewer, place: Place, parcel: Parcel, answer: Answer) -> None:
    demand_pace(place.person)
    thread = (
        Thread.objects.select_related("forum__community")
        .filter(pk=answer.thread, forum__community=place.forum.community_id)
        .first()
    )
    thread = find_to_answer(viewer, thread)
    mailing.answer_by_mail(
        viewer=viewer,
        thread=thread,
        html=richtext.clean(richtext.from_plain_text(_without_title(answer.words, thread))),
        written_at=parcel.mail.counts_at,
        key=_key(place, answer),
    )


def _without_title(words: str, thread: Thread) -> str:
    """A title that she wrote beside the number is none of her words."""
    first, _newline, rest = words.partition("\n")
    return rest if rest.strip() and normal(first) == normal(thread.title) else words


def _key(place: Place, answer: Answer) -> str:
    """Names this answer to this suitcase, whichever mail it comes in."""
    told = f"{place.forum.pk}.{place.stamp}.{answer.thread}.{normal(answer.words)}"
    return f"bag-{hashlib.sha256(told.encode()).hexdigest()[:40]}"


def _other_files(parcel: Parcel) -> list[str]:
    return [
        file.name
        for file in parcel.letter.attachments
        if not file.name.lower().endswith((".txt", ".text", ".md"))
    ] + parcel.letter.left_out


def _verdict(
    person: User,
    letters: list[Letter],
    answers: list[Answer],
    left: dict[int, str],
    posted: int,
    files: list[str],
) -> Verdict:
    above = any(letter.above for letter in letters)
    said = [
        ngettext("%(n)d of your answers was posted.", "%(n)d of your answers were posted.", posted)
        % {"n": posted}
    ]
    said += [f"[#{answers[number].thread}]: {why}" for number, why in left.items()]
    if above:
        said.append(_("What stands above the first number was not posted."))
    if files:
        said.append(_("Files do not come along with answers: %(names)s.") % {"names": ", ".join(files)})
    whole = not (left or above or files)
    return Verdict(
        IncomingState.DONE if posted else IncomingState.RETURNED,
        IncomingReason.POSTED if posted else IncomingReason.REFUSED,
        "" if whole else "\n".join(said),
        with_text=bool(left or above),
        person=person,
        ids={"left": list(left)},
    )


def _returned(place: Place, parcel: Parcel) -> str:
    """The answers that could not be posted, each with its line, and what stood above them all."""
    letters = list(_letters(parcel))
    answers = [answer for letter in letters for answer in letter.answers]
    if parcel.mail.state != IncomingState.DONE or not answers:
        return parcel.own_words
    back = [
        f"[#{answers[n].thread}]\n{answers[n].words}" for n in parcel.mail.ids["left"] if n < len(answers)
    ]
    return "\n\n".join([letter.above for letter in letters if letter.above] + back)


def _label(place: Place, person: User) -> str:
    seen = Forum.objects.visible_to(viewer_for(person)).filter(pk=place.forum.pk).exists()
    return f"{place.forum.title}, {place.forum.community.name}" if seen else _("No longer open to you")


def register() -> None:
    doors.register(
        f"forums.{ANSWERS}", Door(find=_find, take=_take, post=_post, label=_label, returned=_returned)
    )
