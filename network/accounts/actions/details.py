"""A person changes what we call her, and how we speak to her."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from network.accounts import zones
from network.accounts.models import User
from network.accounts.names import clean_name
from network.foundations.exceptions import Refused, StaleEdit
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE


def details_mark(person: User) -> str:
    """A short mark of the present details: whoever saves says which ones she had before her eyes."""
    present = "\n".join([person.name, person.language, person.zone])
    return hashlib.sha256(present.encode()).hexdigest()[:16]


@transaction.atomic
def change_details(*, person: User, name: str, language: str, zone: str, seen: str) -> User:
    """Change them, unless somebody (another tab, another device) did so since ``seen``."""
    present = User.objects.select_for_update().get(pk=person.pk)
    name = clean_name(name)
    if not name:
        raise Refused(_("Enter a name."), "name")
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose one of the languages."), "language")
    if not zones.is_zone(zone):
        raise Refused(_("Choose one of the time zones."), "zone")
    if seen != details_mark(present):
        raise StaleEdit(
            _(
                "This was changed elsewhere in the meantime: name “%(name)s”, language %(language)s, "
                "time zone %(zone)s. Yours is below; save again to put it in its place."
            )
            % {"name": present.name, "language": present.get_language_display(), "zone": present.zone},
            current=details_mark(present),
        )
    present.name, present.language, present.zone = name, language, zone
    present.save(update_fields=["name", "language", "zone"])
    announce(f"person:{person.pk}", "accounts.details_changed", person=person.pk)
    bump(PEOPLE)
    return present
