"""The address in a mail that stops what a kept search tells, without signing in."""

from django.core import signing
from django.http import Http404

_SALT = "search.saved.stop"


def sign(search: int) -> str:
    return signing.dumps(search, salt=_SALT)


def read(signed: str) -> int:
    """The number of the search; the address in an old mail works for ever."""
    try:
        number = signing.loads(signed, salt=_SALT)
    except signing.BadSignature:
        raise Http404("This address is not one of ours.") from None
    return int(number)
