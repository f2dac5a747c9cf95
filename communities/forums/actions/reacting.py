"""Reacting to posts in a word."""

from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums import policies
from communities.forums.actions.counting import locked_post
from communities.forums.counters import reactions_of
from communities.forums.enums import ReactionKind
from communities.forums.models import Post, Reaction
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@deed
def react(*, viewer: Viewer, post: Post, kind: ReactionKind) -> Post:
    """Say ``kind`` to a post; said twice it counts once."""
    current = _case(viewer, post)
    Reaction.objects.bulk_create([Reaction(post=current, user=viewer.user, kind=kind)], ignore_conflicts=True)
    _count(current)
    return current


@deed
def take_reaction_back(*, viewer: Viewer, post: Post, kind: ReactionKind) -> Post:
    current = _case(viewer, post)
    Reaction.objects.filter(post=current, user=viewer.user_id, kind=kind).delete()
    _count(current)
    return current


def _case(viewer: Viewer, post: Post) -> Post:
    """The post, locked after its thread like in every other deed."""
    current = locked_post(post)
    demand(policies.can_react(viewer, current), _("Members of the community react to the posts of others."))
    return current


def _count(post: Post) -> None:
    """Write down what the rows say, and tell the thread, where something has changed.

    The forum and the community show no reactions: their pages stay as they are.
    """
    true = reactions_of([post.pk])[post.pk]
    if true == post.reactions:
        return
    post.reactions = true
    post.save(update_fields=["reactions"])
    announce(f"thread:{post.thread_id}", "reacted", post=post.pk)


@deed
def forget_reactions(person_id: int) -> None:
    """Somebody leaves: her reactions go, and the counts with them."""
    posts = Post.objects.filter(reaction_rows__user=person_id).distinct().select_related("thread")
    for post in list(posts.order_by("thread_id", "id")):
        current = locked_post(post)
        Reaction.objects.filter(post=current, user=person_id).delete()
        _count(current)
