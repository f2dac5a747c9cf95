"""What this room holds about a person: handed to her, and erased."""

from typing import Any

from network.notifications.kinds import kinds
from network.notifications.models import Notification, OutgoingMail, Preference


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
        "mails": list(
            OutgoingMail.objects.filter(recipient=user).order_by("pk").values_list("message_id", flat=True)
        ),
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """All of it is about her alone, but for what others were told of her deeds: there her name is cut off."""
    OutgoingMail.objects.filter(recipient=user).delete()
    Preference.objects.filter(person=user).delete()
    Notification.objects.filter(recipient=user).delete()
    Notification.objects.filter(actor=user).update(actor=None)


def _label(name: str) -> str:
    kind = kinds.get(name)
    return str(kind.label) if kind else name
