"""How much people want to be told of a thread: of thread, tags, forum and community the nearest setting wins;
of several tags the one of which somebody wants to hear most."""

from dataclasses import dataclass

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.enums import Involvement
from communities.forums.models import Forum, Post, Tag, Thread, Watch
from communities.models import Community, Membership
from network.foundations.viewer import Viewer


def levels(thread: Thread) -> dict[int, str]:
    """The level of everybody who has set one that reaches ``thread``, in four questions for any number.

    Whoever is not named tracks it. Members who track a community are left out: they are the many.
    """
    members = Membership.objects.active().filter(community=thread.forum.community_id)
    found = dict(members.exclude(involvement=Involvement.MENTIONS).values_list("user_id", "involvement"))
    found.update(Watch.objects.filter(forum=thread.forum_id).values_list("user_id", "level"))
    if thread.tag_line:
        found.update(_of_tags(thread))
    found.update(Watch.objects.filter(thread=thread.pk).values_list("user_id", "level"))
    return found


def _of_tags(thread: Thread) -> dict[int, str]:
    """A tag stands on threads for different readers: who may not read this one is told nothing of it."""
    rows = Watch.objects.filter(tag__threads=thread.pk).order_by(*LOUDEST_LAST)
    if not (thread.is_wide and thread.forum.community.is_public):
        members = Membership.objects.active().filter(community=thread.forum.community_id)
        rows = rows.filter(user__in=members.values("user"))
    return dict(rows.values_list("user_id", "level"))


def listeners(post: Post) -> set[int]:
    """Ids of those who are told of ``post``: who watches, and who began the thread unless she muted it."""
    set_by = levels(post.thread)
    told = {user for user, level in set_by.items() if level == Involvement.EVERYTHING}
    author = post.thread.author_id
    if author is not None and set_by.get(author, Involvement.MENTIONS) != Involvement.NOTHING:
        told.add(author)
    return told


def with_level(viewer: Viewer, threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Add her own setting of the thread (``own_level``, None without one) and what holds without it
    (``outer_level``)."""
    mine = {"user": viewer.user_id}
    of_thread = Watch.objects.filter(thread=OuterRef("pk"), **mine)
    return threads.annotate(
        own_level=Subquery(of_thread.values("level")[:1]),
        outer_level=_outer(viewer, "forum", "forum__community"),
    )


def with_forum_level(viewer: Viewer, forums: QuerySet[Forum]) -> QuerySet[Forum]:
    """The same for forums."""
    of_forum = Watch.objects.filter(forum=OuterRef("pk"), user=viewer.user_id)
    return forums.annotate(
        own_level=Subquery(of_forum.values("level")[:1]), outer_level=_community(viewer, "community")
    )


def with_tag_level(viewer: Viewer, tags: QuerySet[Tag]) -> QuerySet[Tag]:
    """The same for tags."""
    of_tag = Watch.objects.filter(tag=OuterRef("pk"), user=viewer.user_id)
    return tags.annotate(
        own_level=Subquery(of_tag.values("level")[:1]), outer_level=_community(viewer, "community")
    )


#: The words for levels are in the order of the alphabet; see ``Involvement``.
LOUDEST_FIRST, LOUDEST_LAST = ["level"], ["-level"]


def _outer(viewer: Viewer, forum: str, community: str) -> Coalesce:
    hers = Watch.objects.filter(user=viewer.user_id)
    of_tags = hers.filter(tag__threads=OuterRef("pk")).order_by(*LOUDEST_FIRST)
    of_forum = hers.filter(forum=OuterRef(forum))
    return Coalesce(
        Subquery(of_tags.values("level")[:1]),
        Subquery(of_forum.values("level")[:1]),
        _community(viewer, community),
    )


def _community(viewer: Viewer, path: str) -> Coalesce:
    mine = Membership.objects.current().filter(community=OuterRef(path), user=viewer.user_id)
    plain = Value(Involvement.MENTIONS.value, output_field=CharField())
    return Coalesce(Subquery(mine.values("involvement")[:1]), plain)


@dataclass(frozen=True)
class Option:
    """One of the levels that somebody may choose; an empty value is the setting further out."""

    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """What the small component shows: the level that holds, whether it comes from further out, the others."""

    url: str
    own: str
    outer: str
    outer_label: str | Promise = ""

    @property
    def level(self) -> Involvement:
        return Involvement(self.own or self.outer)

    @property
    def options(self) -> list[Option]:
        offered = [Option(level.value, level.label, level.value == self.own) for level in Involvement]
        if self.outer_label:
            offered.append(Option("", self.outer_label, not self.own))
        return offered


def thread_choice(thread: Thread, url: str) -> Choice:
    """For a thread found ``with_level``."""
    further_out = _("As its tags or the forum") if thread.tag_line else _("As the forum")
    return Choice(url, thread.own_level or "", thread.outer_level, further_out)


def forum_choice(forum: Forum, url: str) -> Choice:
    """For a forum found ``with_forum_level``."""
    return Choice(url, forum.own_level or "", forum.outer_level, _("As the community"))


def tag_choice(tag: Tag, url: str) -> Choice:
    """For a tag found ``with_tag_level``; without a setting it is as the forums that its threads stand in."""
    return Choice(url, tag.own_level or "", tag.outer_level, _("As the forum of each thread"))


def with_community_level(viewer: Viewer, forums: QuerySet[Forum]) -> QuerySet[Forum]:
    """Add what she has set for the community of each (``outer_level``)."""
    if not viewer.is_member:
        return forums
    return forums.annotate(outer_level=_community(viewer, "community"))


def community_choice(community: Community, level: str) -> Choice:
    """For a community that she belongs to."""
    return Choice(reverse("forums:watch_community", args=[community.slug]), level, level)
