"""Bringing an old mailing list into a forum: whole mails only, each once, safe to repeat."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from communities.forums.actions.counting import locked, place
from communities.forums.actions.writing import EXCERPT_LENGTH
from communities.forums.enums import Origin
from communities.forums.mailbox.files import Mbox
from communities.forums.mailbox.letters import (
    Attachment,
    Head,
    Letter,
    Unreadable,
    made_up_for,
    read,
    read_head,
)
from communities.forums.mailbox.weaving import Conversation, weave
from communities.forums.models import Forum, Post, PostFile, Thread
from network.accounts.models import User
from network.accounts.names import clean_name
from network.foundations.ids import public_id, readable_slug
from network.foundations.richtext import excerpt
from network.foundations.uploads import clean_document, clean_image
from network.outbox.actions import announce

Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """What an import did, or with a dry run would do."""

    threads: int = 0
    posts: int = 0
    people: int = 0
    files: int = 0
    known: int = 0
    repeated: int = 0
    left_out: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)


def import_mailbox(
    *, forum: Forum, mbox: Mbox, language: str, dry_run: bool = False, progress: Progress = lambda *_: None
) -> Outcome:
    """Write the mails of ``mbox`` as threads of ``forum``, the oldest first.

    A mail that was brought in before is passed over, so an import that broke off is simply started again.
    Nobody is notified of old mail.
    """
    outcome = Outcome()
    places = _heads(mbox, outcome)
    known = _known({head.message_id for head in places} | {ref for head in places for ref in head.refers_to})
    done = 0
    for conversation in weave(places, set(known)):
        thread = _thread_of(conversation, known)
        for head in conversation.heads:
            done += 1
            progress(done, len(places))
            if head.message_id in known:
                outcome.known += 1
                continue
            thread = _bring_in(forum, thread, mbox[places[head]], head, language, dry_run, outcome)
    return outcome


def _heads(mbox: Mbox, outcome: Outcome) -> dict[Head, int]:
    """Every readable mail once, with its place in the file."""
    found: dict[Head, int] = {}
    seen: dict[str, str] = {}
    for number, raw in enumerate(mbox):
        try:
            head = read_head(raw)
        except Unreadable as reason:
            outcome.rejected.append(f"mail {number + 1}: {reason}")
            continue
        fingerprint = made_up_for(raw)
        if seen.get(head.message_id) == fingerprint:
            outcome.repeated += 1
            continue
        if head.message_id in seen:
            # Two different mails under one id: the second gets an id of its own, else it would be lost.
            head = replace(head, message_id=fingerprint)
            if fingerprint in seen:
                outcome.repeated += 1
                continue
        seen[head.message_id] = fingerprint
        found[head] = number
    return found


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
    raw: bytes,
    head: Head,
    language: str,
    dry_run: bool,
    outcome: Outcome,
) -> Thread | None:
    """One mail; the thread that the next one of its conversation belongs to."""
    try:
        letter = read(raw, head)
    except Unreadable as reason:
        outcome.rejected.append(f"{head.sender}, {head.sent_at:%Y-%m-%d}, “{head.subject}”: {reason}")
        return thread
    files, left_out = _looked_into(letter)
    if not dry_run:
        thread, author_is_new = _write(forum, thread, letter, files, left_out, language)
        outcome.people += author_is_new
    outcome.threads += thread is None or thread.last_number == 1
    outcome.posts += 1
    outcome.files += len(files)
    outcome.left_out += [f"{name} (“{head.subject}”)" for name in left_out]
    return thread or Thread(last_number=2)


def _looked_into(letter: Letter) -> tuple[list[ContentFile | SimpleUploadedFile], list[str]]:
    """The attachments that can be kept, made harmless, and the names of the others."""
    kept, left_out = [], list(letter.left_out)
    for attachment in letter.attachments:
        clean = _clean(attachment)
        if clean is None:
            left_out.append(attachment.name)
        else:
            kept.append(clean)
    return kept, left_out


def _clean(attachment: Attachment) -> ContentFile | SimpleUploadedFile | None:
    for cleaner in (clean_document, clean_image):
        try:
            return cleaner(SimpleUploadedFile(attachment.name, attachment.content))
        except ValidationError:
            continue
    return None


def _write(
    forum: Forum,
    thread: Thread | None,
    letter: Letter,
    files: list[ContentFile | SimpleUploadedFile],
    left_out: list[str],
    language: str,
) -> tuple[Thread, bool]:
    """Post, thread, author and files in one transaction; if it fails, no file stays behind either."""
    stored: list[PostFile] = []
    try:
        with transaction.atomic():
            author, is_new = _author(letter.head)
            thread = locked(thread) if thread else _open(forum, letter.head, author, language)
            post = Post(
                thread=thread,
                author=author,
                html=letter.wording.html,
                folded=letter.wording.folded,
                excerpt=excerpt(letter.wording.html, EXCERPT_LENGTH),
                written_at=letter.head.sent_at,
                origin=Origin.IMPORT,
                message_id=letter.head.message_id,
            )
            place(post, thread, letter.head.sent_at)
            for file in files:
                row = PostFile(post=post, name=file.name, size=file.size)
                row.file.save(file.name, file, save=True)
                stored.append(row)
            PostFile.objects.bulk_create(PostFile(post=post, name=name[:200], size=0) for name in left_out)
            announce(f"thread:{thread.pk}", "imported", post=post.pk)
    except BaseException:
        for row in stored:
            row.file.storage.delete(row.file.name)
        raise
    return thread, is_new


def _author(head: Head) -> tuple[User, bool]:
    """The person with this address; made without a password where nobody has it yet, for her to claim."""
    people = get_user_model().objects
    person = people.filter(email__iexact=head.sender).first()
    if person is not None:
        return person, False
    name = clean_name(head.name) or head.sender.partition("@")[0]
    return people.create_user(head.sender, name=name[:150]), True


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
    return thread
