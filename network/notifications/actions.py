"""Telling people, reading, choosing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.foundations.exceptions import StaleEdit
from network.foundations.ids import public_id
from network.foundations.viewer import Viewer
from network.notifications import places, policies, preferences, scheduling, special
from network.notifications.batches import batches
from network.notifications.enums import Channel, MailForm, MailState, Timing
from network.notifications.kinds import Kind, kinds
from network.notifications.models import Habit, Notification, OutgoingMail, PlaceChoice, Preference
from network.notifications.preferences import Habits, Wishes
from network.notifications.special import How
from network.outbox.actions import announce, announce_each

#: The kinds of entry in ``inbox:<user>``.
ARRIVED = "notifications.arrived"
READ = "notifications.read"
#: People who are told in one go: so much is in memory, however many there are.
AT_ONCE = 500
#: Stands for all digests where a kind is named.
DIGESTS = "digests"


def inbox(user_id: int) -> str:
    """The stream of one person's inbox."""
    return f"inbox:{user_id}"


# --- telling ------------------------------------------------------------------------------------------


def notify(
    *,
    kind: str,
    recipients: Iterable[int],
    actor: int | None = None,
    group: str = "",
    place: str = "",
    ids: Mapping[str, Any],
) -> set[int]:
    """Tell ``recipients`` (ids of people) that something of ``kind`` happened; in the caller's transaction.

    The actor is never told of her own deed, nobody is told twice, and who has chosen not to be told is not.
    ``group`` holds together what is one line in an inbox; without it the notification stands alone. ``place``
    is where it happened (``community:12``). Returns who was told.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("notify() belongs inside a transaction.")
    rules = kinds.get(kind)
    if rules is None:
        raise ValueError(f"No room has registered the notification kind {kind!r}.")
    told: set[int] = set()
    for some in batches(sorted(set(recipients) - {actor}), AT_ONCE):
        here = {"kind": kind, "actor_id": actor, "group": group, "place": place, "ids": dict(ids)}
        rows = Notification.objects.bulk_create(_notices(some, rules, here))
        announce_each(ARRIVED, {inbox(row.recipient_id): {"notification": row.pk} for row in rows})
        told |= {row.recipient_id for row in rows}
    return told


def _notices(some: Iterable[int], rules: Kind, here: Mapping[str, Any]) -> Iterator[Notification]:
    """A row for each of these people who wants to be told."""
    active = get_user_model().objects.filter(pk__in=some, is_active=True).order_by("pk")
    people = list(active.values_list("pk", flat=True))
    wishes = preferences.wishes_of(people, places=[here["group"], here["place"]])
    now = timezone.now()
    for person in people:
        row = Notification(recipient_id=person, created_at=now, **here)
        row.group = row.group or f"{row.kind}:{public_id()}"
        _fit(row, rules, wishes[person])
        if row.in_inbox or row.mail != Timing.NEVER:
            yield row


def _fit(row: Notification, rules: Kind, wishes: Wishes) -> None:
    """Write down where and when she wants to be told of this."""
    where = {"group": row.group, "place": row.place}
    row.in_inbox = wishes.timing(row.kind, rules, Channel.INBOX, **where) != Timing.NEVER
    row.mail = wishes.timing(row.kind, rules, Channel.MAIL, **where)
    leaves = scheduling.leaving(rules, row.mail, row.created_at, wishes.habits)
    row.digest_at = leaves.at if leaves and leaves.in_digest else None


# --- reading ------------------------------------------------------------------------------------------


@transaction.atomic
def read(
    *,
    viewer: Viewer,
    groups: Iterable[str] | None = None,
    until: int | None = None,
    only: Q | None = None,
) -> int:
    """Mark one's own notifications as read: of these groups or all, up to the one with the id ``until``,
    ``only`` what was looked at.

    Returns how many were unread. What arrives while a page is being read stays unread.
    """
    unread = Notification.objects.visible_to(viewer).unread().filter(only or Q())
    if groups is not None:
        unread = unread.filter(group__in=list(groups))
    if until is not None:
        unread = unread.filter(pk__lte=until)
    changed = unread.update(read_at=timezone.now())
    if changed:
        announce(inbox(viewer.user_id), READ)
    return changed


# --- choosing -----------------------------------------------------------------------------------------


@transaction.atomic
def choose(*, person_id: int, choices: Mapping[tuple[str, str], str]) -> None:
    """Keep what a person chose: ``(kind or family, channel)`` to timing; an empty one leaves it to what
    stands further out. Who has gone is told nothing in any case."""
    if not get_user_model().objects.select_for_update().filter(pk=person_id).exists():
        return
    for kind, channel in [place for place, timing in choices.items() if not timing]:
        Preference.objects.filter(person=person_id, kind=kind, channel=channel).delete()
    Preference.objects.bulk_create(
        [
            Preference(person_id=person_id, kind=kind, channel=channel, timing=timing)
            for (kind, channel), timing in choices.items()
            if timing
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["timing"],
    )
    fit_what_waits(person_id)


@transaction.atomic
def save_preferences(*, viewer: Viewer, choices: Mapping[tuple[str, str], str], habits: Habits) -> None:
    """Keep the whole page: choices and hours. Raises ``StaleEdit`` where another page was saved meanwhile."""
    person = get_user_model().objects.select_for_update().get(pk=viewer.user_id)
    kept, _made = Habit.objects.select_for_update().get_or_create(person=person)
    if kept.version != habits.version:
        sentence = _("You saved this page elsewhere in the meantime. Save again to keep what stands here.")
        raise StaleEdit(sentence, kept.version)
    kept.digest_hour, kept.digest_weekday = habits.digest_hour, habits.digest_weekday
    kept.quiet_from, kept.quiet_to = habits.quiet_from, habits.quiet_to
    kept.paused_until = habits.paused_until
    kept.language = habits.language
    kept.version += 1
    kept.save()
    choose(person_id=person.pk, choices=choices)


@transaction.atomic
def choose_place(*, viewer: Viewer, place: str, how: How, own_posts: bool = False) -> None:
    """Keep how she wants to hear of one place. What is muted is read as well."""
    if how not in special.offered(viewer, place):
        raise PermissionDenied(_("Members get every post of a community as a mail."))
    silent = how == How.MUTED
    entry, split = special.sort_of(place), places.parts(place)
    if entry is not None and entry.silence is not None and split is not None:
        entry.silence(viewer, split[1], silent)
    chosen = How.USUAL if silent and entry is not None and entry.silence is not None else how
    if chosen == How.USUAL:
        PlaceChoice.objects.of(viewer.user_id).filter(place=place).delete()
    else:
        fields = chosen.as_fields(own_posts)
        PlaceChoice.objects.update_or_create(person=viewer.user, place=place, defaults=fields)
    if silent:
        read(viewer=viewer, groups=[place])
    fit_what_waits(viewer.user_id)


def forget_places(*, person_id: int, gone: Iterable[str]) -> None:
    """She does not belong there any more: what she chose for these places goes."""
    PlaceChoice.objects.of(person_id).filter(place__in=list(gone)).delete()


@transaction.atomic
def stop_mails(*, person_id: int, what: str) -> None:
    """No more mails of a kind, no more digests (``DIGESTS``), or no more list (``list:community:12``)."""
    if what.startswith("list:"):
        PlaceChoice.objects.lists(what.removeprefix("list:")).filter(person=person_id).delete()
        return
    if what != DIGESTS:
        choose(person_id=person_id, choices={(what, Channel.MAIL): Timing.NEVER})
        return
    wishes = preferences.wishes_of([person_id]).get(person_id)
    if wishes is None:
        return
    gathered = (Timing.DAILY, Timing.WEEKLY)
    stopped = {
        (name, Channel.MAIL): Timing.NEVER
        for name, kind in kinds.items()
        if wishes.timing(name, kind, Channel.MAIL) in gathered
    }
    PlaceChoice.objects.of(person_id).filter(mail__in=gathered).update(mail=Timing.NEVER)
    choose(person_id=person_id, choices=stopped)


def fit_what_waits(person_id: int) -> None:
    """What waits for a digest or for the end of a pause goes by what she wants now.

    What she paused and pauses no longer comes with a digest at once; what she does not want any more goes.
    """
    wishes = preferences.wishes_of([person_id])[person_id]
    now = timezone.now()
    _hold_mails(person_id, wishes, now)
    waiting = Notification.objects.filter(recipient=person_id, digest_at__isnull=False).order_by("pk")
    last = 0
    while some := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        for row in some:
            row.digest_at = _digest_now(row, wishes, now)
        Notification.objects.bulk_update(some, ["digest_at"])


@transaction.atomic
def move_digests(person_id: int) -> None:
    """Her zone is another one: what waits for a digest goes with it to the same hour there.

    What is due already goes out as it is: a digest is never put off.
    """
    wishes, now = preferences.wishes_of([person_id]).get(person_id), timezone.now()
    if wishes is None:
        return
    waiting = Notification.objects.filter(recipient=person_id, digest_at__gt=now).order_by("pk")
    last = 0
    while some := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        for row in some:
            row.digest_at = _digest_now(row, wishes, now)
        Notification.objects.bulk_update(some, ["digest_at"])


def _digest_now(row: Notification, wishes: Wishes, now: datetime) -> datetime | None:
    rules = kinds.get(row.kind)
    if rules is None:
        return None
    where = {"group": row.group, "place": row.place}
    if wishes.timing(row.kind, rules, Channel.MAIL, **where) == Timing.NEVER:
        return None
    leaves = scheduling.leaving(rules, row.mail, now, wishes.habits)
    return leaves.at if leaves and leaves.in_digest else now


def _hold_mails(person_id: int, wishes: Wishes, now: datetime) -> None:
    """Mails that wait while she begins a pause are held by it as well."""
    if scheduling.end_of_pause(now, wishes.habits) is None:
        return
    patient = [name for name, kind in kinds.items() if not kind.urgent]
    queued = OutgoingMail.objects.filter(
        recipient=person_id, state=MailState.QUEUED, form=MailForm.SINGLE, attempts=0
    )
    for mail in queued.order_by("pk"):
        rows = Notification.objects.filter(pk__in=mail.notification_ids, kind__in=patient)
        if rows.update(digest_at=now) and queued.filter(pk=mail.pk).delete()[0] == 0:
            rows.update(digest_at=None)  # a worker took it in between


# --- the queue ----------------------------------------------------------------------------------------


def _demand_keeper(viewer: Viewer) -> None:
    if not policies.can_see_undelivered(viewer):
        raise PermissionDenied(_("Only administrators see which mails could not be delivered."))


@transaction.atomic
def try_again(*, viewer: Viewer, mail: int | None = None) -> int:
    """Put one undelivered mail, or all, back into the queue; returns how many."""
    _demand_keeper(viewer)
    failed = OutgoingMail.objects.undelivered()
    if mail is not None:
        failed = failed.filter(pk=mail)
    return failed.update(state=MailState.QUEUED, attempts=0, next_try_at=timezone.now(), error="")


@transaction.atomic
def drop(*, viewer: Viewer, mail: int) -> int:
    """Give one undelivered mail up for good; what it told of stands in the inbox all the same."""
    _demand_keeper(viewer)
    return OutgoingMail.objects.undelivered().filter(pk=mail).update(state=MailState.DROPPED)
