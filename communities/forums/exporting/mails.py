"""What can be read in a forum as mails."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from communities.forums.enums import Origin, PostState
from communities.forums.exporting.copy import Copy, message_id
from communities.forums.models import Forum, Post, PostFile
from network.notifications.inbound.letters import OWN_TITLE

_AT_ONCE = 500
_MAIL = SMTP.clone(linesep="\n", max_line_length=200)


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
        if content := _content(file):
            mail.add_attachment(content, "application", "octet-stream", filename=file.name)
    return mail


def _content(file: PostFile) -> bytes:
    if not file.file:
        return b""
    try:
        with file.file.open("rb") as opened:
            return opened.read()
    except FileNotFoundError:
        return b""
