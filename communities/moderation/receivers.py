"""What follows an act, in its transaction: a row of the log, trust, the prints of what was removed."""

from typing import Any

from django.contrib.auth import get_user_model

from communities.enums import Act
from communities.forums.models import Post
from communities.models import Community
from communities.moderation import trust
from communities.moderation.models import ModerationLogEntry, ModerationReason, Print
from communities.moderation.rules import print_of
from network.foundations.richtext import to_text
from network.outbox.actions import announce
from network.outbox.models import Entry

#: Acts that a member hears of from here; of the others their own rooms tell her.
_TOLD = frozenset({Act.MEMBER_WARNED, Act.MEMBER_REMOVED})


def write_log(
    *,
    act: Act,
    community: Community,
    actor: Any,
    target: tuple[str, int],
    concerns: int | None,
    reason: str,
    **_: Any,
) -> None:
    kind, pk = target
    entry = ModerationLogEntry.objects.create(
        community_id=community.pk,
        act=act,
        actor=actor.actor_id,
        target_kind=kind,
        target_id=pk,
        concerns=_pseudonym(concerns),
    )
    if reason:
        ModerationReason.objects.create(entry_id=entry.pk, text=reason)
    if act in _TOLD and concerns:
        announce(f"community:{community.pk}", "moderation.acted", entry=entry.pk, user=concerns)


def _pseudonym(user_id: int | None):
    if user_id is None:
        return None
    return get_user_model().objects.filter(pk=user_id).values_list("actor_id", flat=True).first()


def weigh_act(
    *, act: Act, community: Community, target: tuple[str, int], concerns: int | None, **_: Any
) -> None:
    """What was let out or removed changes at once what its author may do; a removed text is known again."""
    kind, pk = target
    if act not in trust.WEIGHTY or kind != "post" or concerns is None:
        return
    trust.count(concerns, community.pk)
    html = Post.objects.filter(pk=pk).values_list("html", flat=True).first() or ""
    if not (digest := print_of(to_text(html))):
        return
    if act in (Act.POST_HIDDEN, Act.POST_REJECTED):
        Print.objects.get_or_create(community=community, digest=digest)
    else:
        Print.objects.filter(community=community, digest=digest).delete()


def count_author(entry: Entry) -> None:
    """A post went out: its author is known a little better."""
    post = Post.objects.filter(pk=entry.ids["post"]).select_related("thread__forum").first()
    if post is not None and post.author_id:
        trust.count(post.author_id, post.thread.forum.community_id)
