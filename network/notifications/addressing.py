"""Identifiers and addresses of mails."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from network.foundations.ids import public_id
from network.notifications.kinds import MailThread
from network.notifications.signing import Unsubscribing, sign


def host() -> str:
    return urlsplit(settings.NETWORK_BASE_URL).hostname or "localhost"


def new_message_id() -> str:
    return f"<{public_id(16)}@{host()}>"


def absolute(path: str) -> str:
    return f"{settings.NETWORK_BASE_URL}{path}"


def unsubscribe_url(person_id: int, kind: str, language: str) -> str:
    with translation.override(language):
        return absolute(reverse("notifications:unsubscribe", args=[sign(Unsubscribing(person_id, kind))]))


def thread_headers(thread: MailThread) -> dict[str, str]:
    """All mails of a conversation refer to one root that was never sent: mail programs thread them by it."""
    root = f"<{thread.key}@{host()}>"
    name = thread.list_name.replace('"', "'")
    return {
        "In-Reply-To": root,
        "References": root,
        "List-Id": f'"{name}" <{thread.list_id}.{host()}>' if name else f"<{thread.list_id}.{host()}>",
    }
