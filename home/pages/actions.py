"""Deeds of those who write in blogs."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page
from wagtail.rich_text import RichText

from communities.forums import actions as forums
from communities.forums import policies as forum_policies
from communities.forums.models import Forum, Thread
from home.pages import policies
from home.pages.models import BlogEntryPage, BlogPage, Conversation
from network.experts.models import ExpertProfile
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import free_slug
from network.foundations.viewer import Viewer


@deed
def write_entry(*, viewer: Viewer, blog: BlogPage, title: str, introduction: str, html: str) -> BlogEntryPage:
    """Publish an entry (``html`` is clean), and begin its thread where the author may write in the forum.

    A form that was sent twice leads to the first entry.
    """
    # Those who write in one blog come one after another: its tree counts its entries.
    Page.objects.select_for_update().get(pk=blog.pk)
    if not policies.can_write(viewer, blog):
        raise PermissionDenied(_("You do not write in this blog."))
    author = ExpertProfile.objects.published().filter(user=viewer.user_id).first()
    if author is None:
        raise Refused(_("Publish your profile first: an entry carries a name that leads to a person."))
    last = BlogEntryPage.objects.child_of(blog).filter(author=author).order_by("-pk").first()
    if last and last.live and (last.title, own_words(last)) == (title, html):
        return last
    entry = BlogEntryPage(
        title=title,
        slug=free_slug(title, blog.get_children()),
        introduction=introduction,
        body=[("text", RichText(html))],
        author=author,
        owner=viewer.user,
        locale=blog.locale,
    )
    blog.refresh_from_db()
    blog.add_child(instance=entry)
    entry.save_revision(user=viewer.user).publish(user=viewer.user, skip_permission_checks=True)
    if blog.forum and forum_policies.can_start(viewer, blog.forum):
        # Where something has to be agreed to in the forum first, readers may begin the thread.
        with suppress(Refused):
            open_conversation(viewer=viewer, entry=entry, blog=blog)
    return entry


@deed
def change_entry(
    *, viewer: Viewer, entry: BlogEntryPage, title: str, introduction: str, html: str, version: int
) -> BlogEntryPage:
    """Publish other words of an entry. Raises ``StaleEdit`` where it was changed since ``version``."""
    Page.objects.select_for_update().get(pk=entry.pk)
    current = BlogEntryPage.objects.get(pk=entry.pk)
    if not policies.can_change(viewer, current, current.blog) or own_words(current) is None:
        raise PermissionDenied(_("This entry is changed by editors alone."))
    if current.latest_revision_id != version:
        raise StaleEdit(_("Somebody has changed this in the meantime."), current)
    current.title, current.introduction = title, introduction
    current.body = [("text", RichText(html))]
    current.save_revision(user=viewer.user).publish(user=viewer.user, skip_permission_checks=True)
    return current


@deed
def take_back(*, viewer: Viewer, entry: BlogEntryPage) -> None:
    """The entry is no longer shown. What others said about it stays in its thread."""
    if not policies.can_change(viewer, entry, entry.blog):
        raise PermissionDenied(_("You did not write this."))
    # Asked above: the rights of the CMS are those of editors.
    UnpublishPageAction(entry, user=viewer.user).execute(skip_permission_checks=True)


@deed
def open_conversation(*, viewer: Viewer, entry: BlogEntryPage, blog: BlogPage) -> Thread:
    """Begin the thread about an entry; whoever comes second is led to the first."""
    if blog.forum_id is None:
        raise PermissionDenied(_("Readers do not answer in this blog."))
    # Whoever begins threads in one forum waits for one another, so that an entry has one.
    forum = Forum.objects.select_for_update(of=("self",)).select_related("community").get(pk=blog.forum_id)
    begun = Conversation.objects.filter(entry=entry.translation_key).select_related("thread").first()
    if begun:
        return begun.thread
    opening = format_html('<p>{}</p><p><a href="{}">{}</a></p>', entry.introduction, entry.url, entry.title)
    thread = forums.start_thread(
        viewer=viewer,
        forum=forum,
        title=entry.title[:160],
        html=opening,
        language=entry.locale.language_code,
    )
    Conversation.objects.create(entry=entry.translation_key, thread=thread)
    return thread


def own_words(entry: BlogEntryPage) -> str | None:
    """The text of an entry that is nothing but text; None where an editor has built it of other blocks."""
    if not entry.body:
        return ""
    if len(entry.body) == 1 and entry.body[0].block_type == "text":
        return entry.body[0].value.source
    return None
