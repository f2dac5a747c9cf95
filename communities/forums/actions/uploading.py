"""Files that people put into their posts: chosen while they write, sent with the post, taken out again."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums import attachments, knowledge, policies
from communities.forums.actions.counting import locked_post, tell
from communities.forums.models import Forum, Post, PostFile, Thread, Upload
from network.foundations import ratelimit
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

#: Files of one post.
MOST = 10
#: What was chosen and never sent is kept so long.
KEPT_FOR = timedelta(days=7)

Place = Thread | Forum


def demand_may_choose(*, viewer: Viewer, place: Place) -> None:
    """Whoever writes there puts files into what she writes."""
    may = (
        policies.can_write_in(viewer, place)
        if isinstance(place, Thread)
        else policies.may_start(viewer, place)
    )
    demand(may, _("Members of the community write here."))


def keep_upload(*, viewer: Viewer, place: Place, file: UploadedFile) -> Upload:
    """Keep a file for what she is writing at ``place``: made harmless, and refused where it repeats sealed
    knowledge. Raises ``Refused`` with what to do."""
    demand_may_choose(viewer=viewer, place=place)
    ratelimit.limit("forum_upload", f"user:{viewer.user_id}", times=60, seconds=3600)
    try:
        clean = attachments.demanded(file)
    except ValidationError as refused:
        raise Refused(" ".join(refused.messages), "files") from None
    words = attachments.words_in(clean)
    if words is None:
        raise Refused(_("This text is too long for a file. Send it as a document."), "files")
    knowledge.refuse_copies(viewer, f"{clean.name}\n{words}", "files")
    return _keep(viewer, place, clean)


@deed
def _keep(viewer: Viewer, place: Place, clean: attachments.CleanFile) -> Upload:
    if uploads_of(viewer, place).count() >= MOST:
        raise Refused(_("A post takes ten files at most."), "files")
    upload = Upload(user=viewer.user, **_at(place), name=(clean.name or "")[:200], size=clean.size)
    upload.file.save(upload.name, clean, save=False)
    try:
        upload.save()
    except BaseException:
        upload.file.delete(save=False)
        raise
    return upload


def uploads_of(viewer: Viewer, place: Place) -> QuerySet[Upload]:
    """What she has chosen for her next post there."""
    return Upload.objects.filter(user=viewer.user_id, **_at(place))


def has_uploads(viewer: Viewer) -> Exists:
    """Whether she has chosen any for a reply to the thread of the question."""
    return Exists(Upload.objects.filter(user=viewer.user_id, thread=OuterRef("pk")))


def _at(place: Place) -> dict[str, Any]:
    return {"thread": place} if isinstance(place, Thread) else {"forum": place}


def demand_files(keys: Collection[str] | None, *, is_sealed: bool, is_masked: bool) -> None:
    """A file would stay open beside what is sealed, and may say who made it."""
    if keys and is_sealed:
        raise Refused(
            _("What is sealed takes no open files along. Send them in another post, or leave them out."),
            "files",
        )
    if keys and is_masked:
        raise Refused(_("A file may show who made it. Send it under your name, or leave it out."), "files")


def attach(viewer: Viewer, place: Place, post: Post, keys: Collection[str] | None) -> None:
    """Put the files with these keys into ``post``; others that she had chosen there go. None: none were
    offered, and those that wait stay."""
    if keys is None:
        return
    chosen = {row.key: row for row in uploads_of(viewer, place).select_for_update()}
    if set(keys) - set(chosen):
        raise Refused(_("One of the files is not here any more. Choose it again."), "files")
    wanted = [row for key, row in chosen.items() if key in set(keys)]
    PostFile.objects.bulk_create(
        PostFile(post=post, name=row.name, size=row.size, file=row.file.name) for row in wanted
    )
    Upload.objects.filter(pk__in=[row.pk for row in chosen.values()]).delete()
    _let_go([row for row in chosen.values() if row not in wanted])


def _let_go(uploads: Collection[Upload]) -> None:
    """Their contents go once nothing leads to them any more."""
    names = [row.file.name for row in uploads]
    storage = Upload._meta.get_field("file").storage
    for name in names:
        transaction.on_commit(partial(storage.delete, name))


def carry_uploads(source: Thread, target: Thread) -> None:
    """What was chosen for ``source`` goes on where that was merged."""
    Upload.objects.filter(thread=source).update(thread=target)


@deed
def sweep_uploads() -> int:
    """What was chosen and never sent."""
    return _forget(Upload.objects.filter(at__lt=timezone.now() - KEPT_FOR))


def forget_uploads(person_id: int) -> int:
    """Somebody is erased."""
    return _forget(Upload.objects.filter(user=person_id))


def _forget(uploads: QuerySet[Upload]) -> int:
    rows = list(uploads)
    _let_go(rows)
    Upload.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


@deed
def remove_file(*, viewer: Viewer, file: PostFile) -> Post:
    """Its author takes a file out of her post; moderators, who hide whole posts, do not."""
    current = locked_post(file.post)
    demand(
        policies.can_edit(viewer, current), _("Authors take their own files out, as long as they may edit.")
    )
    found = PostFile.objects.filter(pk=file.pk, post=current).exclude(file="").first()
    if found is not None:
        name, storage = found.file.name, found.file.storage
        found.delete()
        transaction.on_commit(lambda: storage.delete(name))
        tell(current.thread, "edited", post=current.pk)
    return current
