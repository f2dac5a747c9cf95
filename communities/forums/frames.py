"""The HTML of a post in its thread, put together of pieces that are kept.

A *frame* is what everybody who may read a post sees of it, the *acts* are what one reader may do about it.
Both come out of their templates once for each difference that they can show and are then joined: most
of a thread page is the same posts again. The key of a frame holds everything that stands in it, the words,
the card that this viewer gets of the author and the files included; so whoever may see less asks by another
key. Sealed knowledge is in no frame: there are tokens, which the gate binds for each reader later.
"""

from typing import TYPE_CHECKING, Any

from django.template import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from communities.forums.enums import PostState
from network.foundations.kept import Kept
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from communities.forums.reading import Entry

_frames: Kept[tuple[str, str]] = Kept(4000)
_acts: Kept[list[str]] = Kept(1000)
#: Longer posts are made anew each time.
_LONGEST = 20_000

# What differs from post to post in acts, as it stands in what is kept. No text that people write holds such
# signs, and none of theirs is in there.
_POST, _THREAD, _NUMBER, _CSRF, _ACT = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014"
_GAPS = frozenset({_POST, _THREAD, _NUMBER, _CSRF})
#: Stands in the template where acts go.
_HOLE = SafeString("\ue015")


def whole(viewer: Viewer, entry: "Entry", csrf_token: Any) -> SafeString:
    """The post with what this viewer may do about it."""
    before, after = _frame(viewer, entry)
    return mark_safe(f"{before}{acts(entry, csrf_token)}{after}")


def bare(viewer: Viewer, entry: "Entry") -> SafeString:
    """The post without acts: the page that receives it puts in its own reader's."""
    return mark_safe("".join(_frame(viewer, entry)))


# --- frames -------------------------------------------------------------------------------------------


def _frame(viewer: Viewer, entry: "Entry") -> tuple[str, str]:
    post = entry.post
    if len(post.html) + len(post.folded) > _LONGEST:
        return _drawn(viewer, entry)
    return _frames.get(_key(viewer, entry), lambda: _drawn(viewer, entry))


def _key(viewer: Viewer, entry: "Entry") -> tuple:
    """Everything that the template of a post reads."""
    post, thread = entry.post, entry.post.thread
    return (
        (get_language(), viewer.zone, viewer.is_member),
        (thread.get_absolute_url(), post.number, post.author_id, post.state, post.origin),
        (post.html, post.folded, post.moderator_note, post.written_at, post.edited_at is not None),
        (post.participant, post.participant_group, post.mandate_id, post.spoken if post.mandate_id else ""),
        entry.person,
        (
            entry.is_changed,
            entry.is_answer,
            entry.shows_words,
            entry.is_own and post.state == PostState.DELETED,
        ),
        (entry.hiding and entry.hiding.reason),
        tuple((file.pk, file.name, file.size, bool(file.file)) for file in post.shown_files),
        tuple(sorted(post.reactions.items())),
    )


def _drawn(viewer: Viewer, entry: "Entry") -> tuple[str, str]:
    context = {
        "entry": entry,
        "post": entry.post,
        "person": entry.person,
        "thread": entry.post.thread,
        "viewer": viewer,
        "acts": _HOLE,
    }
    before, _hole, after = _render("forums/thread/_post.html", context).rpartition(_HOLE)
    return before, after


def _render(name: str, context: dict[str, Any]) -> str:
    return get_template(name).template.render(Context(context))  # type: ignore[attr-defined]


# --- acts ---------------------------------------------------------------------------------------------


class _Gap:
    """A thread or post in whose place the template writes where its address goes."""

    def __init__(self, url: str, number: str = "", state: str = "") -> None:
        self.get_absolute_url = SafeString(url)
        self.number = SafeString(number)
        self.state = state


def acts(entry: "Entry", csrf_token: Any) -> SafeString:
    """What she may do about a post: a skeleton of what may be done in all, with addresses put in.

    ``csrf_token`` may be lazy. It is made for a post with a form only: a page that holds one is never kept.
    """
    post = entry.post
    filled: dict[str, str] = {
        _POST: escape(post.get_absolute_url()),
        _THREAD: escape(post.thread.get_absolute_url()),
    }
    filled[_NUMBER] = str(post.number)
    for place, act in enumerate(entry.acts):
        filled[f"{_ACT}{place}{_ACT}"] = escape(act["url"])
    pieces = _acts.get(_kind(entry), lambda: _skeleton(entry))
    if _CSRF in pieces:
        filled[_CSRF] = escape(str(csrf_token))
    return mark_safe("".join([filled.get(part, part) for part in pieces]))


def _kind(entry: "Entry") -> tuple:
    """Everything by which the acts on one post differ from those on another, but for addresses."""
    can = (entry.can_quote, entry.can_react, entry.can_bookmark, entry.can_edit, entry.can_moderate)
    return (
        get_language(),
        (*can, entry.can_accept, entry.can_see_author, entry.is_bookmarked, entry.is_answer),
        entry.post.state,
        tuple(own for _kind, own in entry.reactions),
        tuple((str(act["label"]), act["icon"]) for act in entry.acts),
    )


def _skeleton(entry: "Entry") -> list[str]:
    """The acts in pieces, between which addresses go."""
    context = {
        "entry": entry,
        "offered": [
            {"label": act["label"], "icon": act["icon"], "url": SafeString(f"{_ACT}{place}{_ACT}")}
            for place, act in enumerate(entry.acts)
        ],
        "post": _Gap(_POST, _NUMBER, entry.post.state),
        "thread": _Gap(_THREAD),
        "csrf_token": _CSRF,
    }
    return _pieces(_render("forums/thread/_post_acts.html", context))


def _pieces(text: str) -> list[str]:
    """``text`` cut at its gaps, which stay as pieces of their own."""
    found: list[str] = []
    start = at = 0
    while at < len(text):
        if text[at] in _GAPS:
            end = at + 1
        elif text[at] == _ACT:
            end = text.index(_ACT, at + 1) + 1
        else:
            at += 1
            continue
        found += [text[start:at], text[at:end]]
        start = at = end
    return [*found, text[start:]]
