"""What forums hold about a person: her copy of what she wrote and read, and erasing it."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from communities.forums.actions.counting import locked, uncount
from communities.forums.enums import PostState
from communities.forums.models import Post, PostEdit, PostFile, ReadMark, Thread, Watch
from network.accounts.models import User
from network.foundations.richtext import to_text
from network.outbox.actions import announce
from network.search import actions as search


def export(person: User) -> dict[str, Any]:
    """Every post with its earlier texts, the threads that she watches and how far she read."""
    posts = Post.objects.filter(author=person).select_related("thread").prefetch_related("edits", "files")
    return {
        _("Posts"): [_post(post) for post in posts.order_by("id")],
        _("Watched threads"): [
            {_("Thread"): watch.thread.title, _("Since"): watch.since}
            for watch in Watch.objects.filter(user=person).select_related("thread")
        ],
        _("Threads read"): [
            {_("Thread"): mark.thread.title, _("Up to post"): mark.last_number, _("Read"): mark.read_at}
            for mark in ReadMark.objects.filter(user=person).select_related("thread")
        ],
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        _("Thread"): post.thread.title,
        _("Written"): post.written_at,
        _("State"): post.get_state_display(),
        _("Text"): to_text(post.html),
        _("Earlier texts"): [to_text(edit.html) for edit in post.edits.all()],
        _("Files"): [file.name for file in post.files.all()],
    }


def erase(person: User, keep_contributions: bool) -> None:
    """How she read goes in any case; her words, if she wants it. Their places stay: others point to them."""
    Watch.objects.filter(user=person).delete()
    ReadMark.objects.filter(user=person).delete()
    if not keep_contributions:
        Post.objects.filter(author=person, number=None).delete()
        for thread in Thread.objects.filter(posts__author=person).distinct():
            _erase_words(person, thread)


def _erase_words(person: User, thread: Thread) -> None:
    thread = locked(thread)
    if thread.author_id == person.pk:
        with translation.override(thread.language):
            thread.title = _("Erased by its author.")
        thread.slug = "erased"
        thread.save(update_fields=["title", "slug"])
        search.remove("threads", thread.pk)
    for post in thread.posts.filter(author=person):
        was_counted = post.state == PostState.PUBLISHED
        post.html = post.folded = post.excerpt = ""
        post.state = PostState.ERASED
        post.save(update_fields=["html", "folded", "excerpt", "state"])
        if was_counted:
            uncount(post, thread)
        PostEdit.objects.filter(post=post).delete()
        for file in PostFile.objects.filter(post=post):
            file.file.delete(save=False)
            file.delete()
        search.remove("posts", post.pk)
        announce(f"thread:{thread.pk}", "edited", post=post.pk)
