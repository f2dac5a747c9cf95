"""Replying and starting threads by mail, and deciding about mails that nothing proves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from communities import policies as communities
from communities.actions import invite
from communities.actions.common import demand
from communities.forums import attachments, policies
from communities.forums.actions.writing import reply, start_thread
from communities.forums.capacities import spoken
from communities.forums.enums import Origin
from communities.forums.models import Forum, Post, PostFile, Thread
from communities.forums.tags import visible
from communities.models import Community, Mandate
from network.consent.actions import copying
from network.consent.tokens import MARK
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.richtext import is_empty
from network.foundations.viewer import Viewer, anonymous
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import working
from network.notifications.inbound.doors import Verdict
from network.notifications.inbound.letters import Letter
from network.notifications.models import IncomingMail

LONGEST_TITLE = 160


def reply_by_mail(
    *, viewer: Viewer, thread: Thread, letter: Letter, written_at: datetime, mail_id: int
) -> Post:
    """Reply with the words of a mail, as of the hour at which it was sent; files come along."""
    letter, mandate = _in_capacity(viewer, thread.forum.community, letter)

    def write() -> Post:
        return reply(
            viewer=viewer,
            thread=thread,
            html=_words(letter),
            submission_key=_key(mail_id),
            written_at=written_at,
            mandate=mandate,
            addressed_to=thread.pk,
        )

    return _with_the_rest(write, letter)


@deed
def answer_by_mail(*, viewer: Viewer, thread: Thread, html: str, written_at: datetime, key: str) -> Post:
    """Reply with one of several answers in a mail; ``key`` names it, so that sent again it is one post."""
    words = spoken(viewer, thread.forum.community, html)
    if is_empty(words.html):
        raise Refused(_no_words())
    post = reply(
        viewer=viewer,
        thread=thread,
        html=words.html,
        submission_key=key,
        written_at=written_at,
        mandate=words.mandate,
        addressed_to=thread.pk,
    )
    Post.objects.filter(pk=post.pk).update(origin=Origin.MAIL)
    return post


def start_by_mail(
    *,
    viewer: Viewer,
    forum: Forum,
    letter: Letter,
    written_at: datetime,
    mail_id: int,
    mandate_id: int | None = None,
) -> Post:
    """Start a thread with a mail: its subject is the title. ``mandate_id`` is what its address stands for."""
    letter, mandate = _in_capacity(viewer, forum.community, letter, mandate_id)
    title = " ".join(letter.head.subject.split())[:LONGEST_TITLE]
    if not visible(title):
        raise Refused(_("A thread needs a title: write it as the subject of your mail."))

    def write() -> Post:
        started = start_thread(
            viewer=viewer,
            forum=forum,
            title=title,
            html=_words(letter),
            language=viewer.language,
            submission_key=_key(mail_id),
            written_at=written_at,
            mandate=mandate,
        )
        return started.posts.get()

    return _with_the_rest(write, letter)


def _key(mail_id: int) -> str:
    return f"mail-{mail_id}"


def _in_capacity(
    viewer: Viewer, community: Community, letter: Letter, mandate_id: int | None = None
) -> tuple[Letter, Mandate | None]:
    """The letter without the line that says for whom she speaks, and that mandate."""
    said = spoken(viewer, community, letter.wording.html, mandate_id)
    return replace(letter, wording=replace(letter.wording, html=said.html)), said.mandate


def _no_words() -> str:
    return _("We found no words of yours in your mail. Write above what you quote, or below it.")


def _words(letter: Letter) -> str:
    if not is_empty(letter.wording.html):
        return letter.wording.html
    if letter.attachments:
        return "<p>…</p>"
    raise Refused(_no_words())


def _with_the_rest(write: Callable[[], Post], letter: Letter) -> Post:
    """The post, and with it what else was in the mail: files, and what she quoted, apart from her words."""
    letter = attachments.without_long_texts(letter)
    files, left_out = attachments.looked_into(letter)
    stored: list[PostFile] = []
    try:
        with transaction.atomic():
            post = write()
            post.origin = Origin.MAIL
            if not Post.objects.filter(message_id=letter.head.message_id).exists():
                post.message_id = letter.head.message_id
            if not _may_hold_knowledge(post, letter):
                post.folded = letter.wording.folded
                attachments.keep(post, files, left_out, stored)
            post.save(update_fields=["origin", "message_id", "folded"])
    except BaseException:
        attachments.let_go(stored)
        raise
    return post


def _may_hold_knowledge(post: Post, letter: Letter) -> bool:
    """Whether what she quoted or attached may be what holders of knowledge released to her alone.

    In a thread that holds any, every mail of ours may have shown it to her. Then only her own words are kept.
    """
    if post.thread.posts.filter(html__contains=MARK).exists():
        return True
    return bool(copying.find(attachments.words_of(letter), anonymous()))


# --- mails that wait --------------------------------------------------------------------------------------


@deed
def ask_author(*, viewer: Viewer, mail: IncomingMail, forum: Forum) -> None:
    """A moderator has the person asked whose address was used whether she wrote this."""
    current = _waiting(viewer, mail, forum)
    if current.person_id is None:
        raise Refused(_("The person whose address was used has gone."))
    working.settle(current, Verdict(IncomingState.ASKED, IncomingReason.WRONG_SENDER))


@deed
def invite_sender(*, viewer: Viewer, mail: IncomingMail, forum: Forum) -> None:
    """A moderator invites whoever wrote, whom nobody knows here: as a member she can send it again."""
    current = _waiting(viewer, mail, forum)
    if not communities.can_invite(viewer, forum.community):
        raise Refused(_("You do not invite members into this community. Throw the mail away, or leave it."))
    invite(viewer=viewer, community=forum.community, email=current.sender, language=settings.LANGUAGE_CODE)
    working.settle(current, Verdict(IncomingState.RETURNED, IncomingReason.INVITED))


@deed
def discard(*, viewer: Viewer, mail: IncomingMail, forum: Forum) -> None:
    """A moderator throws it away; its sender hears nothing."""
    current = _waiting(viewer, mail, forum)
    working.settle(current, Verdict(IncomingState.IGNORED, IncomingReason.DISCARDED))


def _waiting(viewer: Viewer, mail: IncomingMail, forum: Forum) -> IncomingMail:
    demand(policies.can_decide_mail(viewer, forum), _("Moderators decide about mails that wait."))
    current = IncomingMail.objects.select_for_update().get(pk=mail.pk)
    if current.state != IncomingState.WAITING or current.desk != desk_of(forum):
        raise Refused(_("Somebody has decided about this mail in the meantime."))
    return current


def desk_of(forum: Forum) -> str:
    """Who decides about mails to a forum."""
    return f"community:{forum.community_id}"
