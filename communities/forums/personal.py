"""What this room holds about a person: what she wrote, what she follows, how far she has read."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from communities.forums.models import Post, PostEdit, ReadMark, Thread, Watch
from network.foundations import richtext
from network.outbox.actions import announce


def export(user: Any) -> dict:
    posts = Post.objects.filter(author=user).select_related("thread__forum__community").order_by("pk")
    return {
        _("What you wrote"): [
            {
                _("Community"): post.thread.forum.community.name,
                _("Thread"): post.thread.title,
                _("Written"): post.written_at,
                _("Text"): richtext.to_text(post.html),
            }
            for post in posts.iterator(chunk_size=500)
        ],
        _("Threads you follow"): list(
            Watch.objects.filter(user=user).values_list("thread__title", flat=True).order_by("thread_id")
        ),
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """What she followed and read goes. What she wrote stays, or gives way to a sentence in its place:
    the others' answers keep their numbers, and every count stays true."""
    Watch.objects.filter(user=user).delete()
    ReadMark.objects.filter(user=user).delete()
    if keep_contributions:
        return
    PostEdit.objects.filter(post__author=user).delete()
    for post in Post.objects.filter(author=user).select_related("thread").iterator(chunk_size=500):
        _blank(post)


def _blank(post: Post) -> None:
    with translation.override(post.thread.language or None):
        words = _("Erased by its author.")
    post.html, post.excerpt, post.folded = f"<p>{words}</p>", words, ""
    post.version += 1
    post.save(update_fields=["html", "excerpt", "folded", "version"])
    if post.number == 1:
        Thread.objects.filter(pk=post.thread_id).update(title=words, slug="erased")
    announce(f"thread:{post.thread_id}", "edited", post=post.pk)
