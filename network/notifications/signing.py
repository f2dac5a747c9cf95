"""Addresses in mails that work without signing in: signed, so that nobody can make one up."""

from dataclasses import dataclass

from django.core import signing
from django.http import Http404

_SALT = "notifications.unsubscribe"


@dataclass(frozen=True)
class Unsubscribing:
    """Who no longer wants mails of which kind."""

    person_id: int
    kind: str


def sign(who: Unsubscribing) -> str:
    return signing.dumps([who.person_id, who.kind], salt=_SALT)


def read(signed: str) -> Unsubscribing:
    """The address in an old mail works for ever: nobody should have to sign in to get fewer mails."""
    try:
        person_id, kind = signing.loads(signed, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404("This address is not one of ours.") from None
    return Unsubscribing(person_id, kind)
