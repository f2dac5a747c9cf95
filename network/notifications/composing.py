"""A mail in words: for its recipient, in her language and zone, with her eyes, at the moment of sending."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from network.foundations import clock
from network.foundations.viewer import Viewer, viewer_for
from network.notifications import digesting
from network.notifications.actions import DIGESTS
from network.notifications.addressing import common_headers, host, thread_headers, unsubscribe_url
from network.notifications.answerable import answering_of
from network.notifications.enums import MailForm
from network.notifications.inbound.bounces import is_suspended, return_address
from network.notifications.inbound.natures import OWN_MARK
from network.notifications.kinds import Rendered, kinds, render_each
from network.notifications.models import Notification, OutgoingMail, PlaceChoice
from network.notifications.preferences import habits_of

Told = Sequence[tuple[Notification, Rendered]]


def compose(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """The message, or None where nothing is left that the recipient may be told."""
    person = mail.recipient
    if person is None or not person.is_active or is_suspended(person.email):
        return None
    language = mail.language or habits_of([person.pk])[person.pk].language or person.language
    rows = list(Notification.objects.filter(pk__in=mail.notification_ids, recipient=person).order_by("pk"))
    with translation.override(language), timezone.override(clock.zone_of(person.zone)):
        viewer = viewer_for(person, language)
        words = render_each([(row.kind, row.ids) for row in rows], viewer)
        told = [(row, rendered) for row, rendered in zip(rows, words, strict=True) if rendered]
        write = _digest if mail.form == MailForm.DIGEST else _single
        return write(mail, viewer, told) if told else None


def _single(mail: OutgoingMail, viewer: Viewer, told: Told) -> EmailMultiAlternatives:
    row, first = told[0]
    kind, place = kinds.get(row.kind), _list_of(viewer, row)
    unsubscribe = unsubscribe_url(viewer.user_id, f"list:{place}" if place else row.kind, viewer.language)
    context: dict[str, Any] = {
        "subject": first.subject,
        "told": [words for _row, words in told],
        "kind": kind,
        "from_list": bool(place),
        "unsubscribe_url": unsubscribe,
    }
    headers = common_headers(mail.message_id, unsubscribe)
    answering = answering_of(row.kind, row.ids, viewer) if len(told) == 1 else None
    # A mail that tells of several things can be answered only where all lead to one address.
    [reply_to, *others] = {words.reply_to for _row, words in told}
    if answering:
        headers["Reply-To"] = answering.address
        context["answering"] = answering
    elif reply_to and not others:
        headers["Reply-To"] = reply_to
        context |= {"can_reply": True, "hint": first.hint}
    if first.thread:
        headers |= thread_headers(first.thread)
    message = _message(mail, viewer, first.subject, "notifications", context, headers)
    if first.enclosed:
        name, text = first.enclosed()
        message.attach(name, text, "text/plain")
    return message


def _digest(mail: OutgoingMail, viewer: Viewer, told: Told) -> EmailMultiAlternatives | None:
    """One mail for all of it. What she has read on the site meanwhile is only counted."""
    digest = digesting.gathered(viewer, told)
    if digest is None:
        return None
    unsubscribe = unsubscribe_url(viewer.user_id, DIGESTS, viewer.language)
    headers = common_headers(mail.message_id, unsubscribe)
    for budget in digesting.BUDGETS:
        context = {"digest": digest.within(budget), "unsubscribe_url": unsubscribe}
        message = _message(mail, viewer, digest.subject, "digest", context, headers)
        if digesting.fits(viewer, message):
            break
    return message


def _message(
    mail: OutgoingMail,
    viewer: Viewer,
    subject: str,
    template: str,
    context: dict[str, Any],
    headers: dict[str, str],
) -> EmailMultiAlternatives:
    """The mail itself. What cannot be delivered comes back to an address that belongs to this mail alone."""
    headers = headers | {OWN_MARK: host()}
    if sender := return_address(mail):
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"emails/{template}.txt", context),
        from_email=sender or settings.DEFAULT_FROM_EMAIL,
        to=[viewer.user.email],
        headers=headers,
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    return message


def _list_of(viewer: Viewer, row: Notification) -> str:
    """The place all of whose posts she gets as mails, if this is one of them: that is what she can stop."""
    kind = kinds.get(row.kind)
    if kind is None or not kind.listed or not row.place:
        return ""
    hers = PlaceChoice.objects.lists(row.place).filter(person=viewer.user_id)
    return row.place if hers.exists() else ""
