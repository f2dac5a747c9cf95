"""Authors delete their own posts, and take that back."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums import policies
from communities.forums.actions.answering import forget_answer
from communities.forums.actions.counting import locked_post, recount, tell, uncount
from communities.forums.enums import PostState
from communities.forums.models import Post, PostEdit, PostFile
from network.consent.actions.copying import let_go
from network.consent.tokens import find
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer

#: What a sweep takes at a time.
_AT_ONCE = 200


@deed
def delete(*, viewer: Viewer, post: Post) -> Post:
    """Her own post goes out of sight: its place stays, so that answers keep their numbers. She and the
    moderators read the words until the time for taking that back is over."""
    current = locked_post(post)
    demand(
        policies.can_delete(viewer, current),
        _("Authors delete their own posts, as long as the thread is open."),
    )
    current.state, current.deleted_at = PostState.DELETED, timezone.now()
    current.save(update_fields=["state", "deleted_at"])
    uncount(current, current.thread)
    forget_answer(viewer, current.thread, current)
    tell(current.thread, "hidden", post=current.pk)
    return current


@deed
def undelete(*, viewer: Viewer, post: Post) -> Post:
    """It stands where it stood."""
    current = locked_post(post)
    demand(policies.can_undelete(viewer, current), _("This post cannot be brought back any more."))
    current.state, current.deleted_at = PostState.PUBLISHED, None
    current.save(update_fields=["state", "deleted_at"])
    recount(current, current.thread)
    tell(current.thread, "shown", post=current.pk)
    return current


def sweep_deleted() -> int:
    """The words of posts that were deleted long enough ago go, with their history and files."""
    over = timezone.now() - timedelta(days=policies.UNDELETE_DAYS)
    due = Post.objects.filter(state=PostState.DELETED, deleted_at__lt=over).exclude(html="")
    swept = list(due.order_by("pk")[:_AT_ONCE])
    for post in swept:
        _forget(post)
    return len(swept)


@deed
def _forget(post: Post) -> None:
    current = locked_post(post)
    if current.state != PostState.DELETED:
        return
    for token in find(current.html):
        let_go(token)
    PostEdit.objects.filter(post=current).delete()
    files = [(file.file.storage, file.file.name) for file in current.files.exclude(file="")]
    PostFile.objects.filter(post=current).delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))
    current.html = current.excerpt = current.folded = ""
    current.version += 1
    current.save(update_fields=["html", "excerpt", "folded", "version"])
