"""What a reader does for herself: saying what she wants to be told, remembering how far she read."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from communities.actions.common import demand
from communities.enums import Involvement
from communities.forums import policies
from communities.forums.models import Forum, ReadMark, Tag, Thread, Watch
from communities.models import Community
from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer, viewer_for


@deed
def watch(*, viewer: Viewer, thread: Thread) -> None:
    """Have each reply told from now on, unless she has said something else of this thread already; a thread
    that waits for a moderator may be watched by its author."""
    demand(policies.can_watch(viewer, thread))
    Watch.objects.bulk_create([Watch(thread=thread, user=viewer.user)], ignore_conflicts=True)


@deed
def set_level(*, viewer: Viewer, of: Forum | Thread | Tag, level: str) -> None:
    """How much she wants to be told of it; without a level what is set further out holds."""
    demand(policies.can_watch(viewer, of))
    here = {type(of).__name__.lower(): of}
    if not level:
        Watch.objects.filter(user=viewer.user_id, **here).delete()
        return
    Watch.objects.bulk_create(
        [Watch(user=viewer.user, level=Involvement(level), **here)],
        update_conflicts=True,
        unique_fields=[*here, "user"],
        update_fields=["level"],
    )


def forget_levels(*, user: User, community: Community) -> None:
    """She has left: what she set for threads and forums there that she may not read any more goes."""
    viewer = viewer_for(user)
    hers = Watch.objects.filter(user=user)
    threads, forums = Thread.objects.visible_to(viewer), Forum.objects.visible_to(viewer)
    hers.filter(thread__forum__community=community).exclude(thread__in=threads).delete()
    hers.filter(forum__community=community).exclude(forum__in=forums).delete()
    if not Community.objects.readable_by(viewer).filter(pk=community.pk).exists():
        hers.filter(tag__community=community).delete()


def mark_read(*, viewer: Viewer, thread: Thread, number: int, is_first: bool = False) -> None:
    """Remember that everything up to ``number`` was read; a mark never goes back.

    ``is_first``: she has no mark here yet. One question.
    """
    if not viewer.is_member:
        return
    now = timezone.now()
    if is_first:
        mark = ReadMark(thread=thread, user=viewer.user, last_number=number, read_at=now)
        ReadMark.objects.bulk_create([mark], ignore_conflicts=True)
    else:
        marks = ReadMark.objects.filter(thread=thread, user=viewer.user_id)
        marks.update(last_number=Greatest(F("last_number"), number), read_at=now)


@deed
def mark_all_read(*, viewer: Viewer, threads: Iterable[Thread]) -> int:
    """Each of ``threads`` as far as it goes in the rows given; returns how many. A mark never goes back."""
    ends = {thread.pk: thread.last_number for thread in threads}
    now = timezone.now()
    marks = list(ReadMark.objects.select_for_update().filter(user=viewer.user_id, thread__in=ends))
    for mark in marks:
        mark.last_number, mark.read_at = max(mark.last_number, ends[mark.thread_id]), now
    ReadMark.objects.bulk_update(marks, ["last_number", "read_at"], batch_size=500)
    known = {mark.thread_id for mark in marks}
    new = [
        ReadMark(user=viewer.user, thread_id=pk, last_number=number, read_at=now)
        for pk, number in ends.items()
        if pk not in known
    ]
    ReadMark.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(ends)
