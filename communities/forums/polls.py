"""A poll as one viewer sees it: what she may choose, what she chose, and the results once they are due."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.expressions import OuterRef

from communities.forums import policies
from communities.forums.enums import Results
from communities.forums.forms.polls import VoteForm
from communities.forums.models import Ballot, Poll, Post
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Answer:
    text: str
    votes: int
    share: int
    is_own: bool


@dataclass(frozen=True)
class Shown:
    """``own`` holds the numbers of what she chose, None where she has not voted."""

    poll: Poll
    own: list[int] | None
    form: VoteForm | None
    can_close: bool

    @property
    def shows_results(self) -> bool:
        if self.poll.is_closed or self.poll.results == Results.ALWAYS:
            return True
        return self.poll.results == Results.VOTED and self.own is not None

    @property
    def answers(self) -> list[Answer]:
        counted = zip(self.poll.options, self.poll.tallies, strict=True)
        whole = max(self.poll.voters, 1)
        return [
            Answer(text, votes, round(100 * votes / whole), number in (self.own or []))
            for number, (text, votes) in enumerate(counted)
        ]


def with_polls(viewer: Viewer, posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts with their polls and, of each, what the viewer chose; no question more."""
    posts = posts.select_related("poll")
    if not viewer.is_member:
        return posts
    mine = Ballot.objects.filter(poll__post=OuterRef("pk"), user=viewer.user_id)
    return posts.annotate(own_ballot=Subquery(mine.values("choices")[:1]))


def shown(viewer: Viewer, post: Post, data: Any = None) -> Shown | None:
    """The poll of a post that was found ``with_polls``; ``data`` is what was sent and refused."""
    poll = getattr(post, "poll", None)
    if poll is None:
        return None
    poll.post = post
    own = getattr(post, "own_ballot", None)
    votes = policies.can_vote(viewer, poll) and not poll.is_closed and (own is None or poll.may_change)
    return Shown(
        poll=poll,
        own=own,
        form=VoteForm(data, poll=poll, own=own) if votes else None,
        can_close=not poll.is_closed and policies.can_close(viewer, poll),
    )


@dataclass(frozen=True)
class Voter:
    person: PersonCard | None
    chose: list[str]


def voters(viewer: Viewer, seen: Shown) -> list[Voter]:
    """Who has voted; what they chose only in an open ballot whose results she may see.

    In a secret ballot nobody is named as long as somebody can watch the results grow, and never in the order
    of voting: name and number together would tell who chose what.
    """
    poll = seen.poll
    if poll.is_secret and not poll.is_closed and poll.results != Results.CLOSED:
        return []
    ballots = list(poll.ballots.order_by("user_id" if poll.is_secret else "cast_at", "pk"))
    cards = cards_for(viewer, [ballot.user_id for ballot in ballots])
    tells = seen.shows_results and not poll.is_secret
    return [
        Voter(cards.get(ballot.user_id), [poll.options[n] for n in ballot.choices] if tells else [])
        for ballot in ballots
    ]
