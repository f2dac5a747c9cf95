"""Writing without one's name, and looking up who did.

The post has no author, so that nothing which reads posts can tell; one row beside it knows
(``docs/decisions/posts-without-a-name.md``).
"""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Max
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import policies
from communities.forums.models import Forum, Post, Thread, Unnamed
from communities.models import Mandate
from communities.voices import group_of
from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Mask:
    """She writes without her name; ``shows_group``: the group that she speaks for stands there."""

    shows_group: bool = False


def demand_mask(forum: Forum, mask: Mask | None, is_knowledge: bool) -> None:
    """Refused where a forum takes names alone, and where somebody else would learn who she is."""
    if mask is None:
        return
    if not forum.takes_unnamed:
        raise Refused(_("Nobody writes here without a name."), "unnamed")
    if is_knowledge:
        raise Refused(
            _("Traditional knowledge is told under one’s name: its holders have to know by whom."), "unnamed"
        )


def masked(post: Post, viewer: Viewer, mask: Mask, mandate: Mandate | None) -> None:
    """Take everything off ``post`` (not saved yet) that names her; the caller has locked its thread."""
    post.author = post.mandate = None
    post.mandate_state = ""
    post.participant = _number(post.thread, viewer.user_id)
    post.participant_group = group_of(mandate) if mask.shows_group and mandate else ""
    if post.submission_key:
        post.submission_key = masked_key(post.submission_key)


def masked_key(key: str) -> str:
    """The key of a form that was sent once, without the number of the person in it."""
    return sha256(key.encode()).hexdigest()


def remember(post: Post, viewer: Viewer) -> None:
    Unnamed.objects.create(post=post, user=viewer.user)


def _number(thread: Thread, user_id: int | None) -> int:
    """The number that she has in the thread, or the next one."""
    hers = thread.posts.filter(unnamed__user=user_id).values_list("participant", flat=True).first()
    if hers is not None:
        return hers
    return (thread.posts.aggregate(last=Max("participant"))["last"] or 0) + 1


def renumber(posts: list[Post], target: Thread) -> None:
    """Posts without a name came to ``target``: whoever has a number there keeps it, the others get their
    own, so that two people never share one. Both threads are locked."""
    came = [post for post in posts if post.participant is not None]
    if not came:
        return
    wrote = dict(Unnamed.objects.filter(post__in=came).values_list("post", "user"))
    there = target.posts.exclude(participant=None).exclude(pk__in=[post.pk for post in came])
    numbers: dict[object, int] = {
        user: number for user, number in there.values_list("unnamed__user", "participant") if user
    }
    last = there.aggregate(last=Max("participant"))["last"] or 0
    for post in came:
        # Of whoever has left nobody knows any more who she was: her number held her posts together.
        who = wrote.get(post.pk) or ("left", post.participant)
        if who not in numbers:
            last += 1
            numbers[who] = last
        post.participant = numbers[who]
    Post.objects.bulk_update(came, ["participant"])


def writer_of(post: Post) -> int | None:
    """The id of whoever wrote a post, also without her name: to tell her of it, and never her of her own."""
    if post.participant is None:
        return post.author_id
    return Unnamed.objects.filter(post=post).values_list("user", flat=True).first()


@deed
def see_author(*, viewer: Viewer, post: Post) -> User | None:
    """Who wrote a post without a name: for moderators, and each look is written into their log."""
    demand(policies.can_see_author(viewer, post), _("Moderators can look up who wrote this."))
    found = Unnamed.objects.select_related("user").filter(post=post).first()
    record(Act.AUTHOR_SEEN, post.thread.forum.community, viewer, ("post", post.pk))
    return found.user if found else None
