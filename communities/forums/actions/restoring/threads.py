"""One thread of a copy with everything that hangs on its posts, in one transaction."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from communities.enums import MandateState
from communities.forums import attachments
from communities.forums.actions.counting import count_above, locked, settle, tell
from communities.forums.actions.restoring.polls import bring_poll
from communities.forums.actions.restoring.state import State, refuse_sealed
from communities.forums.actions.tagging import named, set_tags
from communities.forums.actions.writing import EXCERPT_LENGTH
from communities.forums.counters import reactions_of
from communities.forums.enums import PostState, ReactionKind
from communities.forums.exporting import rows as told
from communities.forums.exporting.copy import message_id
from communities.forums.models import (
    Hiding,
    Hold,
    Post,
    PostEdit,
    PostFile,
    Reaction,
    Thread,
    Wanted,
)
from communities.forums.restoring import Unsound, html, made
from communities.forums.tags import MOST_TAGS, names_in
from network.foundations.deeds import deed
from network.foundations.richtext import excerpt, to_text

_UNPLACED = (PostState.HELD, PostState.REJECTED, PostState.SCHEDULED)

Row = dict[str, Any]


def bring_thread(state: State, row: Row) -> None:
    """Write what is not here of it; raises ``Unsound`` and writes nothing where any of that cannot be."""
    before, stored = len(state.outcome.left_out), []
    try:
        _bring(state, row, stored)
    except BaseException:
        attachments.let_go(stored)
        del state.outcome.left_out[before:]
        raise
    state.outcome.stored += stored


@deed
def _bring(state: State, row: Row, stored: list[PostFile]) -> None:
    forum = state.forums.get(row.get("forum"))
    if forum is None:
        raise Unsound("its forum is not in the copy")
    rows = state.taken.posts_of(row.get("id"))
    known = _known([one.get("message_id") for one in rows])
    new = [one for one in rows if one.get("message_id") not in known]
    thread = _thread(state, row, known)
    is_new = thread is None
    if thread is None:
        thread = made(Thread, row, told.THREAD, forum=forum, author=state.person(row.get("author")))
        thread.last_number = 0
        refuse_sealed(thread.title)
    posts = [_post(state, one) for one in new]
    refuse_sealed(*(text for post in posts for text in (to_text(post.html), to_text(post.folded))))
    if is_new:
        thread.question = state.questions.get(row.get("question"))
        thread.save()
        thread.forum = forum
        _tag(thread, row)
    elif posts:
        thread = locked(thread)
    made_posts = _place(state, thread, zip(new, posts, strict=True), stored)
    _count(state, thread, row, made_posts, is_new=is_new)
    for post in made_posts:
        if post.state == PostState.PUBLISHED:
            tell(thread, "imported", post=post.pk)
    state.threads[row.get("id")] = thread.pk
    state.posts |= {one["id"]: known[one["message_id"]][0] for one in rows if one.get("message_id") in known}
    state.outcome.threads += is_new
    state.outcome.posts += len(made_posts)
    state.outcome.known += len(rows) - len(new)


def _known(ids: list[Any]) -> dict[str, tuple[int, int]]:
    """Posts that are here already, each with its thread."""
    wanted = [one for one in ids if isinstance(one, str)]
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(wanted), 500):
        posts = Post.objects.filter(message_id__in=wanted[start : start + 500])
        found |= {one: (pk, thread) for one, pk, thread in posts.values_list("message_id", "pk", "thread")}
    return found | _written_here([one for one in wanted if one not in found])


def _written_here(ids: list[str]) -> dict[str, tuple[int, int]]:
    """Posts that were written here and taken out from here have no such id in the database: it is made of
    their number and the instant."""
    numbers = {part[1]: one for one in ids if (part := one.split("-"))[0] == "post" and len(part) > 2}
    pks = [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19]
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(pks), 500):
        for post in Post.objects.filter(pk__in=pks[start : start + 500], message_id=None):
            if message_id(post) == numbers[str(post.pk)]:
                found[message_id(post)] = post.pk, post.thread_id
    return found


def _thread(state: State, row: Row, known: dict[str, tuple[int, int]]) -> Thread | None:
    """The thread that holds its posts, or where it holds none, the one that was begun at that instant."""
    threads = Thread.objects.select_related("forum__community").filter(forum__community=state.community)
    if known:
        found = threads.filter(pk__in={thread for _post, thread in known.values()}).order_by("pk").first()
        if found is None:
            raise Unsound("its posts stand in another community already")
        return found
    asked = made(Thread, row, ("slug", "created_at"))
    return threads.filter(slug=asked.slug, created_at=asked.created_at).first()


def _post(state: State, row: Row) -> Post:
    post = made(Post, row, (*told.POST, "message_id"), author=state.person(row.get("author_id")))
    if not post.message_id or (post.number is None) != (post.state in _UNPLACED):
        raise Unsound(f"post {row.get('id')} has no place, or none that fits its state")
    post.html, post.folded = html(post.html), html(post.folded)
    post.excerpt = excerpt(post.html, EXCERPT_LENGTH)
    _speak(state, post, row)
    return post


def _speak(state: State, post: Post, row: Row) -> None:
    """In what capacity it was written, where that mandate came in too and is its author's."""
    mandate = state.mandates.get(row.get("mandate"))
    if mandate and mandate.user == post.author and row.get("mandate_state") in MandateState.values:
        post.mandate, post.mandate_state = mandate, row["mandate_state"]


def _tag(thread: Thread, row: Row) -> None:
    """Its tags by their names: where the community has such a word already, that one."""
    line = row.get("tag_line") if isinstance(row.get("tag_line"), list) else []
    names = [tag[1] for tag in line if isinstance(tag, list) and len(tag) == 2 and isinstance(tag[1], str)]
    sound = [name for told_ in names[:MOST_TAGS] for name in names_in(told_)[:1]]
    refuse_sealed(", ".join(sound))
    if sound:
        set_tags(thread, named(thread.forum.community, sound))


def _place(state: State, thread: Thread, pairs: Any, stored: list[PostFile]) -> list[Post]:
    placed: list[Post] = []
    for row, post in pairs:
        if post.number is not None and Post.objects.filter(thread=thread, number=post.number).exists():
            raise Unsound(f"post {post.number} stands there already with other words")
        post.thread = thread
        post.save()
        _hang_on(state, post, row, stored)
        state.posts[row.get("id")] = post.pk
        placed.append(post)
    counts = reactions_of([post.pk for post in placed])
    for post in placed:
        if counts[post.pk]:
            post.reactions = counts[post.pk]
            post.save(update_fields=["reactions"])
            state.outcome.reactions += sum(counts[post.pk].values())
    return placed


def _hang_on(state: State, post: Post, row: Row, stored: list[PostFile]) -> None:
    for edit in _rows(row.get("earlier")):
        earlier = made(PostEdit, edit, told.EDIT, post=post)
        earlier.html = html(earlier.html)
        refuse_sealed(to_text(earlier.html))
        earlier.save()
    for kind, one, by in ((Hold, told.HOLD, "ended_by"), (Hiding, told.HIDING, "by")):
        for told_ in _rows(row.get("holds" if kind is Hold else "hidings")):
            made(kind, told_, one, post=post, **{by: state.person(told_.get(by))}).save()
    if post.state == PostState.HIDDEN and not post.hidings.filter(ended_at=None).exists():
        Hiding.objects.create(post=post, reason="")
    if post.state == PostState.HELD and not post.holds.open().exists():
        Hold.objects.create(post=post, rules=[])
    _react(state, post, row.get("id"))
    for poll in state.polls.get(row.get("id"), [])[:1]:
        bring_poll(state, post, poll)
    for file in _rows(row.get("files")):
        _keep(state, post, file, stored)


def _rows(told_: Any) -> list[Row]:
    return [one for one in told_ if isinstance(one, dict)] if isinstance(told_, list) else []


def _react(state: State, post: Post, number: Any) -> None:
    said = []
    for row in state.reactions.get(number, []):
        person = state.person(row.get("user"))
        if person is not None and row.get("kind") in ReactionKind.values:
            said.append(made(Reaction, row, ("kind", "at"), post=post, user=person))
    Reaction.objects.bulk_create(said, ignore_conflicts=True)


def _keep(state: State, post: Post, row: Row, stored: list[PostFile]) -> None:
    """A file, looked into like every upload; what cannot be kept is named."""
    name = str(row.get("name") or "file")[:200]
    content = state.taken.content(row.get("path"))
    kept = None if content is None else attachments.cleaned(SimpleUploadedFile(name, content))
    if kept is None:
        PostFile.objects.create(post=post, name=name, size=0)
        if row.get("path"):
            state.outcome.left_out.append(f"{name} (post {post.number} of “{post.thread.title}”)")
        return
    attachments.keep(post, [kept], [], stored)
    state.outcome.files += 1


def _count(state: State, thread: Thread, row: Row, posts: list[Post], *, is_new: bool) -> None:
    """What is kept beside the rows, as they say it now."""
    if is_new:
        said = row.get("last_number")
        thread.last_number = said if isinstance(said, int) and 0 <= said < 2**31 else 0
        answer = state.posts.get(row.get("answer"))
        thread.answer_id = answer if answer in {post.pk for post in posts} else None
        thread.wanted_count = _want(state, thread, row)
    highest = max((post.number or 0 for post in posts), default=0)
    thread.last_number = max(thread.last_number, highest)
    if any(post.number is not None for post in posts):
        settle(thread)
        thread.published_at = thread.published_at or timezone.now()
    elif is_new:
        thread.published_at = None
    thread.save()
    published = sum(post.state == PostState.PUBLISHED for post in posts)
    is_out = thread.published_at is not None
    if posts and is_out:
        count_above(thread, posts=published, threads=int(is_new), at=thread.last_posted_at)


def _want(state: State, thread: Thread, row: Row) -> int:
    people = [(state.person(one.get("user")), one) for one in state.wanted.get(row.get("id"), [])]
    rows = [made(Wanted, one, ("at",), thread=thread, user=who) for who, one in people if who is not None]
    return len(Wanted.objects.bulk_create(rows))
