"""A mail in words: for its recipient, in her language and zone, with her eyes, at the moment of sending."""

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from network.foundations import clock
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.addressing import thread_headers, unsubscribe_url
from network.notifications.kinds import Rendered, kinds, render_each
from network.notifications.models import Notification, OutgoingMail


def compose(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """The message, or None where nothing is left that the recipient may be told."""
    person = mail.recipient
    if person is None or not person.is_active:
        return None
    language = mail.language or person.language
    rows = list(Notification.objects.filter(pk__in=mail.notification_ids, recipient=person).order_by("pk"))
    with translation.override(language), timezone.override(clock.zone_of(person.zone)):
        viewer = viewer_for(person, language)
        words = render_each([(row.kind, row.ids) for row in rows], viewer)
        told = [(row.kind, rendered) for row, rendered in zip(rows, words, strict=True) if rendered]
        return _message(mail, viewer, told, language) if told else None


def _message(
    mail: OutgoingMail, viewer: Viewer, told: Sequence[tuple[str, Rendered]], language: str
) -> EmailMultiAlternatives:
    kind_name, first = told[0]
    unsubscribe = unsubscribe_url(viewer.user_id, kind_name, language)
    context = {
        "subject": first.subject,
        "told": [words for _kind, words in told],
        "kind": kinds.get(kind_name),
        "unsubscribe_url": unsubscribe,
    }
    headers = {
        "Message-ID": mail.message_id,
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if first.thread:
        headers |= thread_headers(first.thread)
    message = EmailMultiAlternatives(
        subject=" ".join(first.subject.split()),
        body=render_to_string("emails/notifications.txt", context),
        to=[viewer.user.email],
        headers=headers,
    )
    message.attach_alternative(render_to_string("emails/notifications.html", context), "text/html")
    return message
