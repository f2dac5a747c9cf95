"""How what people are told of posts and forums reads, for one reader."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from communities.forums.capacities import label as line_label
from communities.forums.enums import PostState
from communities.forums.letterbox import reply_address, start_address
from communities.forums.models import (
    Bookmark,
    Extension,
    Forum,
    Hiding,
    Hold,
    Post,
    Thread,
    Widening,
)
from communities.forums.reading import SPOKEN
from communities.forums.suitcase import Wish, address, pack
from communities.forums.windows import told
from communities.models import Community
from network.foundations.viewer import Viewer
from network.notifications.kinds import Ids, MailThread, Rendered


def _visible(ids: Ids, viewer: Viewer, state: PostState) -> Post | None:
    # Who wrote without her name hears of it, too: no row that others read says that the post is hers.
    hers = Q(unnamed__user=viewer.user_id) if viewer.is_member else Q(pk__in=[])
    readable = Q(pk__in=Post.objects.visible_to(viewer)) | hers
    posts = Post.objects.filter(readable, pk=ids["post"], state=state)
    return posts.select_related("thread__forum__community", "author").first()


def _speaker(post: Post) -> str:
    """Who wrote, and in what capacity."""
    said = post.spoken or post.get_participant_group_display()
    return f"{post.signature}, {said}" if said else post.signature


def new_post(many: Sequence[Ids], viewer: Viewer) -> list[Rendered | None]:
    """For a page of the inbox at once: it holds many of these."""
    posts = _posts(many, viewer)
    return [_new(posts[ids["post"]], viewer) if ids["post"] in posts else None for ids in many]


def mentions(many: Sequence[Ids], viewer: Viewer) -> list[Rendered | None]:
    posts = _posts(many, viewer)
    says = _("%(author)s mentioned you")
    return [_new(posts[ids["post"]], viewer, says) if ids["post"] in posts else None for ids in many]


def _posts(many: Sequence[Ids], viewer: Viewer) -> dict[int, Post]:
    return (
        Post.objects.visible_to(viewer)
        .filter(state=PostState.PUBLISHED)
        .select_related("thread__forum__community", "author", *SPOKEN)
        .prefetch_related("files")
        .in_bulk([ids["post"] for ids in many])
    )


def _new(post: Post, viewer: Viewer, says: str = "") -> Rendered:
    forum = post.thread.forum
    says = says or (_("%(author)s started a thread") if post.number == 1 else _("%(author)s replied"))
    said = says % {"author": _speaker(post)}
    return Rendered(
        subject=post.thread.title,
        text=f"{said}: {post.excerpt}",
        html=format_html("<p><strong>{}</strong></p>", said) + post.html + _files(post),
        url=post.get_absolute_url(),
        thread=mail_thread(post, viewer),
        reply_to="" if forum.is_one_way else reply_address(post.thread_id, viewer),
        reply_url=_reply_url(post.thread),
        hint=_hint(viewer, forum),
    )


def _files(post: Post) -> str:
    """What came along, by name: the files themselves are fetched in the thread."""
    names = ", ".join(file.name for file in post.files.all())
    return format_html("<p>{}</p>", _("Files in the thread: %(names)s") % {"names": names}) if names else ""


def _hint(viewer: Viewer, forum: Forum) -> str:
    """For whoever speaks for others in the community: how she says so by mail."""
    if not viewer.has(f"speaks:{forum.community_id}"):
        return ""
    return _("You speak for yourself, unless your answer begins with a line such as “%(label)s: …”.") % {
        "label": line_label(viewer.language)
    }


def mail_thread(post: Post, viewer: Viewer) -> MailThread:
    """Where a mail about a post belongs."""
    forum = post.thread.forum
    return MailThread(
        key=f"thread-{post.thread_id}",
        list_id=f"forum-{forum.pk}.community-{forum.community_id}",
        list_name=f"{forum.title}, {forum.community.name}",
        post_to="" if forum.is_one_way else start_address(forum, viewer),
    )


def _reply_url(thread: Thread) -> str:
    forum = thread.forum
    return reverse("forums:reply", args=[forum.community.slug, forum.slug, thread.pk, thread.slug])


def approved(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.PUBLISHED)
    if post is None:
        return None
    return Rendered(
        subject=_("Your post in “%(title)s” is out") % {"title": post.thread.title},
        text=post.excerpt,
        url=post.get_absolute_url(),
    )


def reminder(ids: Ids, viewer: Viewer) -> Rendered | None:
    kept = Bookmark.objects.filter(pk=ids["bookmark"], user=viewer.user_id).first()
    post = kept and _visible({"post": kept.post_id}, viewer, PostState.PUBLISHED)
    if not kept or not post:
        return None
    return Rendered(
        subject=_("You wanted to be reminded of “%(title)s”") % {"title": post.thread.title},
        text=kept.note or post.excerpt,
        url=post.get_absolute_url(),
    )


def hidden(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.HIDDEN)
    if post is None:
        return None
    hiding = Hiding.objects.filter(post=post, ended_at=None).first()
    return Rendered(
        subject=_("A moderator has hidden your post in “%(title)s”") % {"title": post.thread.title},
        text=hiding.reason if hiding else "",
        url=post.get_absolute_url(),
    )


def down(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.REJECTED)
    if post is None:
        return None
    hold = Hold.objects.filter(post=post).order_by("-id").first()
    return Rendered(
        subject=_("Your post in “%(title)s” was turned down") % {"title": post.thread.title},
        text=hold.reason if hold else "",
        url=post.get_absolute_url(),
    )


def returned(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.HELD)
    hold = post and Hold.objects.open().filter(post=post).exclude(returned_at=None).first()
    if not post or not hold or post.author_id != viewer.user_id:
        return None
    return Rendered(
        subject=_("Your post in “%(title)s” was returned to you") % {"title": post.thread.title},
        text=hold.reason,
        url=reverse("forums:mend", args=[*_path(post), post.pk]),
    )


def _path(post: Post) -> list:
    thread = post.thread
    return [thread.forum.community.slug, thread.forum.slug, thread.pk, thread.slug]


def amended(ids: Ids, viewer: Viewer) -> Rendered | None:
    posts = Post.objects.visible_to(viewer).select_related("thread__forum__community")
    post = posts.filter(pk=ids["post"], author=viewer.user_id).exclude(moderator_note="").first()
    if post is None:
        return None
    return Rendered(
        subject=_("A moderator has edited your post in “%(title)s”") % {"title": post.thread.title},
        text=post.moderator_note,
        url=post.get_absolute_url(),
    )


def widening(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Widening.objects.select_related("community", "forum").filter(pk=ids["widening"])
    widening = found.filter(community__in=Community.objects.readable_by(viewer)).first()
    if widening is None:
        return None
    place = widening.forum.title if widening.forum else widening.community.name
    return Rendered(
        subject=_("May more people read what you wrote in “%(place)s”?") % {"place": place},
        text=widening.reason,
        url=reverse("forums:widening", args=[widening.community.slug, widening.pk]),
    )


def extended(ids: Ids, viewer: Viewer) -> Rendered | None:
    made = (
        Extension.objects.select_related("forum__community")
        .filter(pk=ids["extension"], forum__in=Forum.objects.visible_to(viewer))
        .first()
    )
    if made is None:
        return None
    forum = made.forum
    said = _("It was to close on %(was)s and closes on %(until)s.") % {
        "was": told(made.was, forum.zone, viewer.zone),
        "until": told(made.until, forum.zone, viewer.zone),
    }
    return Rendered(
        subject=_("“%(forum)s” stays open longer") % {"forum": forum.title},
        text=f"{said}\n\n{made.reason}",
        url=forum.get_absolute_url(),
    )


def suitcase(ids: Ids, viewer: Viewer) -> Rendered | None:
    """The mail that carries a forum; the text is made when it leaves."""
    forum = Forum.objects.visible_to(viewer).select_related("community").filter(pk=ids["forum"]).first()
    if forum is None:
        return None
    wish = Wish(forum, date.fromisoformat(ids["since"]) if ids["since"] else None)
    return Rendered(
        subject=_("“%(forum)s” in a suitcase") % {"forum": forum.title},
        text=_("The text that comes with this mail holds what you may read in the forum."),
        url=forum.get_absolute_url(),
        reply_to=address(forum, viewer),
        hint=_("Write each answer below the number of its thread, such as [#17]; one mail holds several."),
        enclosed=lambda: (f"forum-{forum.pk}.txt", pack(viewer, wish, exit="mail").text),
    )


def final_call(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Forum.objects.visible_to(viewer).select_related("community").filter(pk=ids["forum"])
    forum = found.exclude(closes_at=None).first()
    if forum is None or forum.closes_at is None:
        return None
    return Rendered(
        subject=_("Final call in “%(forum)s”") % {"forum": forum.title},
        text=_("It closes on %(time)s. What you want to say there has to be sent before.")
        % {"time": told(forum.closes_at, forum.zone, viewer.zone)},
        url=forum.get_absolute_url(),
    )
