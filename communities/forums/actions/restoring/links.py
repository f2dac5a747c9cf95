"""What leads from one thread of a copy to another: events, former places of posts, merged threads."""

from communities.forums.actions.restoring.state import State
from communities.forums.exporting import rows as told
from communities.forums.models import MovedPost, Thread, ThreadEvent
from communities.forums.restoring import Unsound, made
from network.foundations.deeds import deed


@deed
def link(state: State) -> None:
    """Add what is not here; said after all threads have come in, and again by whoever begins anew."""
    for row in state.taken.rows("threads"):
        here, into = state.threads.get(row.get("id")), state.threads.get(row.get("merged_into"))
        if here and into and here != into:
            Thread.objects.filter(pk=here, merged_into=None, posts=None).update(merged_into=into)
    for row in state.taken.rows("moved"):
        _moved(state, row)
    for row in state.taken.rows("events"):
        try:
            _event(state, row)
        except Unsound as reason:
            state.outcome.rejected.append(f"an event of thread {row.get('thread')}: {reason}")


def _moved(state: State, row: dict) -> None:
    thread, post, number = (
        state.threads.get(row.get("thread")),
        state.posts.get(row.get("post")),
        row.get("number"),
    )
    if thread and post and isinstance(number, int) and 0 < number < 2**31:
        taken = Thread.objects.filter(pk=thread, posts__number=number).exists()
        if not taken:
            MovedPost.objects.get_or_create(thread_id=thread, number=number, defaults={"post_id": post})


def _event(state: State, row: dict) -> None:
    thread = state.threads.get(row.get("thread"))
    if thread is None:
        return
    event = made(ThreadEvent, row, told.EVENT, thread_id=thread)
    same = {"thread": thread, "kind": event.kind, "at": event.at, "after_number": event.after_number}
    if ThreadEvent.objects.filter(**same).exists():
        return
    event.actor, event.other_id = state.person(row.get("actor")), state.threads.get(row.get("other"))
    event.from_forum = state.forums.get(row.get("from_forum"))
    event.save()
