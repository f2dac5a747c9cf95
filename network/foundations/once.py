"""A form that is sent twice does its deed once: the second sending leads to what the first one made."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from network.foundations.forms import WatchedMixin
from network.foundations.ids import public_id

#: A key is good for a day: as long as somebody may leave a tab open and press the button again.
_KEPT_FOR = 24 * 60 * 60


def new_key() -> str:
    return public_id(20)


class SubmissionKeyField(forms.CharField):
    """The hidden field that tells two sendings of one form from two forms."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "required": False,
            "max_length": 40,
            "widget": forms.HiddenInput,
            "initial": new_key,
        }
        super().__init__(**options | kwargs)


class OnceFormMixin(WatchedMixin, forms.Form):
    """Adds ``submission_key``; the view hands it to ``once``."""

    submission_key = SubmissionKeyField()


@dataclass(frozen=True)
class Done:
    """Where the result stands, and whether an earlier sending had made it."""

    url: str
    repeated: bool = False


def once(*, person: int | str | None, key: str, deed: Callable[[], str]) -> Done:
    """Run ``deed``, which returns the address of its result, unless ``person`` sent ``key`` before.

    Two sendings at the same moment queue up: on PostgreSQL by an advisory lock, on SQLite by the write
    lock that its transactions begin with. What ``deed`` raises is raised, and the key stays good.
    """
    if not key:
        return Done(deed())
    remembered = f"once:{person or 'anybody'}:{_short(key)}"
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(remembered)])
        if url := cache.get(remembered):
            return Done(url, repeated=True)
        url = deed()
        # Before the commit, for the next in the queue goes ahead at that very moment.
        cache.set(remembered, url, _KEPT_FOR)
    return Done(url)


def once_then_redirect(request: HttpRequest, key: str, deed: Callable[[], str]) -> HttpResponse:
    """``once`` for the person behind ``request``, then on to the result."""
    person = request.user.pk or getattr(request.session, "session_key", None)
    done = once(person=person, key=key, deed=deed)
    if done.repeated:
        messages.info(request, _("This was sent twice. Only the first one counts, here it is."))
    return redirect(done.url)


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)
