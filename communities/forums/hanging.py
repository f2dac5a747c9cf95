"""What hangs on the posts of a page, in one question: files, and what the viewer herself does with each."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import In

from communities.forums.enums import ReactionKind
from communities.forums.models import Ballot, Bookmark, Post, PostFile, Reaction, Unnamed
from network.foundations.prepared import WHO, Prepared, Slot
from network.foundations.viewer import Viewer

_FILE, _SAYS, _KEEPS, _UNNAMED, _BALLOT = "file", "says", "keeps", "unnamed", "ballot"
#: Questions are written for so many posts and multiples of it; what is missing is asked for twice.
_STEP = 24


def hang(viewer: Viewer, posts: Sequence[Post]) -> None:
    """Give each post its files (``Post.shown_files``); for people who are signed in also what
    she said to it (``says_<kind>``), whether she keeps it (``is_bookmarked``), whether it is hers, where it
    was written without a name (``is_own_unnamed``), and what she chose in its poll (``own_ballot``)."""
    by_pk = {post.pk: post for post in posts}
    for post in posts:
        post.shown_files = []
        post.is_bookmarked = post.is_own_unnamed = False
        post.own_ballot = None
    for kind, pk, number, size, text, path in _rows(viewer, list(by_pk)):
        post = by_pk[pk]
        if kind == _FILE:
            post.shown_files.append(PostFile(pk=number, post=post, name=text, size=size, file=path))
        elif kind == _SAYS:
            setattr(post, f"says_{text}", True)
        elif kind == _KEEPS:
            post.is_bookmarked = True
        elif kind == _UNNAMED:
            post.is_own_unnamed = True
        else:
            post.own_ballot = json.loads(text)


def said(post: Post) -> list[tuple[ReactionKind, bool]]:
    """Each kind, and whether the viewer said it."""
    return [(kind, getattr(post, f"says_{kind}", False)) for kind in ReactionKind]


def _rows(viewer: Viewer, pks: list[int]) -> Iterable[tuple]:
    if not pks:
        return []
    size = -(-len(pks) // _STEP) * _STEP
    filled = {f"post{place}": pks[min(place, len(pks) - 1)] for place in range(size)}
    rows = _question(size, viewer.is_member).rows(who=viewer.user_id, **filled)
    return sorted(rows, key=lambda row: (row[1], row[2]))


@lru_cache(maxsize=64)
def _question(size: int, is_member: bool) -> Prepared:
    return Prepared(lambda: _all(size, is_member))


def _all(size: int, is_member: bool) -> QuerySet:
    these = [Slot(f"post{place}", BigIntegerField()) for place in range(size)]
    files = _columns(
        PostFile.objects.filter(In(F("post"), these)), _FILE, "post_id", "pk", "size", "name", "file"
    )
    if not is_member:
        return files
    ballots = Ballot.objects.filter(In(F("poll__post"), these), user=WHO)
    return files.union(
        _columns(Reaction.objects.filter(In(F("post"), these), user=WHO), _SAYS, "post_id", text="kind"),
        _columns(Bookmark.objects.filter(In(F("post"), these), user=WHO), _KEEPS, "post_id"),
        _columns(Unnamed.objects.filter(In(F("post"), these), user=WHO), _UNNAMED, "post_id"),
        _columns(ballots, _BALLOT, "poll__post_id", text="choices"),
        all=True,
    )


def _columns(
    rows: QuerySet, kind: str, post: str, number: str = "", size: str = "", text: str = "", path: str = ""
) -> QuerySet:
    return rows.order_by().values_list(
        Cast(Value(kind), TextField()),
        F(post),
        Cast(F(number) if number else Value(0), BigIntegerField()),
        Cast(F(size) if size else Value(0), BigIntegerField()),
        Cast(F(text) if text else Value(""), TextField()),
        Cast(F(path) if path else Value(""), TextField()),
    )
