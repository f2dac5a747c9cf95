"""Likes that posts had where they come from, as reactions."""

from typing import Protocol

from django.contrib.auth import get_user_model

from communities.forums.actions.counting import locked_post
from communities.forums.counters import reactions_of
from communities.forums.enums import PostState
from communities.forums.likes import LIKED, Like
from communities.forums.models import Post, Reaction
from network.accounts.models import User
from network.accounts.names import clean_name
from network.foundations.deeds import deed
from network.notifications.inbound.letters import Head
from network.outbox.actions import announce


class Likes(Protocol):
    def likes(self, head: Head) -> list[Like]: ...


def author_of(address: str, name: str) -> tuple[User, bool]:
    """The person with this address; made without a password where nobody has it yet, for her to claim."""
    people = get_user_model().objects
    person = people.filter(email__iexact=address).first()
    if person is not None:
        return person, False
    name = clean_name(name) or address.partition("@")[0]
    return people.create_user(address, name=name[:150]), True


def like(archive: Likes, head: Head) -> int:
    """What a post that has just come in was liked; how often that is new."""
    return _like(archive, head, everybody=True)


def like_again(archive: Likes, head: Head) -> int:
    """The same for a post that came in before: what people here have taken back is not given again, so only
    for those who have never signed in."""
    return _like(archive, head, everybody=False)


def _like(archive: Likes, head: Head, *, everybody: bool) -> int:
    likes = archive.likes(head)
    return _react(head.message_id, likes, everybody) if likes else 0


@deed
def _react(message_id: str, likes: list[Like], everybody: bool) -> int:
    found = Post.objects.filter(message_id=message_id, state=PostState.PUBLISHED).first()
    if found is None:
        return 0
    post = locked_post(found)
    people = [(author_of(one.address, one.name)[0], one.at) for one in likes]
    given = {who.pk: at for who, at in people if who.pk != post.author_id}
    if not everybody:
        given = {who.pk: given[who.pk] for who, _at in people if who.pk in given and who.last_login is None}
    before = post.reactions.get(LIKED, 0)
    rows = [Reaction(post=post, user_id=who, kind=LIKED, at=at) for who, at in given.items()]
    Reaction.objects.bulk_create(rows, ignore_conflicts=True)
    true = reactions_of([post.pk])[post.pk]
    if true != post.reactions:
        post.reactions = true
        post.save(update_fields=["reactions"])
        announce(f"thread:{post.thread_id}", "reacted", post=post.pk)
    return true.get(LIKED, 0) - before
