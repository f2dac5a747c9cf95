"""The photo: written under a new key each time, so that no cache shows the old one."""

from typing import BinaryIO

from django.db import transaction

from network.experts import photos
from network.experts.actions.editing import own_profile
from network.experts.actions.keeping import touch
from network.experts.models import ExpertProfile
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer


@deed
def set_photo(*, viewer: Viewer, image: BinaryIO, crop: photos.Crop = photos.MIDDLE) -> ExpertProfile:
    """Show ``image``, already checked and cleaned, or the square ``crop`` of it."""
    profile = own_profile(viewer)
    _replace(profile, photos.store(image, crop))
    return profile


@deed
def remove_photo(*, viewer: Viewer) -> ExpertProfile:
    profile = own_profile(viewer)
    _replace(profile, "")
    return profile


def _replace(profile: ExpertProfile, key: str) -> None:
    former, profile.photo_key = profile.photo_key, key
    touch(profile)
    if former:
        transaction.on_commit(lambda: photos.remove(former))
