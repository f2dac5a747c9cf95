"""Which mails make one thread: by what they refer to, by what their server said, at last by their subject."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from network.notifications.inbound.letters import Head

#: A reply without references belongs to the last thread of its subject, if that is not older.
_SAME_SUBJECT = timedelta(days=120)


@dataclass
class Conversation:
    """Mails of one thread as they were sent; ``known_id`` is one of them that is in a forum already."""

    heads: list[Head] = field(default_factory=list)
    known_id: str = ""


def weave(heads: Iterable[Head], known: set[str]) -> list[Conversation]:
    """Conversations by their first mail. ``known`` are ids of mails that were brought in before."""
    of: dict[str, Conversation] = {}
    by_subject: dict[str, Conversation] = {}
    found: list[Conversation] = []
    for head in sorted(heads, key=lambda head: head.sent_at):
        conversation = _place(head, of, by_subject, known)
        if conversation is None:
            conversation = Conversation()
            found.append(conversation)
        conversation.heads.append(head)
        if not conversation.known_id:
            conversation.known_id = next((ref for ref in head.refers_to if ref in known), "")
        # Whoever answers the same mail, though it is not here, belongs here as well.
        for message_id in (head.message_id, *head.refers_to):
            of.setdefault(message_id, conversation)
        if head.conversation:
            of.setdefault(head.conversation, conversation)
        if head.subject:
            by_subject[head.subject.casefold()] = conversation
    return found


def _place(
    head: Head, of: dict[str, Conversation], by_subject: dict[str, Conversation], known: set[str]
) -> Conversation | None:
    for reference in (*reversed(head.refers_to), head.conversation):
        if reference in of:
            return of[reference]
    if any(reference in known for reference in head.refers_to) or head.conversation or not head.is_reply:
        return None
    candidate = by_subject.get(head.subject.casefold())
    if candidate and head.sent_at - candidate.heads[-1].sent_at < _SAME_SUBJECT:
        return candidate
    return None
