"""Passages as one viewer may read them now: the words are looked up in the post each time."""

from collections.abc import Iterable
from dataclasses import dataclass

from communities.forums.consultations.paragraphs import found_again
from communities.forums.models import Passage, Post
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Quoted:
    """``post`` is None where this viewer cannot read it (any more); ``html`` is empty where its author has
    changed the words. Tokens of knowledge stay tokens."""

    passage: Passage
    post: Post | None = None
    html: str = ""

    @property
    def is_gone(self) -> bool:
        return self.post is None

    @property
    def is_changed(self) -> bool:
        return self.post is not None and not self.html


def quoted(viewer: Viewer, passages: Iterable[Passage]) -> dict[int, Quoted]:
    """Passages by their id; one question for any number."""
    passages = list(passages)
    posts = Post.objects.visible_to(viewer).published().select_related("thread__forum__community")
    readable = posts.in_bulk({passage.post_id for passage in passages})
    return {passage.pk: _quoted(passage, readable.get(passage.post_id)) for passage in passages}


def _quoted(passage: Passage, post: Post | None) -> Quoted:
    if post is None:
        return Quoted(passage)
    block = found_again(post.html, passage.digest)
    return Quoted(passage, post, block.html if block else "")
