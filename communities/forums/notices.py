"""What people are told of forums: replies, new threads, and what moderators did to their posts."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.enums import Involvement
from communities.forums.enums import PostState
from communities.forums.models import Hiding, Hold, Post, Watch
from communities.models import Membership
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.kinds import Ids, Kind, MailThread, Rendered, kinds
from network.outbox.models import Entry


def register() -> None:
    kinds.register(
        "forums.thread", Kind(gettext_lazy("New threads in my communities"), render_many=_render_new)
    )
    kinds.register(
        "forums.reply", Kind(gettext_lazy("Replies in threads that I watch"), render_many=_render_new)
    )
    kinds.register("forums.approved", Kind(gettext_lazy("A post of mine went out"), _render_approved))
    kinds.register("forums.hidden", Kind(gettext_lazy("A post of mine was hidden"), _render_hidden))
    kinds.register("forums.turned_down", Kind(gettext_lazy("A post of mine was turned down"), _render_down))


def tell_of_post(entry: Entry) -> None:
    """A post went out: tell those who watch the thread and those who want to hear everything."""
    post = _post(entry.ids)
    if post is None or post.state != PostState.PUBLISHED:
        return
    community = post.thread.forum.community
    everything = Membership.objects.active().filter(community=community, involvement=Involvement.EVERYTHING)
    people = set(everything.values_list("user_id", flat=True))
    kind = "forums.thread"
    if (post.number or 0) > 1:
        kind = "forums.reply"
        people |= set(Watch.objects.filter(thread=post.thread).values_list("user_id", flat=True))
    notify(kind=kind, recipients=people, actor=post.author_id, group=_group(post), ids={"post": post.pk})
    if post.holds.exists() and post.author_id:
        notify(kind="forums.approved", recipients=[post.author_id], ids={"post": post.pk})


def tell_author(entry: Entry) -> None:
    """A moderator hid or turned down a post: its author hears of it, with the reason."""
    post = _post(entry.ids)
    if post is not None and post.author_id:
        kind = "forums.hidden" if entry.kind == "hidden" else "forums.turned_down"
        notify(kind=kind, recipients=[post.author_id], ids={"post": post.pk})


def _group(post: Post) -> str:
    return f"thread:{post.thread_id}"


def _post(ids: Ids) -> Post | None:
    posts = Post.objects.select_related("thread__forum__community", "author")
    return posts.filter(pk=ids["post"]).first()


def _visible(ids: Ids, viewer: Viewer, state: PostState) -> Post | None:
    posts = Post.objects.visible_to(viewer).filter(pk=ids["post"], state=state)
    return posts.select_related("thread__forum__community", "author").first()


def _author(post: Post) -> str:
    return post.author.get_full_name() if post.author else _("A former member")


def _render_new(many: Sequence[Ids], viewer: Viewer) -> list[Rendered | None]:
    """For a page of the inbox at once: it holds many of these."""
    posts = (
        Post.objects.visible_to(viewer)
        .filter(state=PostState.PUBLISHED)
        .select_related("thread__forum__community", "author")
        .in_bulk([ids["post"] for ids in many])
    )
    return [_new(posts[ids["post"]]) if ids["post"] in posts else None for ids in many]


def _new(post: Post) -> Rendered:
    forum = post.thread.forum
    says = _("%(author)s started a thread") if post.number == 1 else _("%(author)s replied")
    said = says % {"author": _author(post)}
    return Rendered(
        subject=post.thread.title,
        text=f"{said}: {post.excerpt}",
        html=format_html("<p><strong>{}</strong></p>", said) + post.html,
        url=post.get_absolute_url(),
        thread=MailThread(
            key=f"thread-{post.thread_id}",
            list_id=f"forum-{forum.pk}.community-{forum.community_id}",
            list_name=f"{forum.title}, {forum.community.name}",
        ),
    )


def _render_approved(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.PUBLISHED)
    if post is None:
        return None
    return Rendered(
        subject=_("Your post in “%(title)s” is out") % {"title": post.thread.title},
        text=post.excerpt,
        url=post.get_absolute_url(),
    )


def _render_hidden(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.HIDDEN)
    if post is None:
        return None
    hiding = Hiding.objects.filter(post=post, ended_at=None).first()
    return Rendered(
        subject=_("A moderator has hidden your post in “%(title)s”") % {"title": post.thread.title},
        text=hiding.reason if hiding else "",
        url=post.get_absolute_url(),
    )


def _render_down(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.REJECTED)
    if post is None:
        return None
    hold = Hold.objects.filter(post=post).order_by("-id").first()
    return Rendered(
        subject=_("Your post in “%(title)s” was turned down") % {"title": post.thread.title},
        text=hold.reason if hold else "",
        url=post.get_absolute_url(),
    )
