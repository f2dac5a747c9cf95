"""Bringing a copy of a community in again: whole threads, each once, safe to repeat.

What is here already stays as it is: a copy adds and never changes. Nobody is notified. Reactions, tags and
polls come back with their threads, summaries with their consultations; mandates with a community that is new.
Bookmarks, drafts and ballots are in no copy.
"""

from collections.abc import Callable

from django.db import transaction

from communities.forums.actions.restoring.links import link
from communities.forums.actions.restoring.rooms import find_rooms
from communities.forums.actions.restoring.state import Outcome, State
from communities.forums.actions.restoring.summaries import bring_summaries
from communities.forums.actions.restoring.threads import bring_thread
from communities.forums.actions.writing import expect
from communities.forums.restoring import Taken, Unsound

__all__ = ["Outcome", "restore_community"]

Progress = Callable[[int, int], None]


def restore_community(
    *, taken: Taken, slug: str = "", dry_run: bool = False, progress: Progress = lambda *_: None
) -> Outcome:
    """Write what ``taken`` holds into the community with this address (its own, if none is given); it is
    made where it is not there.

    Each thread is one transaction: an import that broke off is simply started again. A dry run does all of
    it in one that is taken back.
    """
    if not dry_run:
        return _restore(taken, slug, progress)
    with transaction.atomic():
        outcome = _restore(taken, slug, progress)
        transaction.set_rollback(True)
    outcome.forget_files()
    return outcome


def _restore(taken: Taken, slug: str, progress: Progress) -> Outcome:
    state = State(taken)
    find_rooms(state, slug)
    rows = list(taken.rows("threads"))
    for done, row in enumerate(rows, 1):
        try:
            bring_thread(state, row)
        except Unsound as reason:
            title = str(row.get("title"))[:80]
            state.outcome.rejected.append(f"thread {row.get('id')}, “{title}”: {reason}")
        progress(done, len(rows))
    link(state)
    bring_summaries(state)
    for forum in state.forums.values():
        expect(forum)
    state.outcome.rejected = [*taken.rejected, *state.outcome.rejected]
    return state.outcome
