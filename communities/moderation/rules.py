"""Which posts wait for a moderator before they go out, and trying that out on what was written."""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forums.enums import PostState
from communities.forums.gatekeepers import Candidate
from communities.forums.models import Post
from communities.models import Community, Membership
from communities.moderation import trust
from communities.moderation.models import Print, RuleBook, Standing
from communities.policies import can_facilitate
from network.foundations.richtext import to_text
from network.foundations.viewer import Viewer

FIRST = "first_posts"
LINKS = "newcomer_with_links"
FAST = "too_fast"
WORDS = "words"
REPEATS = "repeats"
#: What is said of a post that waits.
REASONS: dict[str, str | Promise] = {
    FIRST: gettext_lazy("One of the first posts of a new member"),
    LINKS: gettext_lazy("A new member, with a link"),
    FAST: gettext_lazy("A new member who writes very fast"),
    WORDS: gettext_lazy("Holds a word that makes posts wait here"),
    REPEATS: gettext_lazy("Was turned down or hidden here before"),
}
_HOUR = timedelta(hours=1)
_WEEK = timedelta(days=7)
#: So much is tried out.
TRIED = 500
#: Shorter texts ("Thank you") are said again by many.
_SHORTEST_PRINT = 20
_SIGNS = re.compile(r"[\W_]+")


def book_of(community: Community) -> RuleBook:
    """What the community has settled, else the defaults."""
    return RuleBook.objects.filter(community=community).first() or _defaults(community)


def _defaults(community: Community) -> RuleBook:
    return RuleBook(community=community, version=0)


def waits(candidate: Candidate) -> list[str]:
    """The names of the rules that hold this post back. Those who look after the community are not held."""
    viewer, community = candidate.viewer, candidate.community
    if viewer.user_id is None or can_facilitate(viewer, community):
        return []
    text = to_text(candidate.html)
    known = _known(viewer.user_id, community, print_of(text))
    found = _said(known.book, text)
    if not known.is_trusted:
        lately = _count_again(known)
        if not known.is_trusted:
            found += _new(known.book, candidate.html, known.standing.posts, lately)
    if known.was_removed and known.book.hides_repeats:
        found.append(REPEATS)
    return found


@dataclass(frozen=True)
class _Known:
    """What counts when somebody writes: how she stands, what is settled, whether the text was here before."""

    standing: Standing
    book: RuleBook
    was_removed: bool

    @property
    def is_trusted(self) -> bool:
        return trust.is_trusted(self.standing, self.book)


def _known(user_id: int, community: Community, digest: str = "", *, keep: bool = True) -> _Known:
    """In one question, for whoever was counted lately: everybody who writes is asked about."""
    prints = Print.objects.filter(community=community, digest=digest)
    rows = Standing.objects.filter(user=user_id, community=community).select_related("community__rule_book")
    held = rows.annotate(was_removed=Exists(prints)).first()
    if held is not None and trust.is_fresh(held):
        book = getattr(held.community, "rule_book", None) or _defaults(community)
        return _Known(held, book, bool(digest) and held.was_removed)
    standing = trust.of(user_id, community.pk, keep=keep)
    return _Known(standing, book_of(community), bool(digest) and prints.exists())


def _count_again(known: _Known) -> int:
    """Her posts as they are now, where the counter follows a moment later; how many are of the last hour."""
    standing = known.standing
    by_name = Q(author=standing.user_id)
    hers = Post.objects.filter(
        by_name | Q(unnamed__user=standing.user_id), thread__forum__community=standing.community_id
    )
    found = hers.aggregate(
        posts=Count("pk", filter=by_name & Q(state=PostState.PUBLISHED)),
        lately=Count("pk", filter=Q(written_at__gt=timezone.now() - _HOUR)),
    )
    standing.posts = found["posts"]
    return found["lately"]


def _said(book: RuleBook, text: str) -> list[str]:
    plain = f" {_plain(text)} "
    words = filter(None, map(_plain, book.words.splitlines()))
    return [WORDS] if any(f" {word} " in plain for word in words) else []


def _new(book: RuleBook, html: str, posts: int, lately: int) -> list[str]:
    """What holds somebody who is not trusted yet, with so many posts, and so many in the hour before."""
    holds = {
        FIRST: posts < book.first_posts,
        LINKS: html.count("<a ") > book.new_links,
        FAST: lately >= book.new_an_hour,
    }
    return [name for name, held in holds.items() if held]


def _plain(text: str) -> str:
    """Words alone, without case, accents and signs, with one space between them."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return _SIGNS.sub(" ", bare).strip()


def print_of(text: str) -> str:
    """The digest by which a text is known again, whatever its signs and spaces; none for a short one."""
    plain = _plain(text)
    return hashlib.sha256(plain.encode()).hexdigest() if len(plain) >= _SHORTEST_PRINT else ""


def forewarn(viewer: Viewer, community: Community) -> list[str]:
    """What a member who is not trusted yet is told before she writes; one question for who is known here."""
    if viewer.user_id is None or can_facilitate(viewer, community):
        return []
    known = _known(viewer.user_id, community, keep=False)
    if not known.is_trusted:
        _count_again(known)
    if known.is_trusted:
        return []
    standing, book = known.standing, known.book
    said = []
    if left := max(book.first_posts - standing.posts, 0):
        said.append(
            ngettext(
                "Your next post waits until a moderator has read it.",
                "Your next %(n)d posts wait until a moderator has read them.",
                left,
            )
            % {"n": left}
        )
    elif book.new_links == 0:
        said.append(_("A post of yours with a link waits until a moderator has read it."))
    else:
        said.append(
            ngettext(
                "A post of yours with more than %(n)d link waits until a moderator has read it.",
                "A post of yours with more than %(n)d links waits until a moderator has read it.",
                book.new_links,
            )
            % {"n": book.new_links}
        )
    said.append(
        ngettext(
            "So does what you write after %(n)d post in an hour.",
            "So does what you write after %(n)d posts in an hour.",
            book.new_an_hour,
        )
        % {"n": book.new_an_hour}
    )
    return said


@dataclass(frozen=True)
class Tried:
    """A post of the last week that would have waited, and why."""

    post: Post
    reasons: list[str | Promise]


@dataclass(frozen=True)
class Trial:
    looked_at: int
    held: list[Tried]


def try_out(viewer: Viewer, community: Community, book: RuleBook) -> Trial:
    """What would have waited in the last week, by how things stood when it was written; four questions."""
    posts = list(
        Post.objects.published()
        .visible_to(viewer)
        .filter(thread__forum__community=community, written_at__gte=timezone.now() - _WEEK)
        .exclude(author=None)
        .select_related("thread__forum__community")
        .order_by("-written_at")[:TRIED]
    )
    people = {post.author_id for post in posts}
    exempt = set(
        Membership.objects.current()
        .caring()
        .filter(community=community, user__in=people)
        .values_list("user_id", flat=True)
    )
    vouched = set(
        Standing.objects.filter(community=community, user__in=people, vouched=True).values_list(
            "user_id", flat=True
        )
    )
    written = _written(community, people)
    held = []
    for post in posts:
        if post.author_id in exempt:
            continue
        found = _said(book, to_text(post.html))
        before = bisect_left(written[post.author_id], post.written_at)
        if post.author_id not in vouched and before < book.trusted_after:
            lately = before - bisect_left(written[post.author_id], post.written_at - _HOUR)
            found += _new(book, post.html, before, lately)
        if found:
            held.append(Tried(post, [REASONS[name] for name in found]))
    return Trial(len(posts), held)


def _written(community: Community, people: Iterable[int | None]) -> dict[int | None, list[datetime]]:
    """When each of these people wrote in the community, in order."""
    found: dict[int | None, list[datetime]] = defaultdict(list)
    posts = Post.objects.published().filter(thread__forum__community=community, author__in=people)
    for author, at in posts.order_by("written_at").values_list("author_id", "written_at"):
        found[author].append(at)
    return found
