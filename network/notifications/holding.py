"""What this room holds about a person: handed to her, and erased."""

from typing import Any

from django.db.models import Q, QuerySet

from network.consent import vault
from network.notifications.kinds import kinds
from network.notifications.models import (
    Bounce,
    Habit,
    IncomingMail,
    MailSuspension,
    Notification,
    OutgoingMail,
    PlaceChoice,
    Preference,
)
from network.notifications.special import how


def export(user: Any) -> dict:
    told = Notification.objects.filter(recipient=user).order_by("pk")
    chosen = Preference.objects.filter(person=user).order_by("pk")
    return {
        "notifications": [
            {
                "of": _label(row.kind),
                "about": row.ids,
                "at": row.created_at.isoformat(),
                "read_at": row.read_at and row.read_at.isoformat(),
            }
            for row in told.iterator()
        ],
        "choices": [
            {"of": _label(row.kind), "where": row.get_channel_display(), "when": row.get_timing_display()}
            for row in chosen
        ],
        "hours": [
            {
                "digest_hour": row.digest_hour,
                "digest_weekday": row.digest_weekday,
                "quiet": [row.quiet_from, row.quiet_to],
                "paused_until": row.paused_until and row.paused_until.isoformat(),
                "language": row.language,
            }
            for row in Habit.objects.filter(person=user)
        ],
        "places": [
            {
                "of": row.place,
                "how": str(how(row).label),
                "own_posts": row.own_posts,
                "since": row.since.isoformat(),
            }
            for row in PlaceChoice.objects.of(user.pk).order_by("pk")
        ],
        "mails": list(
            OutgoingMail.objects.filter(recipient=user).order_by("pk").values_list("message_id", flat=True)
        ),
        "mails_received": [
            {
                "to": mail.recipient,
                "from": mail.sender,
                "at": mail.arrived_at.isoformat(),
                "became": mail.get_state_display(),
            }
            for mail in _incoming(user).order_by("pk")
        ],
        "mails_that_came_back": [
            {"address": row.address, "code": row.status, "at": row.at.isoformat()}
            for row in Bounce.objects.filter(person=user).order_by("pk")
        ],
        "addresses_without_mail": [
            {
                "address": row.address,
                "since": row.since.isoformat(),
                "lifted_at": row.lifted_at and row.lifted_at.isoformat(),
            }
            for row in MailSuspension.objects.filter(person=user).order_by("pk")
        ],
    }


def _incoming(user: Any) -> QuerySet[IncomingMail]:
    """Mails that hold her words, or came from her address."""
    return IncomingMail.objects.filter(Q(person=user) | Q(sender=user.email.lower()))


def erase(user: Any, keep_contributions: bool) -> None:
    """All of it is about her alone, but for what others were told of her deeds: there her name is cut off."""
    OutgoingMail.objects.filter(recipient=user).delete()
    for mail in _incoming(user):
        vault.delete_after_commit(mail.path)
    _incoming(user).delete()
    for model in (Preference, Habit, PlaceChoice, Bounce, MailSuspension):
        model.objects.filter(person=user).delete()
    Notification.objects.filter(recipient=user).delete()
    Notification.objects.filter(actor=user).update(actor=None)


def _label(name: str) -> str:
    kind = kinds.get(name)
    return str(kind.label) if kind else name
