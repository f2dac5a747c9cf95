"""Keys for programs: made and ended by the person whose eyes they lend."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts.models import ProgramKey, User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused

#: How a key begins: whoever finds one in the wrong place knows what it is, and so do scanners.
PREFIX = "bpn_"
#: For how many days a key can be good.
TERMS = (30, 90, 365)
#: More keys at once than anybody keeps an eye on.
MOST = 20
#: So long a person can see that there was one.
KEPT = timedelta(days=90)


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@deed
def make_key(*, person: User, name: str, days: int) -> tuple[ProgramKey, str]:
    """A new key, and its words: these are told once and kept nowhere. She hears of it by mail."""
    if days not in TERMS:
        raise Refused(_("Choose how long it is good."), "days")
    User.objects.select_for_update().get(pk=person.pk)
    if ProgramKey.objects.in_force().filter(person=person).count() >= MOST:
        raise Refused(_("You have %(most)d keys. End one that you do not use any more.") % {"most": MOST})
    key = PREFIX + secrets.token_urlsafe(32)
    made = ProgramKey.objects.create(
        person=person, name=name, digest=digest_of(key), ends_at=timezone.now() + timedelta(days=days)
    )
    notice = _notice(made)
    transaction.on_commit(lambda: send_mail(**notice))
    return made, key


def _notice(made: ProgramKey) -> dict:
    """Told by mail, so that a key which somebody else made with her session does not stay unseen."""
    with translation.override(made.person.language):
        subject = _("A key for a program was made")
        context = {"key": made, "network_name": settings.NETWORK_NAME, "base_url": settings.NETWORK_BASE_URL}
        words = render_to_string("accounts/program_key.txt", context)
    return {
        "subject": subject,
        "message": words.strip() + "\n",
        "from_email": None,
        "recipient_list": [made.person.email],
        "fail_silently": True,
    }


@deed
def revoke_key(*, key: ProgramKey, by: User) -> None:
    """From the next call on it opens nothing. Ended twice, it keeps the first hour."""
    if key.person_id != by.pk:
        raise PermissionDenied(_("Only whoever made a key can end it."))
    ProgramKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def drop_keys_that_are_over() -> int:
    """Forget keys that ended long ago; how many."""
    deleted, _by_model = ProgramKey.objects.over(timezone.now() - KEPT).delete()
    return deleted
