"""Who is told of what happened in forums, and when."""

from collections.abc import Callable

from django.utils import timezone

from communities.enums import Involvement
from communities.forums.actions.unnamed import writer_of
from communities.forums.actions.widening import authors_of
from communities.forums.enums import PostState
from communities.forums.levels import levels, listeners
from communities.forums.models import (
    Correction,
    Extension,
    Forum,
    Mention,
    Post,
    Summary,
    Widening,
)
from communities.models import Membership
from communities.notices import carers
from network.accounts.models import User
from network.foundations.viewer import viewer_for
from network.notifications.actions import notify
from network.notifications.kinds import Ids
from network.notifications.models import PlaceChoice
from network.outbox.models import Entry


def tell_of_extension(entry: Entry) -> None:
    """Everybody in the community alike, whoever did it and however much she wants to hear."""
    made = Extension.objects.select_related("forum").filter(pk=entry.ids["extension"]).first()
    if made is not None:
        where = {"recipients": _everybody(made.forum), "place": _place(made.forum)}
        notify(kind="forums.extended", **where, ids={"extension": made.pk})


def tell_of_final_call(entry: Entry) -> None:
    forum = Forum.objects.filter(pk=entry.ids["forum"]).first()
    if forum is not None:
        where = {"recipients": _everybody(forum), "place": _place(forum)}
        notify(kind="forums.final_call", **where, ids={"forum": forum.pk})


def _everybody(forum: Forum) -> list[int]:
    members = Membership.objects.active().filter(community=forum.community_id)
    return list(members.values_list("user_id", flat=True))


def tell_of_widening(entry: Entry) -> None:
    """Each of those whose words it would show to more people is asked."""
    widening = Widening.objects.filter(pk=entry.ids["widening"], done_at=None, withdrawn_at=None).first()
    if widening is not None:
        authors = [pk for pk in authors_of(widening) if pk is not None]
        notify(kind="forums.widening", recipients=authors, ids={"widening": widening.pk})


def tell_of_post(entry: Entry) -> None:
    """A post went out: tell those who watch its thread, its forum or its community."""
    post = _post(entry.ids)
    if post is None or post.state != PostState.PUBLISHED:
        return
    named, writer = _tell_mentioned(post), writer_of(post)
    listening = listeners(post) - named - {writer}
    began = {post.thread.author_id} & listening if (post.number or 0) > 1 else set()
    _tell(post, "forums.reply", began, by=post.author_id)
    watched = "forums.watched" if (post.number or 0) > 1 else "forums.thread"
    _tell(post, watched, listening - began, by=post.author_id)
    _tell_list(post, listening | named | {writer})
    if post.holds.exists() and writer:
        place = {"place": _place(post.thread.forum), "ids": {"post": post.pk}}
        notify(kind="forums.approved", recipients=[writer], **place)


def _tell(post: Post, kind: str, recipients: set[int], *, by: int | None = None) -> set[int]:
    return notify(
        kind=kind,
        recipients=recipients,
        actor=by,
        group=_group(post),
        place=_place(post.thread.forum),
        ids={"post": post.pk},
    )


def _tell_list(post: Post, told: set[int]) -> None:
    """Whoever gets every post of the community as a mail and is not told of this one anyway.

    A thread that she has muted stays quiet. Her own posts come to her if she asked for them.
    """
    wanting = PlaceChoice.objects.lists(_place(post.thread.forum))
    quiet = {user for user, level in levels(post.thread).items() if level == Involvement.NOTHING}
    members = Membership.objects.active().filter(community=post.thread.forum.community_id)
    wanting = wanting.filter(person__in=members.values("user"))
    people = set(wanting.values_list("person_id", flat=True)) - told - quiet
    _tell(post, "forums.post", people, by=post.author_id)
    own = wanting.filter(person=post.author_id, own_posts=True)
    _tell(post, "forums.post", set(own.values_list("person_id", flat=True)))


def tell_of_edit(entry: Entry) -> None:
    """Whoever is named in the new text and was not in any before hears of it."""
    post = _post(entry.ids)
    if post is not None and post.state == PostState.PUBLISHED:
        _tell_mentioned(post)


def _tell_mentioned(post: Post) -> set[int]:
    """Tell those who are named in a post and may read it, each once; returns who was told.

    Whoever has muted the thread is told nothing.
    """
    waiting = list(Mention.objects.filter(post=post, told_at=None).select_related("user"))
    if not waiting:
        return set()
    Mention.objects.filter(pk__in=[mention.pk for mention in waiting]).update(told_at=timezone.now())
    quiet = {user for user, level in levels(post.thread).items() if level == Involvement.NOTHING}
    people = [mention.user for mention in waiting if mention.user_id not in quiet]
    readers = [who.pk for who in people if _reads(who, post)]
    return _tell(post, "forums.mention", set(readers), by=post.author_id)


def _reads(person: User, post: Post) -> bool:
    return Post.objects.visible_to(viewer_for(person)).filter(pk=post.pk).exists()


def tell_author(entry: Entry) -> None:
    """A moderator hid, turned down, returned or edited a post: its author hears of it, with the reason.

    What was taken back in the meantime she is not told.
    """
    post = _post(entry.ids)
    writer = writer_of(post) if post is not None else None
    if post is not None and writer:
        kind, holds = _TOLD[entry.kind]
        if holds(post):
            place = _place(post.thread.forum)
            notify(kind=kind, recipients=[writer], place=place, ids={"post": post.pk})


def _with_its_author(post: Post) -> bool:
    return post.holds.open().exclude(returned_at=None).exists()


#: Of what the author is told, and whether it is still so.
_TOLD: dict[str, tuple[str, Callable[[Post], bool]]] = {
    "hidden": (
        "forums.hidden",
        lambda post: post.state == PostState.HIDDEN and not post.holds.open().exists(),
    ),
    "moderation.turned_down": (
        "forums.turned_down",
        lambda post: post.state in (PostState.REJECTED, PostState.HIDDEN) and not post.holds.open().exists(),
    ),
    "moderation.returned": ("forums.returned", _with_its_author),
    "moderation.amended": ("forums.amended", lambda post: bool(post.moderator_note)),
}


def _group(post: Post) -> str:
    return f"thread:{post.thread_id}"


def _place(forum: Forum) -> str:
    return f"community:{forum.community_id}"


def _post(ids: Ids) -> Post | None:
    posts = Post.objects.select_related("thread__forum__community", "author")
    return posts.filter(pk=ids["post"]).first()


def tell_of_summary(entry: Entry) -> None:
    """The draft is shown, or the proceedings are out: everybody on whose words it rests is told."""
    summary = Summary.objects.filter(pk=entry.ids["summary"]).first()
    if summary is not None:
        kind = "forums.draft_summary" if entry.kind == "summary.drafted" else "forums.proceedings"
        notify(kind=kind, recipients=_quoted(summary), ids={"summary": summary.pk})


def _quoted(summary: Summary) -> set[int]:
    posts = Post.objects.filter(passages__sentences__section__summary=summary)
    found = posts.values_list("author", "unnamed__user")
    return {person for pair in found for person in pair if person is not None}


def tell_of_correction(entry: Entry) -> None:
    """Those who look after the community hear that there is one, and not from whom."""
    made = Correction.objects.filter(pk=entry.ids["correction"]).first()
    if made is not None:
        community = made.summary.forum.community_id
        notify(kind="forums.correction", recipients=carers(community), ids={"correction": made.pk})


def tell_of_answer(entry: Entry) -> None:
    made = Correction.objects.filter(pk=entry.ids["correction"]).first()
    if made is not None and made.user_id and made.is_answered:
        notify(kind="forums.correction_answered", recipients=[made.user_id], ids={"correction": made.pk})
