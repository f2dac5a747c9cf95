"""The gate at the letter box: every mail is bound for its recipient at the moment of sending."""

import copy
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailAlternative, EmailAttachment, EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent.egress import bind_for
from network.consent.tokens import MARK, PATTERN
from network.foundations.viewer import Viewer, anonymous, viewer_for

_FORMATS = {"text/html": "html", "text/csv": "csv", "text/calendar": "ics", "application/json": "json"}


class GatedBackend(BaseEmailBackend):
    """Binds each message and hands it on to ``CONSENT_MAIL_BACKEND``.

    One recipient reads as herself. Several read as somebody whom we do not know: what one of them may not
    have, none of them gets.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inner = get_connection(settings.CONSENT_MAIL_BACKEND, *args, **kwargs)

    def open(self) -> bool | None:
        return self.inner.open()

    def close(self) -> None:
        self.inner.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return self.inner.send_messages([bound_message(message) for message in email_messages])


def bound_message(message: EmailMessage) -> EmailMessage:
    """A copy of ``message`` as its recipient may have it; the original keeps its tokens for another try."""
    if not _holds_token(message):
        return message
    viewer = _recipient(message)
    bound = copy.copy(message)
    with translation.override(viewer.language):
        bound.subject = PATTERN.sub(lambda _match: _("Traditional knowledge"), str(message.subject))
    subtype = "html" if message.content_subtype == "html" else "text"
    bound.body = bind_for(viewer, str(message.body), exit="mail", format=subtype)
    if hasattr(message, "alternatives"):
        bound.alternatives = [_alternative(viewer, part) for part in message.alternatives]
    bound.attachments = [_attachment(viewer, attachment) for attachment in message.attachments]
    return bound


def _holds_token(message: EmailMessage) -> bool:
    texts = [message.subject, message.body]
    texts += [content for content, _type in getattr(message, "alternatives", [])]
    texts += [attachment[1] for attachment in message.attachments if isinstance(attachment, tuple)]
    return any(MARK.encode() in text if isinstance(text, bytes) else MARK in str(text) for text in texts)


def _recipient(message: EmailMessage) -> Viewer:
    addresses = {parseaddr(address)[1].lower() for address in message.recipients()}
    user = User.objects.filter(email__iexact=addresses.pop()).first() if len(addresses) == 1 else None
    if user is None:
        return anonymous()
    return viewer_for(user, user.language)


def _alternative(viewer: Viewer, part: EmailAlternative) -> EmailAlternative:
    bound = bind_for(viewer, str(part[0]), exit="mail", format=_FORMATS.get(part[1], "text"))
    return EmailAlternative(bound, part[1])


def _attachment(viewer: Viewer, attachment: Any) -> Any:
    """Texts are bound; a file of another kind cannot hold an open text, for rooms write tokens only."""
    if not isinstance(attachment, tuple):
        return attachment
    name, content, media_type = attachment
    if isinstance(content, bytes):
        try:
            content = content.decode()
        except UnicodeError:
            return attachment
    if not isinstance(content, str) or MARK not in content:
        return attachment
    bound = bind_for(viewer, content, exit="mail", format=_FORMATS.get(media_type or "", "text"))
    return EmailAttachment(name, bound, media_type)
