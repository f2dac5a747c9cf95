"""What people are told of forums: replies, new threads, and what moderators did to their posts."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.enums import Involvement
from communities.forums.actions.unnamed import writer_of
from communities.forums.actions.widening import authors_of
from communities.forums.capacities import label as line_label
from communities.forums.enums import PostState
from communities.forums.letterbox import reply_address, start_address
from communities.forums.levels import levels, listeners
from communities.forums.models import (
    Bookmark,
    Correction,
    Extension,
    Forum,
    Hiding,
    Hold,
    Mention,
    Post,
    Summary,
    Thread,
    Widening,
)
from communities.forums.policies import can_consult
from communities.forums.reading import SPOKEN
from communities.forums.suitcase import Wish, address, pack
from communities.forums.windows import told
from communities.models import Community, Membership
from communities.notices import carers
from network.accounts.models import User
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.actions import notify
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, MailThread, Rendered, kinds
from network.notifications.models import PlaceChoice
from network.outbox.models import Entry

#: So long an author may mend a slip, or a moderator hide a post, before it stands in anybody's mailbox.
EMBARGO = timedelta(seconds=60)


def register() -> None:
    for name, label, family, counted, render in (
        ("mention", gettext_lazy("Somebody names me in a post"), Family.MENTION, _mentions, _render_mentions),
        ("reply", gettext_lazy("Replies in threads that I began"), Family.REPLY, _replies, _render_new),
        ("watched", gettext_lazy("Posts where I watch"), Family.WATCHED, _replies, _render_new),
        ("thread", gettext_lazy("New threads where I watch"), Family.NEWS, _threads, _render_new),
    ):
        rules = {"family": family, "counted": counted, "listed": True, "embargo": EMBARGO}
        kinds.register(f"forums.{name}", Kind(label, render_many=render, **rules))
    kinds.register(
        "forums.post",
        Kind(
            gettext_lazy("Every post, of communities that I chose so"),
            render_many=_render_new,
            family=Family.WATCHED,
            mail=Timing.AT_ONCE,
            in_inbox=False,
            counted=_replies,
            listed=True,
            embargo=EMBARGO,
        ),
    )
    for name, label, family, words in (
        ("reminder", gettext_lazy("Posts that I wanted to be reminded of"), Family.EVENT, _render_reminder),
        ("extended", gettext_lazy("A forum stays open longer"), Family.EVENT, _render_extended),
        ("final_call", gettext_lazy("A forum closes soon"), Family.EVENT, _render_final_call),
        ("approved", gettext_lazy("A post of mine went out"), Family.MODERATION, _render_approved),
        ("hidden", gettext_lazy("A post of mine was hidden"), Family.MODERATION, _render_hidden),
        ("turned_down", gettext_lazy("A post of mine was turned down"), Family.MODERATION, _render_down),
        ("returned", gettext_lazy("A post of mine was returned to me"), Family.MODERATION, _render_returned),
        ("amended", gettext_lazy("A moderator edited a post of mine"), Family.MODERATION, _render_amended),
        (
            "widening",
            gettext_lazy("Whether more people may read what I wrote"),
            Family.MODERATION,
            _render_widening,
        ),
        ("draft_summary", gettext_lazy("The draft of a summary quotes me"), Family.EVENT, _render_draft),
        ("proceedings", gettext_lazy("Proceedings that quote me are out"), Family.EVENT, _render_proceedings),
        (
            "correction",
            gettext_lazy("Corrections of summaries that wait for me"),
            Family.MODERATION,
            _render_correction,
        ),
        (
            "correction_answered",
            gettext_lazy("Answers to my corrections"),
            Family.EVENT,
            _render_correction_answer,
        ),
    ):
        kinds.register(f"forums.{name}", Kind(label, words, family=family))

    kinds.register(
        "forums.suitcase",
        Kind(
            gettext_lazy("Forums that I sent to myself"),
            _render_suitcase,
            mail=Timing.AT_ONCE,
            urgent=True,
            in_inbox=False,
        ),
    )


def _mentions(number: int) -> str:
    return ngettext("%(n)d mention", "%(n)d mentions", number) % {"n": number}


def _replies(number: int) -> str:
    return ngettext("%(n)d reply", "%(n)d replies", number) % {"n": number}


def _threads(number: int) -> str:
    return ngettext("%(n)d new thread", "%(n)d new threads", number) % {"n": number}


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


def _render_new(many: Sequence[Ids], viewer: Viewer) -> list[Rendered | None]:
    """For a page of the inbox at once: it holds many of these."""
    posts = _posts(many, viewer)
    return [_new(posts[ids["post"]], viewer) if ids["post"] in posts else None for ids in many]


def _render_mentions(many: Sequence[Ids], viewer: Viewer) -> list[Rendered | None]:
    posts = _posts(many, viewer)
    says = _("%(author)s mentioned you")
    return [_new(posts[ids["post"]], viewer, says) if ids["post"] in posts else None for ids in many]


def _posts(many: Sequence[Ids], viewer: Viewer) -> dict[int, Post]:
    return (
        Post.objects.visible_to(viewer)
        .filter(state=PostState.PUBLISHED)
        .select_related("thread__forum__community", "author", *SPOKEN)
        .in_bulk([ids["post"] for ids in many])
    )


def _new(post: Post, viewer: Viewer, says: str = "") -> Rendered:
    forum = post.thread.forum
    says = says or (_("%(author)s started a thread") if post.number == 1 else _("%(author)s replied"))
    said = says % {"author": _speaker(post)}
    return Rendered(
        subject=post.thread.title,
        text=f"{said}: {post.excerpt}",
        html=format_html("<p><strong>{}</strong></p>", said) + post.html,
        url=post.get_absolute_url(),
        thread=mail_thread(post, viewer),
        reply_to="" if forum.is_one_way else reply_address(post.thread_id, viewer),
        reply_url=_reply_url(post.thread),
        hint=_hint(viewer, forum),
    )


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


def _render_approved(ids: Ids, viewer: Viewer) -> Rendered | None:
    post = _visible(ids, viewer, PostState.PUBLISHED)
    if post is None:
        return None
    return Rendered(
        subject=_("Your post in “%(title)s” is out") % {"title": post.thread.title},
        text=post.excerpt,
        url=post.get_absolute_url(),
    )


def _render_reminder(ids: Ids, viewer: Viewer) -> Rendered | None:
    kept = Bookmark.objects.filter(pk=ids["bookmark"], user=viewer.user_id).first()
    post = kept and _visible({"post": kept.post_id}, viewer, PostState.PUBLISHED)
    if not kept or not post:
        return None
    return Rendered(
        subject=_("You wanted to be reminded of “%(title)s”") % {"title": post.thread.title},
        text=kept.note or post.excerpt,
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


def _render_returned(ids: Ids, viewer: Viewer) -> Rendered | None:
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


def _render_amended(ids: Ids, viewer: Viewer) -> Rendered | None:
    posts = Post.objects.visible_to(viewer).select_related("thread__forum__community")
    post = posts.filter(pk=ids["post"], author=viewer.user_id).exclude(moderator_note="").first()
    if post is None:
        return None
    return Rendered(
        subject=_("A moderator has edited your post in “%(title)s”") % {"title": post.thread.title},
        text=post.moderator_note,
        url=post.get_absolute_url(),
    )


def _render_widening(ids: Ids, viewer: Viewer) -> Rendered | None:
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


def _render_extended(ids: Ids, viewer: Viewer) -> Rendered | None:
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


def _render_suitcase(ids: Ids, viewer: Viewer) -> Rendered | None:
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


def _render_final_call(ids: Ids, viewer: Viewer) -> Rendered | None:
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


# --- consultations ------------------------------------------------------------------------------------


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


def _summary(pk: int, viewer: Viewer) -> Summary | None:
    found = Summary.objects.filter(pk=pk, forum__in=Forum.objects.visible_to(viewer))
    return found.select_related("forum__community").first()


def _page(name: str, forum: Forum, *more: int) -> str:
    return reverse(f"forums:{name}", args=[forum.community.slug, forum.slug, *more])


def _render_draft(ids: Ids, viewer: Viewer) -> Rendered | None:
    summary = _summary(ids["summary"], viewer)
    if summary is None or summary.corrections_until is None:
        return None
    forum = summary.forum
    until = told(summary.corrections_until, forum.zone, viewer.zone)
    return Rendered(
        subject=_("The draft of the summary of “%(forum)s” quotes you") % {"forum": forum.title},
        text=_("See what it says of your words. Corrections are taken until %(time)s.") % {"time": until},
        url=_page("draft", forum),
    )


def _render_proceedings(ids: Ids, viewer: Viewer) -> Rendered | None:
    summary = _summary(ids["summary"], viewer)
    if summary is None or not summary.is_published:
        return None
    return Rendered(
        subject=_("The proceedings of “%(forum)s” are out") % {"forum": summary.forum.title},
        text=_("The summary names what you wrote among its sources."),
        url=_page("proceedings", summary.forum),
    )


def _render_correction(ids: Ids, viewer: Viewer) -> Rendered | None:
    made = Correction.objects.select_related("summary__forum__community").filter(pk=ids["correction"]).first()
    if made is None or not can_consult(viewer, made.summary.forum):
        return None
    return Rendered(
        subject=_("A correction of the summary of “%(forum)s”") % {"forum": made.summary.forum.title},
        text=f"{made.proposed}\n\n{made.reason}",
        url=_page("correction", made.summary.forum, made.pk),
    )


def _render_correction_answer(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Correction.objects.filter(pk=ids["correction"], user=viewer.user_id)
    made = found.filter(summary__forum__in=Forum.objects.visible_to(viewer)).exclude(answered_at=None)
    row = made.select_related("summary__forum__community").first()
    if row is None:
        return None
    said = _("Your correction was accepted.") if row.is_accepted else _("Your correction was declined.")
    return Rendered(
        subject=_("Your correction of the summary of “%(forum)s”") % {"forum": row.summary.forum.title},
        text=f"{said}\n\n{row.answer}",
        url=_page("draft", row.summary.forum),
    )
