"""Asking by a poll, voting, and closing it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from communities.actions import demand_conduct
from communities.actions.common import demand
from communities.forums import knowledge, policies
from communities.forums.actions.counting import locked, locked_post, tell
from communities.forums.enums import PostState, Results, ThreadEventKind
from communities.forums.gatekeepers import Candidate, held_by
from communities.forums.models import Ballot, Poll, Post, Thread, ThreadEvent
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.richtext import clean
from network.foundations.viewer import Viewer

FEWEST, MOST = 2, 12


@deed
def ask(
    *,
    viewer: Viewer,
    thread: Thread,
    question: str,
    options: list[str],
    most: int = 1,
    is_secret: bool = False,
    may_change: bool = True,
    results: str = Results.ALWAYS,
    closes_at: datetime | None = None,
    zone: str = "UTC",
) -> Poll:
    """Put a poll under the opening post. While that waits for a moderator, so does the poll."""
    current = locked(thread)
    demand(
        policies.can_ask(viewer, current), _("Whoever started a thread asks in it, and those who keep it.")
    )
    post = current.posts.order_by(F("number").asc(nulls_last=True), "pk").first()
    _demand_form(options, most, closes_at)
    if post is None or post.state not in (PostState.PUBLISHED, PostState.HELD):
        raise Refused(_("The opening post cannot be read."))
    if Poll.objects.filter(post=post).exists():
        raise Refused(_("This thread has a poll already."))
    demand_conduct(viewer, current.forum.community, None)
    _demand_words(viewer, current, post, [question, *options])
    poll = Poll.objects.create(
        post=post,
        question=question,
        options=options,
        tallies=[0] * len(options),
        most=most,
        is_secret=is_secret,
        may_change=may_change,
        results=results,
        created_by=viewer.user,
        closes_at=closes_at,
        zone=zone,
    )
    tell(current, "asked", poll=poll.pk)
    return poll


def _demand_form(options: list[str], most: int, closes_at: datetime | None) -> None:
    if not FEWEST <= len(options) <= MOST or len(set(options)) != len(options):
        raise Refused(_("Write from two to twelve different answers, each on a line of its own."), "options")
    if not 1 <= most <= len(options):
        raise Refused(_("There are not so many answers to choose from."), "most")
    if closes_at is not None and closes_at <= timezone.now():
        raise Refused(_("That hour has passed."), "closes_at")


def _demand_words(viewer: Viewer, thread: Thread, post: Post, words: list[str]) -> None:
    """What would make a post wait is not taken into one that is out: there it could not wait."""
    text = "\n".join(words)
    knowledge.refuse_copies(viewer, text, "question")
    html = clean(f"<p>{escape(text)}</p>")
    candidate = Candidate(viewer=viewer, community=thread.forum.community, html=html)
    if post.state == PostState.PUBLISHED and held_by(candidate):
        raise Refused(
            _("A moderator reads your first words with links. Write the poll without them."), "question"
        )


@deed
def vote(*, viewer: Viewer, poll: Poll, choices: Iterable[int]) -> Ballot:
    """Cast a ballot, or another one in its place where the poll allows it."""
    current = _open(poll)
    demand(policies.can_vote(viewer, current), _("Members of the community vote here."))
    chosen = sorted(set(choices))
    if not 1 <= len(chosen) <= current.most or not set(chosen) <= set(range(len(current.options))):
        raise Refused(_("Choose at least one answer and no more than the poll allows."), "choices")
    ballot = Ballot.objects.filter(poll=current, user=viewer.user_id).first()
    if ballot is not None and ballot.choices == chosen:
        return ballot
    if ballot is not None and not current.may_change:
        raise Refused(_("You have voted. In this poll a vote stays as it was cast."))
    _count(current, [] if ballot is None else ballot.choices, -1)
    if ballot is None:
        ballot = Ballot(poll=current, user=viewer.user)
        current.voters += 1
    ballot.choices, ballot.cast_at = chosen, timezone.now()
    ballot.save()
    _count(current, chosen, 1)
    current.save(update_fields=["tallies", "voters"])
    tell(current.post.thread, "voted", poll=current.pk)
    return ballot


def _count(poll: Poll, choices: list[int], change: int) -> None:
    for choice in choices:
        poll.tallies[choice] += change


@deed
def close_poll(*, viewer: Viewer, poll: Poll) -> None:
    """Nobody votes any more; who closed it stands in the thread."""
    post = poll.post = locked_post(poll.post)
    demand(policies.can_close(viewer, poll), _("Whoever asked closes the poll, and those who keep it."))
    current = _open(poll)
    current.closed_at, current.closed_by = timezone.now(), viewer.user
    current.save(update_fields=["closed_at", "closed_by"])
    ThreadEvent.objects.create(
        thread=post.thread,
        kind=ThreadEventKind.POLL_CLOSED,
        actor=viewer.user,
        after_number=post.thread.last_number,
    )
    tell(post.thread, "poll_closed", poll=current.pk)


def _open(poll: Poll) -> Poll:
    """The poll, locked, as long as it is open: votes come one after another."""
    polls = Poll.objects.select_for_update(of=("self",)).select_related("post__thread__forum__community")
    current = polls.get(pk=poll.pk)
    if current.is_closed:
        raise Refused(_("This poll was closed in the meantime."))
    return current
