"""Telling people, reading, choosing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from network.foundations.ids import public_id
from network.foundations.viewer import Viewer
from network.notifications import policies, preferences
from network.notifications.enums import Channel, MailState
from network.notifications.kinds import kinds
from network.notifications.models import Notification, OutgoingMail, Preference
from network.outbox.actions import announce, announce_each

#: The kinds of entry in ``inbox:<user>``.
ARRIVED = "notifications.arrived"
READ = "notifications.read"


def inbox(user_id: int) -> str:
    """The stream of one person's inbox."""
    return f"inbox:{user_id}"


def notify(
    *, kind: str, recipients: Iterable[int], actor: int | None = None, group: str = "", ids: Mapping[str, Any]
) -> list[Notification]:
    """Tell ``recipients`` (ids of people) that something of ``kind`` happened; in the caller's transaction.

    The actor is never told of her own deed, nobody is told twice, and who has chosen not to be told is not.
    ``group`` holds together what is one line in an inbox; without it the notification stands alone.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("notify() belongs inside a transaction.")
    rules = kinds.get(kind)
    if rules is None:
        raise ValueError(f"No room has registered the notification kind {kind!r}.")
    wanted = set(recipients) - {actor}
    people = list(
        get_user_model()
        .objects.filter(pk__in=wanted, is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    chosen = preferences.chosen(kind, people)
    rows = [
        Notification(
            recipient_id=person,
            actor_id=actor,
            kind=kind,
            group=group or f"{kind}:{public_id()}",
            ids=dict(ids),
            in_inbox=preferences.wants(chosen, rules, person, Channel.INBOX),
            by_mail=preferences.wants(chosen, rules, person, Channel.MAIL),
        )
        for person in people
    ]
    told = Notification.objects.bulk_create(row for row in rows if row.in_inbox or row.by_mail)
    announce_each(ARRIVED, {inbox(row.recipient_id): {"notification": row.pk} for row in told})
    return told


@transaction.atomic
def read(*, viewer: Viewer, groups: Iterable[str] | None = None, until: int | None = None) -> int:
    """Mark one's own notifications as read: of these groups or all, up to the one with the id ``until``.

    Returns how many were unread. What arrives while a page is being read stays unread.
    """
    unread = Notification.objects.visible_to(viewer).unread()
    if groups is not None:
        unread = unread.filter(group__in=list(groups))
    if until is not None:
        unread = unread.filter(pk__lte=until)
    changed = unread.update(read_at=timezone.now())
    if changed:
        announce(inbox(viewer.user_id), READ)
    return changed


@transaction.atomic
def choose(*, person_id: int, choices: Mapping[tuple[str, str], str]) -> None:
    """Keep what a person chose: ``(kind, channel)`` to timing. Who has gone is told nothing in any case."""
    if not get_user_model().objects.select_for_update().filter(pk=person_id).exists():
        return
    Preference.objects.bulk_create(
        [
            Preference(person_id=person_id, kind=kind, channel=channel, timing=timing)
            for (kind, channel), timing in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["timing"],
    )


@transaction.atomic
def try_again(*, viewer: Viewer) -> int:
    """Put all undelivered mails back into the queue; returns how many."""
    if not policies.can_see_undelivered(viewer):
        raise PermissionDenied
    return OutgoingMail.objects.undelivered().update(
        state=MailState.QUEUED, attempts=0, next_try_at=timezone.now(), error=""
    )
