"""What this room holds about a person: her copy, and erasing it."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.accounts.personal_data import File
from network.experts import photos
from network.experts.models import ExpertProfile
from network.experts.sections import SECTIONS
from network.experts.summaries import summarize
from network.search import actions as search


def export(person: User) -> dict[str, Any]:
    """Every field in words, with who sees it."""
    profile = ExpertProfile.objects.for_cards().filter(user=person).first()
    if profile is None:
        return {}
    told: dict[str, Any] = {
        _("State"): profile.get_state_display(),
        _("Begun"): profile.created_at,
        _("Last changed"): profile.updated_at,
    }
    for section in SECTIONS.values():
        for field in summarize(profile, section):
            if not field.is_empty:
                told[str(field.label)] = {
                    _("Value"): field.html or field.text or field.image,
                    _("Who sees it"): str(field.seen_by),
                }
    return told


def files(person: User) -> Iterator[File]:
    """Her photo, in its largest size."""
    profile = ExpertProfile.objects.filter(user=person).exclude(photo_key="").first()
    if profile is not None:
        size = max(photos.SIZES)
        photo = photos.read(profile.photo_key, size) or b""
        yield File("photo.webp", len(photo), lambda: photo or None)


def erase(person: User, keep_contributions: bool) -> None:
    """The profile is only about her, so it goes in either case, with its photo and its words in search."""
    profile = ExpertProfile.objects.filter(user=person).first()
    if profile is None:
        return
    search.remove("experts", profile.pk)
    if key := profile.photo_key:
        transaction.on_commit(lambda: photos.remove(key))
    profile.delete()
