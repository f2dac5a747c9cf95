"""A community taken out whole: JSON Lines for programs, an mbox for each forum, the files of posts.

Tokens of knowledge stay tokens: what they stand for is no part of a community. An mbox holds what can be
read; what is hidden or waits stands in the JSON Lines alone, so that bringing mails in again publishes
nothing anew.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from communities.forums.enums import Origin, PostState, Results
from communities.forums.models import (
    Extension,
    Forum,
    MovedPost,
    Poll,
    Post,
    PostFile,
    Reaction,
    Thread,
    ThreadEvent,
    Wanted,
)
from communities.models import Community, Membership
from network.accounts.models import User
from network.foundations.viewer import Viewer
from network.notifications.inbound.letters import OWN_TITLE

_AT_ONCE = 500
_MAIL = SMTP.clone(linesep="\n", max_line_length=200)


@dataclass(frozen=True)
class Copy:
    """What is taken out, and for whom: without a ``viewer`` for those who run the network.

    A viewer gets the posts that she may read and no addresses of people.
    """

    community: Community
    viewer: Viewer | None = None

    def posts(self) -> QuerySet[Post]:
        found = Post.objects if self.viewer is None else Post.objects.visible_to(self.viewer)
        return found.filter(thread__forum__community=self.community)

    def threads(self) -> QuerySet[Thread]:
        found = Thread.objects if self.viewer is None else Thread.objects.visible_to(self.viewer)
        return found.filter(forum__community=self.community)

    def address(self, person: User | None) -> str:
        if person is None:
            return f"former@{_host()}.invalid"
        return person.email if self.viewer is None else f"person-{person.pk}@{_host()}.invalid"


def _host() -> str:
    return urlsplit(settings.NETWORK_BASE_URL).hostname or "localhost"


def parts(copy: Copy) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file of the copy with its content, piece by piece: nothing is ever held as a whole."""
    yield "community.json", iter([_line(_community(copy.community))])
    yield "people.jsonl", _lines(_people(copy))
    yield "members.jsonl", _lines(_members(copy))
    yield "forums.jsonl", _lines(_forums(copy))
    yield "threads.jsonl", _lines(_threads(copy))
    yield "posts.jsonl", _lines(_posts(copy))
    yield "moved.jsonl", _lines(_moved(copy))
    yield "polls.jsonl", _lines(_polls(copy))
    yield "reactions.jsonl", _lines(_reactions(copy))
    yield "events.jsonl", _lines(_events(copy))
    yield "extensions.jsonl", _lines(_extensions(copy))
    if copy.viewer is None:
        yield "wanted.jsonl", _lines(_wanted(copy))
    for forum in copy.community.forums.order_by("pk"):
        yield f"{forum.slug}.mbox", mbox(copy, forum)
    for file in PostFile.objects.filter(post__in=copy.posts()).exclude(file="").order_by("pk").iterator():
        yield f"files/{file.pk}-{file.name.replace('/', '_')}", _content(file)


def _lines(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    return (_line(row) for row in rows)


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _content(file: PostFile) -> Iterator[bytes]:
    try:
        with file.file.open("rb") as opened:
            yield from opened.chunks()
    except FileNotFoundError:
        return


# --- JSON Lines ---------------------------------------------------------------------------------------


def _community(community: Community) -> dict[str, Any]:
    plain = (
        "slug",
        "name",
        "summary",
        "purpose",
        "welcome",
        "visibility",
        "joining",
        "created_at",
        "closed_at",
    )
    return {name: getattr(community, name) for name in plain} | {
        "themes": [f"{term.domain_id}:{term.code}" for term in community.themes.all()],
        "languages": [term.code for term in community.languages.all()],
    }


def _people(copy: Copy) -> Iterator[dict[str, Any]]:
    """Everybody who belongs or has belonged to it, and everybody who wrote or reacted."""
    members = Membership.objects.filter(community=copy.community).values("user")
    wanted = User.objects.filter(pk__in=members) | User.objects.filter(pk__in=copy.posts().values("author"))
    wanted |= User.objects.filter(pk__in=_reacted(copy).values("user"))
    for person in wanted.distinct().order_by("pk").iterator():
        yield {"id": person.pk, "name": person.name, "address": copy.address(person)}


def _members(copy: Copy) -> Iterator[dict[str, Any]]:
    rows = Membership.objects.filter(community=copy.community).order_by("pk")
    yield from rows.values("user", "role", "involvement", "since", "ended_at").iterator()


def _forums(copy: Copy) -> Iterator[dict[str, Any]]:
    rows = copy.community.forums.order_by("pk")
    yield from rows.values(
        "id", "slug", "title", "description", "position", "audience", "created_at", "kind", "takes_replies",
        "opens_at", "closes_at", "zone", "pauses_at_weekends", "final_call_days", "final_call_for",
        "summary_url", "takes_unnamed", "attribution", "correction_days",
    ).iterator()  # fmt: skip


def _threads(copy: Copy) -> Iterator[dict[str, Any]]:
    yield from (
        copy.threads()
        .order_by("pk")
        .values(
            "id", "forum", "title", "slug", "author", "language", "created_at", "published_at", "pinned_at",
            "locked_at", "last_number", "for_members", "answer", "wanted_count", "merged_into", "tag_line",
            "question",
        )
        .iterator()
    )  # fmt: skip


def _posts(copy: Copy) -> Iterator[dict[str, Any]]:
    plain = (
        "id", "thread_id", "number", "author_id", "state", "html", "folded", "version", "written_at",
        "edited_at", "origin", "message_id", "mandate_state", "participant", "participant_group",
    )  # fmt: skip
    for post in copy.posts().order_by("pk").prefetch_related("edits", "files").iterator(_AT_ONCE):
        yield {name: getattr(post, name) for name in plain} | {
            "earlier": [
                {"version": edit.version, "html": edit.html, "written_at": edit.written_at}
                for edit in post.edits.all()
            ],
            "files": [{"id": file.pk, "name": file.name, "size": file.size} for file in post.files.all()],
        }


def _moved(copy: Copy) -> Iterator[dict[str, Any]]:
    """Where posts stood before: the way from an old address to the post."""
    rows = MovedPost.objects.filter(post__in=copy.posts()).order_by("pk")
    yield from rows.values("thread", "number", "post").iterator()


def _polls(copy: Copy) -> Iterator[dict[str, Any]]:
    """What was asked, and how often each answer was chosen once everybody may know; never who chose what."""
    plain = (
        "id",
        "post_id",
        "question",
        "options",
        "most",
        "is_secret",
        "results",
        "created_at",
        "closes_at",
        "zone",
    )
    for poll in Poll.objects.filter(post__in=copy.posts()).order_by("pk").iterator():
        known = poll.is_closed or poll.results == Results.ALWAYS
        counted = {"voters": poll.voters, "tallies": poll.tallies} if known else {}
        yield {name: getattr(poll, name) for name in plain} | {"ended_at": poll.ended_at} | counted


def _events(copy: Copy) -> Iterator[dict[str, Any]]:
    rows = ThreadEvent.objects.filter(thread__in=copy.threads()).order_by("pk")
    yield from rows.values(
        "thread", "kind", "actor", "at", "after_number", "reason", "other", "from_forum"
    ).iterator()


def _extensions(copy: Copy) -> Iterator[dict[str, Any]]:
    rows = Extension.objects.filter(forum__community=copy.community).order_by("pk")
    yield from rows.values("forum", "was", "until", "reason", "at", "by").iterator()


def _wanted(copy: Copy) -> Iterator[dict[str, Any]]:
    """Who has which question too: others see the number alone."""
    rows = Wanted.objects.filter(thread__in=copy.threads()).order_by("pk")
    yield from rows.values("thread", "user", "at").iterator()


def _reactions(copy: Copy) -> Iterator[dict[str, Any]]:
    """Who said what to which post: everybody who is signed in may look that up."""
    yield from _reacted(copy).order_by("pk").values("post", "user", "kind", "at").iterator()


def _reacted(copy: Copy) -> QuerySet[Reaction]:
    return Reaction.objects.filter(post__in=copy.posts())


# --- mbox ---------------------------------------------------------------------------------------------


def mbox(copy: Copy, forum: Forum) -> Iterator[bytes]:
    """The published posts of a forum as mails (mboxrd), each thread held together by its references."""
    posts = copy.posts().filter(thread__forum=forum, state=PostState.PUBLISHED)
    ordered = posts.select_related("thread", "author").prefetch_related("files")
    openings: dict[int, str] = {}
    for post in ordered.order_by("thread", "number").iterator(_AT_ONCE):
        opening = openings.setdefault(post.thread_id, message_id(post))
        yield as_mbox(_mail(copy, post, opening))


def as_mbox(mail: EmailMessage) -> bytes:
    lines = mail.as_bytes(policy=_MAIL).split(b"\n")
    quoted = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines]
    return b"From export Thu Jan  1 00:00:00 2026\n" + b"\n".join(quoted).rstrip(b"\n") + b"\n\n"


def message_id(post: Post) -> str:
    return post.message_id or f"post-{post.pk}@{_host()}"


def _mail(copy: Copy, post: Post, opening: str) -> EmailMessage:
    mail = EmailMessage(policy=_MAIL)
    title = " ".join(post.thread.title.split())
    own = message_id(post)
    mail["Message-ID"] = f"<{own}>"
    if own != opening:
        mail["In-Reply-To"] = mail["References"] = f"<{opening}>"
    name = post.author.get_full_name() if post.author else post.as_participant
    mail["From"] = formataddr((name, copy.address(post.author)))
    mail["Date"] = format_datetime(post.written_at)
    mail["Subject"] = title if own == opening else f"Re: {title}"
    # A subject may begin with what mail programs put there by themselves; this one tells it as it is.
    mail[OWN_TITLE] = title
    # What a mail of today quoted is for its author and moderators alone.
    quoted = post.folded if post.origin != Origin.MAIL else ""
    folded = f'<div class="gmail_quote">{quoted}</div>' if quoted else ""
    mail.set_content(post.html + folded, subtype="html", cte="quoted-printable")
    for file in post.files.all():
        content = b"".join(_content(file)) if file.file else b""
        if content:
            mail.add_attachment(content, "application", "octet-stream", filename=file.name)
    return mail
