"""Identifiers, addresses and headers of mails."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from network.foundations.ids import public_id
from network.notifications.kinds import MailThread
from network.notifications.signing import Unsubscribing, sign


def host() -> str:
    """The domain of identifiers and lists: that of mails, or else that of the site."""
    return settings.MAIL_DOMAIN or urlsplit(settings.NETWORK_BASE_URL).hostname or "localhost"


def new_message_id() -> str:
    return f"<{public_id(16)}@{host()}>"


def absolute(path: str) -> str:
    return f"{settings.NETWORK_BASE_URL}{path}"


def unsubscribe_url(person_id: int, kind: str, language: str) -> str:
    with translation.override(language):
        return absolute(reverse("notifications:unsubscribe", args=[sign(Unsubscribing(person_id, kind))]))


def common_headers(message_id: str, unsubscribe: str) -> dict[str, str]:
    """What every mail of ours says of itself: how to stop it, and that no machine need answer."""
    return {
        "Message-ID": message_id,
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "bulk",
    }


def thread_headers(thread: MailThread) -> dict[str, str]:
    """All mails of a conversation refer to one root that was never sent: mail programs thread them by it.

    ``List-Post`` tells where one writes to the list, or that nobody can by mail (RFC 2369).
    """
    root = f"<{thread.key}@{host()}>"
    name = " ".join(thread.list_name.split()).replace('"', "'")
    headers = {
        "In-Reply-To": root,
        "References": root,
        "List-Id": f'"{name}" <{thread.list_id}.{host()}>' if name else f"<{thread.list_id}.{host()}>",
        "Precedence": "list",
    }
    if thread.post_to:
        headers["List-Post"] = f"<mailto:{thread.post_to}>"
    return headers
