"""Links in letters about accounts that become one."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from network.accounts.models import PersonMerge, User

_ASK, _TELL = "accounts.merge", "accounts.merged"
#: How long the question can be answered.
HOURS = 24


def to_ask(kept: User, gone: User) -> str:
    """Good for these two only, and not after the other account has been merged and taken apart again."""
    token = signing.dumps([kept.pk, gone.pk, _round(gone)], salt=_ASK)
    return _whole("accounts:merge_confirm", token)


def asked_in(token: str, kept: int | None) -> User | None:
    """The account that goes, if the link was made for whoever is signed in and still holds."""
    try:
        into, gone_pk, number = signing.loads(token, salt=_ASK, max_age=HOURS * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    gone = User.objects.filter(pk=gone_pk, is_active=True, merged_into=None).first()
    return gone if gone and into == kept and _round(gone) == number else None


def to_tell(merge: PersonMerge) -> str:
    return _whole("accounts:merged", signing.dumps(merge.pk, salt=_TELL))


def told_in(token: str) -> int | None:
    """The number of the merge that the letter told of."""
    try:
        return int(signing.loads(token, salt=_TELL))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _round(gone: User) -> int:
    return PersonMerge.objects.filter(gone=gone).count()


def _whole(name: str, token: str) -> str:
    return f"{settings.NETWORK_BASE_URL}{reverse(name, args=[token])}"
