"""Asking another service for a record: one host that the installation names, one answer, no detours.

Where it leads elsewhere we do not follow, so that nobody can have us ask a machine inside our own house.
"""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from network.foundations.exceptions import Refused

#: Seconds for each step, and bytes of an answer.
PATIENCE = 8
LARGEST = 5_000_000


class NotFetched(Refused):
    """The service has no such record, or does not answer; the sentence says which."""


def get_json(base: str, *parts: str) -> Any:
    """What stands at ``parts`` below ``base``, an address from the settings; each is one step of a path."""
    target = urlsplit(base)
    path = "/".join(
        [
            target.path.rstrip("/"),
            *(quote(part, safe="/" if part.startswith("10.") else "") for part in parts),
        ]
    )
    kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
    line = kind(target.hostname or "", target.port, timeout=PATIENCE)
    agent = f"{settings.NETWORK_SHORT_NAME} ({settings.NETWORK_BASE_URL})".encode("ascii", "replace").decode()
    try:
        line.request("GET", path, headers={"Accept": "application/json", "User-Agent": agent})
        answer = line.getresponse()
        status, content = answer.status, answer.read(LARGEST + 1)
    except (OSError, HTTPException):
        raise NotFetched(
            _("%(host)s does not answer at the moment. Try again later.") % {"host": target.hostname}
        ) from None
    finally:
        line.close()
    if status == 404:
        raise NotFetched(_("%(host)s knows no such record.") % {"host": target.hostname})
    if status != 200 or len(content) > LARGEST:
        raise NotFetched(_("%(host)s gave no answer that we can use.") % {"host": target.hostname})
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise NotFetched(_("%(host)s gave no answer that we can use.") % {"host": target.hostname}) from None


def dig(data: Any, *path: str | int) -> Any:
    """What lies at the end of ``path``, or nothing where any part of it is missing."""
    for step in path:
        if isinstance(step, str) and isinstance(data, dict):
            data = data.get(step)
        elif isinstance(step, int) and isinstance(data, list) and len(data) > step:
            data = data[step]
        else:
            return None
    return data


def each(data: Any, *path: str | int) -> list[Any]:
    """The list at the end of ``path``; an empty one where there is none."""
    found = dig(data, *path)
    return found if isinstance(found, list) else []
