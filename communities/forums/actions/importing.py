"""Bringing old talk into a forum, mails or another one's posts: whole ones, each once, safe to repeat."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from communities.forums import attachments
from communities.forums.actions.counting import locked, place, tell
from communities.forums.actions.liking import author_of, like, like_again
from communities.forums.actions.tagging import named, set_tags
from communities.forums.actions.writing import EXCERPT_LENGTH
from communities.forums.attachments import CleanFile
from communities.forums.enums import Origin, PostState
from communities.forums.knowledge import RULE, paragraph
from communities.forums.likes import Like
from communities.forums.mailbox.weaving import Conversation, weave
from communities.forums.models import Forum, Hold, Post, PostFile, Thread
from network.accounts.models import User
from network.consent.actions import copying, keep_copy
from network.consent.actions.copying import Match
from network.foundations.deeds import deed
from network.foundations.ids import public_id, readable_slug
from network.foundations.richtext import excerpt, to_text
from network.foundations.viewer import anonymous
from network.notifications.inbound.letters import Head, Letter, Unreadable

Progress = Callable[[int, int], None]


class Archive(Protocol):
    """Old talk somewhere else. What is not among its heads, ``rejected`` and the two below it tell.

    ``stand_ins``: addresses that are known now, each by the one that stood in for it before.
    """

    origin: Origin
    stand_ins: dict[str, str]
    rejected: list[str]
    passed_over: Counter[str]
    repeated: int

    @property
    def heads(self) -> list[Head]: ...

    def letter(self, head: Head) -> Letter:
        """Raises ``Unreadable`` rather than giving a part of it."""
        ...

    def likes(self, head: Head) -> list[Like]:
        """Who liked it there."""
        ...


@dataclass
class Outcome:
    """What an import did, or with a dry run would do."""

    threads: int = 0
    posts: int = 0
    people: int = 0
    files: int = 0
    known: int = 0
    repeated: int = 0
    held: int = 0
    addressed: int = 0
    likes: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)


def bring_in(
    *,
    forum: Forum,
    archive: Archive,
    language: str,
    dry_run: bool = False,
    progress: Progress = lambda *_: None,
) -> Outcome:
    """Write what is in ``archive`` as threads of ``forum``, the oldest first.

    What was brought in before is passed over, so an import that broke off is simply started again.
    Nobody is notified of old talk.
    """
    outcome = Outcome(
        repeated=archive.repeated, passed_over=archive.passed_over, rejected=list(archive.rejected)
    )
    if not dry_run:
        outcome.addressed = _give_addresses(archive.stand_ins)
    heads = archive.heads
    known = _known({head.message_id for head in heads} | {ref for head in heads for ref in head.refers_to})
    done = 0
    for conversation in weave(heads, set(known)):
        thread = _thread_of(conversation, known)
        for head in conversation.heads:
            done += 1
            progress(done, len(heads))
            if head.message_id in known:
                outcome.known += 1
                if not dry_run:
                    outcome.likes += like_again(archive, head)
                continue
            thread = _bring_in(forum, thread, archive, head, language, dry_run, outcome)
    return outcome


def _known(message_ids: set[str]) -> dict[str, int]:
    """Ids of mails that are in a forum already, each with its thread."""
    wanted = sorted(message_ids)
    known: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        posts = Post.objects.filter(message_id__in=wanted[start : start + 500])
        known.update(posts.values_list("message_id", "thread_id"))
    return known


def _thread_of(conversation: Conversation, known: dict[str, int]) -> Thread | None:
    ids = [head.message_id for head in conversation.heads if head.message_id in known]
    found = ids[0] if ids else conversation.known_id
    return Thread.objects.filter(pk=known[found]).first() if found else None


def _bring_in(
    forum: Forum,
    thread: Thread | None,
    archive: Archive,
    head: Head,
    language: str,
    dry_run: bool,
    outcome: Outcome,
) -> Thread | None:
    """One contribution; the thread that the next one of its conversation belongs to."""
    try:
        letter = archive.letter(head)
    except Unreadable as reason:
        outcome.rejected.append(f"{head.sender}, {head.sent_at:%Y-%m-%d}, “{head.subject}”: {reason}")
        return thread
    matches = copying.find(attachments.words_of(letter), anonymous())
    if matches:
        # Nothing of it may stay in the open: neither what was quoted, nor a file, nor a telling name.
        letter, head = _sealable(letter), replace(head, subject="")
        outcome.held += 1
    files, left_out = attachments.looked_into(letter)
    if not dry_run:
        thread, author_is_new = _write(
            forum, thread, letter, archive.origin, files, left_out, language, matches
        )
        outcome.people += author_is_new
        outcome.likes += like(archive, letter.head)
    outcome.threads += thread is None or thread.last_number == 1
    outcome.posts += 1
    outcome.files += len(files)
    outcome.left_out += [f"{name} (“{head.subject}”)" for name in left_out]
    return thread or Thread(last_number=2)


def _write(
    forum: Forum,
    thread: Thread | None,
    letter: Letter,
    origin: Origin,
    files: list[CleanFile],
    left_out: list[str],
    language: str,
    matches: list[Match],
) -> tuple[Thread, bool]:
    """Post, thread, author and files in one transaction; if it fails, no file stays behind either.

    A letter that repeats sealed knowledge waits for its holders, like a post that does.
    """
    stored: list[PostFile] = []
    try:
        with transaction.atomic():
            author, is_new = author_of(letter.head.sender, letter.head.name)
            thread = locked(thread) if thread else _open(forum, letter.head, author, language)
            post = Post(
                thread=thread,
                author=author,
                html=letter.wording.html,
                folded=letter.wording.folded,
                excerpt=excerpt(letter.wording.html, EXCERPT_LENGTH),
                written_at=letter.head.sent_at,
                origin=origin,
                message_id=letter.head.message_id,
            )
            if matches:
                _keep_back(post, letter, matches, language)
            else:
                place(post, thread, letter.head.sent_at)
                if letter.head.is_answer and thread.answer_id is None and (post.number or 0) > 1:
                    thread.answer = post
                    thread.save(update_fields=["answer"])
            attachments.keep(post, files, left_out, stored)
            if not matches:
                tell(thread, "imported", post=post.pk)
    except BaseException:
        attachments.let_go(stored)
        raise
    return thread, is_new


def _sealable(letter: Letter) -> Letter:
    """The letter as words alone: its own and what it quotes, without subject, tags and files."""
    head = replace(letter.head, subject="", tags=())
    return replace(letter, head=head, attachments=[], left_out=[])


def _keep_back(post: Post, letter: Letter, matches: list[Match], language: str) -> None:
    words = "\n\n".join(to_text(html) for html in (letter.wording.html, letter.wording.folded) if html)
    token = keep_copy(matches=matches, text=words, author=post.author, language=language)
    post.html, post.folded, post.excerpt, post.state = paragraph(token), "", "", PostState.HELD
    post.save()
    Hold.objects.create(post=post, rules=[RULE])


@deed
def _give_addresses(stand_ins: dict[str, str]) -> int:
    """Authors who came in without an address get theirs, to claim their posts; not where somebody has it."""
    people = get_user_model().objects
    wanted, given = sorted(stand_ins), 0
    for start in range(0, len(wanted), 500):
        for person in people.filter(email__in=wanted[start : start + 500], last_login=None):
            address = stand_ins[person.email]
            has_it = Q(email__iexact=address) | Q(emailaddress__email__iexact=address)
            if not people.filter(has_it).exists():
                person.email = address
                person.save(update_fields=["email"])
                given += 1
    return given


def _open(forum: Forum, head: Head, author: User, language: str) -> Thread:
    title = head.subject[:160] or "…"
    thread = Thread.objects.create(
        forum=forum,
        title=title,
        slug=readable_slug(title, fallback=public_id(5)),
        author=author,
        language=language,
        created_at=head.sent_at,
    )
    thread.forum = forum
    if head.tags:
        set_tags(thread, named(forum.community, head.tags))
    return thread
