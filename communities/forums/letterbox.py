"""What mails to forums and threads do: the doors that this room registers in ``notifications.inbound``.

``reply+<token>`` answers a thread, ``start+<token>`` starts one in a forum, ``file+<token>`` hands in a mail
of somebody else; each is made for one person. ``<community>.<forum>`` is the address of a forum that
everybody may read: whoever uses it has to be proved by the mail server, or is asked.
"""

import re
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from communities import policies as communities
from communities.forums import policies
from communities.forums.actions import mailing
from communities.forums.models import Forum, Post, Thread
from communities.models import Mandate
from network.accounts.models import User
from network.foundations import richtext
from network.foundations.exceptions import Refused
from network.foundations.ratelimit import limit
from network.foundations.viewer import Viewer, anonymous, viewer_for
from network.notifications.addressing import absolute
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import addresses, forwarded
from network.notifications.inbound.doors import Door, Verdict, doors
from network.notifications.inbound.letters import Letter, Unreadable
from network.notifications.inbound.parcels import Parcel, owner_of
from network.notifications.inbound.trust import Proof

REPLY, START, FILE = "reply", "start", "file"
#: The address of a forum whose own words no mail program would take.
_NUMBERS = re.compile(r"c(\d{1,18})\.f(\d{1,18})")
_PLAIN = re.compile(r"[a-z0-9_-]+\.[a-z0-9_-]+")


@dataclass(frozen=True)
class Place:
    """What an address stands for: a thread or a forum, and the person for whom it was made."""

    forum: Forum
    thread: Thread | None = None
    person: User | None = None
    mandate_id: int | None = None


# --- addresses --------------------------------------------------------------------------------------------


def reply_address(thread_id: int, viewer: Viewer) -> str:
    """Where this person's answer to a thread goes; empty where nobody answers by mail."""
    return addresses.make(REPLY, thread_id, viewer.user_id) if viewer.user_id else ""


def start_address(forum: Forum, viewer: Viewer, mandate: Mandate | None = None) -> str:
    """Where this person starts a thread by mail, for herself or under a mandate."""
    for_whom = [mandate.pk] if mandate else []
    return addresses.make(START, forum.pk, viewer.user_id, *for_whom) if viewer.user_id else ""


def file_address(forum: Forum, viewer: Viewer) -> str:
    """Where this person hands in mails of others."""
    return addresses.make(FILE, forum.pk, viewer.user_id) if viewer.user_id else ""


def public_address(forum: Forum) -> str:
    """The address of a forum that everybody may read; empty for others, of which no mail server is told."""
    if not addresses.is_on() or not Forum.objects.visible_to(anonymous()).filter(pk=forum.pk).exists():
        return ""
    local = f"{forum.community.slug}.{forum.slug}".lower()
    if not _PLAIN.fullmatch(local) or len(local) > addresses.LONGEST_LOCAL or _NUMBERS.fullmatch(local):
        local = f"c{forum.community_id}.f{forum.pk}"
    return addresses.make_plain(local)


def _find_thread(local: str) -> Place | None:
    numbers = addresses.read(REPLY, local)
    if not numbers or len(numbers) != 2:
        return None
    thread = Thread.objects.select_related("forum__community").filter(pk=numbers[0]).first()
    person = User.objects.filter(pk=numbers[1], is_active=True).first()
    return Place(thread.forum, thread, person) if thread and person else None


def _find_forum(kind: str, local: str) -> Place | None:
    numbers = addresses.read(kind, local)
    if not numbers or len(numbers) not in (2, 3):
        return None
    forum = Forum.objects.select_related("community").filter(pk=numbers[0]).first()
    person = User.objects.filter(pk=numbers[1], is_active=True).first()
    mandate_id = numbers[2] if len(numbers) == 3 else None
    return Place(forum, person=person, mandate_id=mandate_id) if forum and person else None


def _find_public(local: str) -> Place | None:
    """Only what everybody may read has a plain address: others would be found out by asking for them."""
    forums = Forum.objects.visible_to(anonymous()).select_related("community")
    if numbers := _NUMBERS.fullmatch(local):
        found = forums.filter(community=int(numbers[1]), pk=int(numbers[2])).first()
    elif _PLAIN.fullmatch(local):
        community, forum = local.split(".")
        found = forums.filter(community__slug__iexact=community, slug__iexact=forum).first()
    else:
        return None
    return Place(found) if found else None


# --- replying ---------------------------------------------------------------------------------------------


def _take_reply(place: Place, parcel: Parcel) -> Verdict:
    """Her own address for this thread: From has to be hers, and the mail server must not doubt it."""
    return _hers(place, parcel) or _post_reply(place, parcel, _person(place))


def _hers(place: Place, parcel: Parcel) -> Verdict | None:
    """None where the mail is from the person whose address it came to."""
    person = _person(place)
    ids = {"forum": place.forum.pk} | ({"thread": place.thread.pk} if place.thread else {})
    if not parcel.is_from(person):
        said = _(
            "You answered to an address that was given to somebody else, or from an address that we do not "
            "know. Moderators will look at your mail. Answer from the address that you sign in with."
        )
        desk = mailing.desk_of(place.forum)
        return Verdict(
            IncomingState.WAITING, IncomingReason.WRONG_SENDER, said, person=person, desk=desk, ids=ids
        )
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.ASKED, IncomingReason.FORGED, person=person, ids=ids)
    return None


def _post_reply(place: Place, parcel: Parcel, person: User) -> Verdict:
    demand_pace(person)
    viewer = viewer_for(person, person.language)
    thread = find_to_answer(viewer, place.thread)
    post = mailing.reply_by_mail(
        viewer=viewer,
        thread=thread,
        letter=parcel.letter,
        written_at=parcel.mail.counts_at,
        mail_id=parcel.mail.pk,
    )
    return _posted(post, person)


def find_to_answer(viewer: Viewer, thread: Thread | None) -> Thread:
    """The thread that a mail answers, if it is one still and she may read it."""
    if thread is None:
        raise Refused(_gone())
    if thread.merged_into_id:
        raise Refused(_merged(thread, viewer))
    if not Thread.objects.visible_to(viewer).filter(pk=thread.pk).exists():
        raise Refused(_gone())
    return thread


def demand_pace(person: User) -> None:
    """Nobody writes so much by hand: a program that runs wild is stopped, and its mails come back."""
    limit("mailed-posts", f"user:{person.pk}", times=60, seconds=60 * 60)


def _posted(post: Post, person: User) -> Verdict:
    return Verdict(IncomingState.DONE, IncomingReason.POSTED, person=person, ids={"post": post.pk})


def _gone() -> str:
    return _("What you answered is not there any more, or no longer open to you.")


def _merged(thread: Thread, viewer: Viewer) -> str:
    """Her words do not go where she has not looked."""
    now = Thread.objects.visible_to(viewer).select_related("forum__community")
    there = now.filter(pk=thread.merged_into_id).first()
    if there is None:
        return _gone()
    return _("The thread that you answered has become part of “%(title)s”. Read it there first: %(url)s") % {
        "title": there.title,
        "url": absolute(there.get_absolute_url()),
    }


# --- starting ---------------------------------------------------------------------------------------------


def _take_start(place: Place, parcel: Parcel) -> Verdict:
    return _hers(place, parcel) or _post_start(place, parcel, _person(place))


def _take_public(place: Place, parcel: Parcel) -> Verdict:
    """Everybody knows this address, and From is what a sender writes: proved, or asked for."""
    author = parcel.author
    if parcel.proof == Proof.FAILED:
        return Verdict(IncomingState.IGNORED, IncomingReason.FORGED)
    if author is None:
        said = _(
            "Nobody here has the address from which you wrote. Moderators of “%(community)s” will look at "
            "your mail. Whoever is a member writes from the address that she signs in with. This is how one "
            "joins: %(url)s"
        ) % {
            "community": place.forum.community.name,
            "url": absolute(place.forum.community.get_absolute_url()),
        }
        ids, desk = {"forum": place.forum.pk}, mailing.desk_of(place.forum)
        return Verdict(IncomingState.WAITING, IncomingReason.UNKNOWN_SENDER, said, desk=desk, ids=ids)
    if parcel.proof == Proof.NONE:
        ids = {"forum": place.forum.pk}
        return Verdict(IncomingState.ASKED, IncomingReason.UNPROVEN, person=author, ids=ids)
    return _post_start(place, parcel, author)


def _post_start(place: Place, parcel: Parcel, person: User) -> Verdict:
    return _started(place, parcel.letter, parcel, person)


def _started(place: Place, letter: Letter, parcel: Parcel, person: User) -> Verdict:
    demand_pace(person)
    viewer = viewer_for(person, person.language)
    if not Forum.objects.visible_to(viewer).filter(pk=place.forum.pk).exists():
        raise Refused(_gone())
    post = mailing.start_by_mail(
        viewer=viewer,
        forum=place.forum,
        letter=letter,
        written_at=parcel.mail.counts_at,
        mail_id=parcel.mail.pk,
        mandate_id=place.mandate_id,
    )
    return _posted(post, person)


# --- handing in -------------------------------------------------------------------------------------------


def _take_filed(place: Place, parcel: Parcel) -> Verdict:
    """A mail that somebody sent to those who keep the forum: it waits for its author's word."""
    keeper = _person(place)
    if verdict := _hers(place, parcel):
        return verdict
    if not policies.can_file(viewer_for(keeper, keeper.language), place.forum):
        raise Refused(_("Those who look after the community hand in mails of others."))
    try:
        letter = forwarded.find(parcel.message, parcel.mail)
    except Unreadable:
        raise Refused(_("We found no forwarded mail in yours. Forward it as an attachment.")) from None
    author = owner_of(letter.head.sender)
    if author is None or not communities.can_write(viewer_for(author), place.forum.community):
        raise Refused(
            _("%(address)s belongs to nobody who writes in this community. Invite her first.")
            % {"address": letter.head.sender}
        )
    return Verdict(IncomingState.ASKED, IncomingReason.FILED, person=author, ids={"forum": place.forum.pk})


def _post_filed(place: Place, parcel: Parcel, person: User) -> Verdict:
    letter = forwarded.find(parcel.message, parcel.mail)
    if owner_of(letter.head.sender) != person:
        raise Refused(_gone())
    return _started(place, letter, parcel, person)


def _filed_words(parcel: Parcel) -> str:
    try:
        return richtext.to_text(forwarded.find(parcel.message, parcel.mail).wording.html)
    except Unreadable:
        return ""


# --- the doors --------------------------------------------------------------------------------------------


def _person(place: Place) -> User:
    if place.person is None:
        raise Refused(_gone())
    return place.person


def _label(place: Place, person: User) -> str:
    """Where it would stand, as far as she may know of it."""
    viewer = viewer_for(person)
    if place.thread and Thread.objects.visible_to(viewer).filter(pk=place.thread.pk).exists():
        return place.thread.title
    if Forum.objects.visible_to(viewer).filter(pk=place.forum.pk).exists():
        return f"{place.forum.title}, {place.forum.community.name}"
    return _("No longer open to you")


DOORS: dict[str, Door] = {
    REPLY: Door(find=_find_thread, take=_take_reply, post=_post_reply, label=_label),
    START: Door(find=partial(_find_forum, START), take=_take_start, post=_post_start, label=_label),
    FILE: Door(
        find=partial(_find_forum, FILE), take=_take_filed, post=_post_filed, label=_label, words=_filed_words
    ),
    "forum": Door(find=_find_public, take=_take_public, post=_post_start, label=_label),
}


def register() -> None:
    for name, door in DOORS.items():
        doors.register(f"forums.{name}", door)
