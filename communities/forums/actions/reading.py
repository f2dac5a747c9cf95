"""What a reader does for herself: watching threads, remembering how far she read."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from communities.actions.common import demand
from communities.forums import policies
from communities.forums.models import ReadMark, Thread, Watch
from network.foundations.viewer import Viewer


@transaction.atomic
def watch(*, viewer: Viewer, thread: Thread) -> None:
    """Have each reply told from now on; a thread that waits for a moderator may be watched by its author."""
    demand(policies.can_watch(viewer, thread))
    Watch.objects.bulk_create([Watch(thread=thread, user=viewer.user)], ignore_conflicts=True)


@transaction.atomic
def unwatch(*, viewer: Viewer, thread: Thread) -> None:
    Watch.objects.filter(thread=thread, user=viewer.user_id).delete()


def mark_read(*, viewer: Viewer, thread: Thread, number: int) -> None:
    """Remember that everything up to ``number`` was read; a mark never goes back."""
    if not viewer.is_member:
        return
    now = timezone.now()
    marks = ReadMark.objects.filter(thread=thread, user=viewer.user_id)
    if not marks.update(last_number=Greatest(F("last_number"), number), read_at=now):
        mark = ReadMark(thread=thread, user=viewer.user, last_number=number, read_at=now)
        ReadMark.objects.bulk_create([mark], ignore_conflicts=True)
