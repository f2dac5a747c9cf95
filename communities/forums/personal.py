"""What forums hold about a person: her copy of what she wrote and read, and erasing it."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from communities.forums.models import Post, PostEdit, PostFile, ReadMark, Thread, Watch
from network.accounts.models import User
from network.foundations.richtext import to_text
from network.outbox.actions import announce


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
    """What she followed and read goes. What she wrote stays, or gives way to a sentence in its place: the
    others' answers keep their numbers, and every count stays true."""
    Watch.objects.filter(user=person).delete()
    ReadMark.objects.filter(user=person).delete()
    if keep_contributions:
        return
    PostEdit.objects.filter(post__author=person).delete()
    for file in PostFile.objects.filter(post__author=person):
        file.file.delete(save=False)
        file.delete()
    for post in Post.objects.filter(author=person).select_related("thread").iterator(chunk_size=500):
        _blank(post)


def _blank(post: Post) -> None:
    with translation.override(post.thread.language):
        words = _("Erased by its author.")
    post.html, post.excerpt, post.folded = f"<p>{words}</p>", words, ""
    post.version += 1
    post.save(update_fields=["html", "excerpt", "folded", "version"])
    if post.thread.author_id == post.author_id and post.number in (None, 1):
        Thread.objects.filter(pk=post.thread_id).update(title=words, slug="erased")
    announce(f"thread:{post.thread_id}", "edited", post=post.pk)
