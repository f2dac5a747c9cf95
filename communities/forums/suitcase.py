"""The forum in a suitcase: all that was said, or what is new, as one small text to be read without a line.

Plain words for one reader: what she may not read is not in it, and sealed knowledge only as its holders let
it travel. A suitcase has a size; where it is full it says so, and from where the next one goes on. So nothing
is left out silently.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.forums.models import Forum, Post, Thread
from communities.forums.policies import can_reply
from communities.forums.reading import SPOKEN
from network.consent.egress import bind_for
from network.foundations.clock import official, zone_of
from network.foundations.richtext import to_text
from network.foundations.viewer import Viewer
from network.notifications.inbound import addresses

#: The kind of the addresses that take answers to a suitcase.
ANSWERS = "suitcase"
#: A suitcase is no larger than this, in bytes.
LARGEST = 300_000
#: Room for its first and last lines.
_FRAME = 2_000
_AT_ONCE = 100
_WIDTH = 76
#: Stands between posts while the gate fills them; no post can hold it.
_CUT = "\n<!--suitcase-->\n"


@dataclass(frozen=True)
class Mark:
    """The last post of a suitcase: the next one goes on behind it."""

    thread: int = 0
    number: int = 0

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """From ``17.4``; None for what is no mark."""
        parts = text.split(".")
        sound = len(parts) == 2 and all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts)
        return cls(*map(int, parts)) if sound else None

    def __str__(self) -> str:
        return f"{self.thread}.{self.number}"


@dataclass(frozen=True)
class Suitcase:
    """``number`` posts of ``total``; ``next`` is where the next one begins, empty where this is the last."""

    text: str
    number: int
    total: int
    next: str = ""


@dataclass(frozen=True)
class Wish:
    """What is to be packed: a forum, from a day on (by the reader's calendar), behind a mark."""

    forum: Forum
    since: date | None = None
    after: Mark = Mark()

    def path(self, after: str = "") -> str:
        """Where its text is."""
        query = {"since": self.since.isoformat() if self.since else "", "after": after}
        kept = urlencode({name: value for name, value in query.items() if value})
        path = reverse("forums:suitcase_text", args=[self.forum.community.slug, self.forum.slug])
        return f"{path}?{kept}" if kept else path


def pack(viewer: Viewer, wish: Wish, *, exit: str) -> Suitcase:
    """Fill one. ``exit`` is the way on which it leaves: ``text`` for a download, ``mail`` for a mail."""
    posts = wanted(viewer, wish)
    written: list[str] = []
    left, number, last = LARGEST - _FRAME, 0, wish.after
    full, place = False, ""
    for post, words in _in_words(viewer, _behind(posts, wish.after), exit):
        opens = not number or post.thread_id != last.thread
        piece = (place if opens else "") + _piece(viewer, post, words, opens=opens)
        left -= len(piece.encode())
        if left < 0 and number:
            full = True
            break
        written.append(piece)
        place = _place_to_answer(viewer, post.thread)
        number, last = number + 1, Mark(post.thread_id, post.number or 0)
    total = posts.count()
    head = _head(viewer, wish, number, total)
    end = _more(wish, last) if full else _("Here it ends.")
    written += [place, f"\n{'=' * _WIDTH}\n"]
    return Suitcase(f"{head}{''.join(written)}{end}\n", number, total, str(last) if full else "")


def wanted(viewer: Viewer, wish: Wish) -> QuerySet[Post]:
    """The posts that belong into it, wherever it begins; what was edited since the day as well."""
    posts = Post.objects.visible_to(viewer).published().filter(thread__forum=wish.forum)
    if wish.since:
        begins = datetime.combine(wish.since, time(), zone_of(viewer.zone))
        posts = posts.filter(Q(written_at__gte=begins) | Q(edited_at__gte=begins))
    return posts


def _behind(posts: QuerySet[Post], after: Mark) -> Iterator[list[Post]]:
    """Some posts at a time, in the order of threads and numbers."""
    whole = posts.select_related("thread__forum__community", "author", "poll", *SPOKEN)
    whole = whole.prefetch_related("files").order_by("thread", "number")
    while some := list(
        whole.filter(Q(thread__gt=after.thread) | Q(thread=after.thread, number__gt=after.number))[:_AT_ONCE]
    ):
        yield some
        after = Mark(some[-1].thread_id, some[-1].number or 0)


def _in_words(viewer: Viewer, batches: Iterator[list[Post]], exit: str) -> Iterator[tuple[Post, str]]:
    """Each post with its words, filled by the gate before anything is made of them: once for many posts."""
    for some in batches:
        htmls = [post.html + _quoted(post) for post in some]
        bound = bind_for(viewer, _CUT.join(htmls), exit=exit, format="html").split(_CUT)
        yield from zip(some, map(to_text, bound), strict=True)


def _quoted(post: Post) -> str:
    return f"<p>{_('Quoted in the mail:')}</p>{post.folded}" if post.folded else ""


def _head(viewer: Viewer, wish: Wish, number: int, total: int) -> str:
    forum = wish.forum
    lines = [
        f"{forum.title} · {forum.community.name}",
        f"{settings.NETWORK_BASE_URL}{forum.get_absolute_url()}",
        ngettext("%(n)d post of %(all)d", "%(n)d posts of %(all)d", number) % {"n": number, "all": total},
    ]
    if wish.since:
        lines.append(_("Written or changed since %(day)s") % {"day": wish.since.isoformat()})
    if said := how_to_answer(forum, viewer):
        lines.append(_wrapped(said))
    lines.append(_("For %(name)s. It holds what you may read; do not hand it on.") % {"name": viewer.user})
    return "\n".join(lines) + "\n"


def _piece(viewer: Viewer, post: Post, words: str, *, opens: bool) -> str:
    """One post; above the first of a thread its title."""
    thread = post.thread
    lines = []
    if opens:
        title = " ".join(thread.title.split())
        lines += ["", "=" * _WIDTH, title, f"{settings.NETWORK_BASE_URL}{thread.get_absolute_url()}"]
    author = post.signature
    spoken = f", {post.spoken}" if post.mandate else ""
    when = official(post.written_at, viewer.zone)
    lines += ["", f"--- {post.number} --- {author}{spoken} --- {when}", ""]
    lines += [_wrapped(line) for line in words.split("\n")]
    if hasattr(post, "poll"):
        lines += ["", f"{_('Poll')}: {post.poll.question}", *(f"- {option}" for option in post.poll.options)]
    lines += [f"[{_('File')}: {file.name}, {file.size // 1024 + 1} KB]" for file in post.files.all()]
    return "\n".join(lines) + "\n"


def _place_to_answer(viewer: Viewer, thread: Thread) -> str:
    """The line below which she writes her answer to a thread, where it takes one."""
    return f"\n[#{thread.pk}]\n\n" if addresses.is_on() and can_reply(viewer, thread) else ""


def address(forum: Forum, viewer: Viewer) -> str:
    """Where her answers to a suitcase of now go; empty where nobody answers by mail."""
    minute = int(timezone.now().timestamp()) // 60
    return addresses.make(ANSWERS, forum.pk, viewer.user_id, minute) if viewer.user_id else ""


def how_to_answer(forum: Forum, viewer: Viewer) -> str:
    """For the first lines of a suitcase; empty where nobody answers by mail."""
    if not (there := address(forum, viewer)):
        return ""
    return _(
        "To answer, write below the line with the number of a thread, such as [#17], and send this text as a "
        "file, or only your answers with their lines, to %(address)s."
    ) % {"address": there}


def _wrapped(line: str) -> str:
    return textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False) if line else ""


def _more(wish: Wish, last: Mark) -> str:
    return _("The suitcase is full. It goes on here: %(url)s") % {
        "url": f"{settings.NETWORK_BASE_URL}{wish.path(str(last))}"
    }
