"""Browsers that a person has signed in with: a new one is told to her by mail; any session can be ended."""

import hashlib
import secrets
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.utils import timezone

from network.accounts.models import Device, User
from network.foundations.deeds import deed

#: How long a browser is remembered after it was last used.
KEPT = timedelta(days=400)


@deed
def remember_device(*, person: User, secret: str, browser: str) -> tuple[str, bool]:
    """The secret for the cookie of this browser, and whether it is one that the person must be told of.

    She is not told of the first one of all: that is the one that she has before her.
    """
    known = Device.objects.filter(person=person)
    if secret and known.filter(secret_hash=_hash(secret)).update(last_seen_at=timezone.now()):
        return secret, False
    first = not known.exists()
    # A browser that others have signed in with before keeps its secret: it is theirs as well.
    secret = (
        secret if Device.objects.filter(secret_hash=_hash(secret)).exists() else secrets.token_urlsafe(32)
    )
    Device.objects.create(person=person, secret_hash=_hash(secret), browser=browser[:100])
    return secret, not first


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def end_session(*, person: User, session: UserSession) -> None:
    """Sign the person out of one browser."""
    if session.user_id == person.pk:
        session.end()


def forget_devices() -> int:
    """Delete those that nobody has used for long; how many."""
    deleted, _by_model = Device.objects.unused_since(timezone.now() - KEPT).delete()
    return deleted
