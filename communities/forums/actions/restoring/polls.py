"""Polls of a copy: what was asked and how often each answer was chosen, without who chose what."""

from typing import Any

from django.utils import timezone

from communities.forums.actions.restoring.state import State, refuse_sealed
from communities.forums.exporting import rows as told
from communities.forums.models import Ballot, Poll, Post
from communities.forums.restoring import Unsound, made

_MOST = 10_000_000


def bring_poll(state: State, post: Post, row: dict[str, Any]) -> None:
    """One that was open comes in closed where it has votes: nobody can tell who has voted in it already."""
    poll = made(Poll, row, told.POLL, post=post, created_by=state.person(row.get("created_by")))
    options = poll.options
    if not isinstance(options, list) or not 2 <= len(options) <= 50:
        raise Unsound("a poll without answers")
    if not all(isinstance(option, str) and len(option) <= 1000 for option in options):
        raise Unsound("a poll whose answers are no words")
    refuse_sealed(poll.question, *options)
    poll.voters, poll.tallies = _votes(row, len(options), poll.most)
    ended = made(Poll, {"closed_at": row.get("ended_at")}, ("closed_at",)).closed_at
    by_the_clock = poll.closes_at is not None and poll.closes_at == ended
    poll.closed_at = None if by_the_clock else ended
    if poll.voters and not poll.is_closed:
        poll.closed_at = timezone.now()
    poll.save()
    Ballot.objects.bulk_create(Ballot(poll=poll, user=None, choices=chosen) for chosen in ballots(poll))


def _votes(row: dict[str, Any], options: int, most: int) -> tuple[int, list[int]]:
    voters, tallies = row.get("voters", 0), row.get("tallies") or [0] * options
    sound = isinstance(tallies, list) and len(tallies) == options and isinstance(voters, int)
    if not sound or not all(isinstance(number, int) and 0 <= number <= voters for number in tallies):
        raise Unsound("a poll whose numbers cannot be")
    if not voters <= sum(tallies) <= voters * most or voters > _MOST:
        raise Unsound("a poll whose numbers cannot be")
    return voters, tallies


def ballots(poll: Poll) -> list[list[int]]:
    """As many ballots as there were voters that add up to what was counted; who cast them is not known."""
    chosen: list[list[int]] = [[] for _voter in range(poll.voters)]
    turn = 0
    for option, number in enumerate(poll.tallies):
        for _time in range(number):
            chosen[turn % poll.voters].append(option)
            turn += 1
    return chosen
