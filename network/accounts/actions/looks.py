"""Somebody sees what is hidden about people, or takes it out: written down, for them to read."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from network.accounts.models import Look
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer

#: Looks of one person at the same thing within this time are one.
SAME = timedelta(hours=1)
#: How long it is kept.
KEPT = timedelta(days=730)


@deed
def looked_at(*, people: Iterable[int], by: Viewer, what: str, purpose: str = "") -> int:
    """Write down that ``by`` saw ``what`` of these people (their keys); how many rows were written.

    ``what`` is a name in ``accounts.looking.kinds``. Where a purpose is told, each time counts. A few
    questions for any number of people; nobody's look at herself is written down.
    """
    wanted = {person for person in people if person != by.user_id}
    now = timezone.now()
    if not purpose and by.user_id:
        lately = Look.objects.filter(viewer=by.user_id, what=what, at__gt=now - SAME)
        wanted -= set(lately.values_list("person", flat=True))
    Look.objects.bulk_create(
        (
            Look(person_id=person, viewer_id=by.user_id, what=what, purpose=purpose[:300], at=now)
            for person in sorted(wanted)
        ),
        batch_size=500,
    )
    return len(wanted)


def forget_looks() -> int:
    """Delete those that are older than we promise to keep them; how many."""
    deleted, _by_model = Look.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return deleted
