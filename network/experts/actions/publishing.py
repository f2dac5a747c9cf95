"""Showing the profile to others, and taking it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.experts.actions.editing import own_profile
from network.experts.actions.keeping import touch
from network.experts.enums import State
from network.experts.models import ExpertProfile
from network.foundations.exceptions import Refused
from network.foundations.ids import free_slug
from network.foundations.viewer import Viewer

#: Addresses below ``/experts/`` that are not people.
RESERVED_SLUGS = frozenset(
    ["doubles", "export", "exports", "from-a-list", "lists", "me", "photos", "reports", "shortlists"]
)


@transaction.atomic
def publish(*, viewer: Viewer) -> ExpertProfile:
    """Give the profile its page; its address is made of the name once and stays."""
    profile = own_profile(viewer)
    if not profile.user.name:
        raise Refused(_("Write your name first: it is what others find you by."))
    make_public(profile)
    return profile


def make_public(profile: ExpertProfile) -> None:
    if profile.published_at is None:
        profile.slug = free_slug(
            profile.user.name,
            ExpertProfile.objects.exclude(pk=profile.pk),
            RESERVED_SLUGS,
            fallback=profile.slug,
        )
        profile.published_at = timezone.now()
    profile.state = State.PUBLISHED
    touch(profile)


@transaction.atomic
def hide(*, viewer: Viewer) -> ExpertProfile:
    """Take the page away; everything written stays for her to publish again."""
    profile = own_profile(viewer)
    profile.state = State.HIDDEN
    touch(profile)
    return profile
