"""What one viewer may see of one person. Nothing unless a rule says so; templates get nothing else."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts.enums import Field, State, Visibility
from network.experts.models import Circle, ExpertProfile
from network.foundations.viewer import Viewer

#: How many muted tones the design system has for initials.
TONES = 8


@dataclass(frozen=True)
class PersonCard:
    """A person in a line: her name is always shown, everything else only as she allows."""

    user_id: int | None
    name: str
    initials: str
    tone: int
    url: str = ""
    photo_url: str = ""
    photo_large_url: str = ""
    designation: str = ""
    affiliation: str = ""
    organization_url: str = ""
    country: str = ""


def initials_of(name: str) -> str:
    """One or two signs that stand for the name: of a name in Han its first, else of first and last word."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalnum()]
    if not words:
        return "?"
    if "\u4e00" <= words[0][0] <= "\u9fff":
        return words[0][0]
    return "".join(word[0] for word in dict.fromkeys([words[0], words[-1]])).upper()


def tone_of(user: User) -> int:
    """The tone of her initials, from 1: the same on every page and after every change of name."""
    return zlib.crc32(user.actor_id.bytes) % TONES + 1


def levels_for(viewer: Viewer, profiles: Iterable[ExpertProfile]) -> dict[int, Visibility]:
    """How near the viewer is to each profile: the lowest level that opens to her. One query at most."""
    profiles = list(profiles)
    if not viewer.is_member:
        return {profile.pk: Visibility.EVERYONE for profile in profiles}
    shared = set(
        Circle.objects.filter(
            profile__in=[profile.pk for profile in profiles], key__in=viewer.keys
        ).values_list("profile_id", flat=True)
    )
    return {profile.pk: _nearness(viewer, profile, shared) for profile in profiles}


def _nearness(viewer: Viewer, profile: ExpertProfile, shared: set[int]) -> Visibility:
    if profile.user_id == viewer.user_id:
        return Visibility.NOBODY
    return Visibility.CIRCLES if profile.pk in shared else Visibility.MEMBERS


def opens(profile: ExpertProfile, field: str, level: Visibility) -> bool:
    """Whether ``field`` of this profile opens at ``level``; a profile without a page opens to nobody."""
    has_page = profile.state == State.PUBLISHED and profile.user.is_active
    return has_page and profile.level(field) >= level


def name_of(user: User) -> str:
    """The name beside a person's deeds; never her e-mail address."""
    return user.name or _("A member of the network")


def plain_card(user: User) -> PersonCard:
    """Name and initials: what stands beside a deed of somebody who shows nothing more."""
    name = name_of(user)
    return PersonCard(user_id=user.pk, name=name, initials=initials_of(name), tone=tone_of(user))


def build_card(profile: ExpertProfile, level: Visibility) -> PersonCard:
    """The card that opens at ``level``; ``profile`` comes with user, country and organization."""
    plain = plain_card(profile.user)
    if not opens(profile, Field.NAME, level):
        return plain

    def shown(field: str, value: str) -> str:
        return value if opens(profile, field, level) else ""

    organization = profile.organization
    return PersonCard(
        user_id=plain.user_id,
        name=plain.name,
        initials=plain.initials,
        tone=plain.tone,
        url=profile.get_absolute_url(),
        photo_url=shown(Field.PHOTO, photo_url(profile, 96)),
        photo_large_url=shown(Field.PHOTO, photo_url(profile, 320)),
        designation=shown(Field.DESIGNATION, profile.designation),
        affiliation=shown(Field.AFFILIATION, organization.title if organization else profile.affiliation),
        organization_url=shown(Field.AFFILIATION, organization.get_absolute_url() if organization else ""),
        country=shown(Field.COUNTRY, profile.country.name if profile.country else ""),
    )


def photo_url(profile: ExpertProfile, size: int) -> str:
    return reverse("experts:photo", args=[profile.photo_key, size]) if profile.photo_key else ""


def card_for(viewer: Viewer, profile: ExpertProfile) -> PersonCard:
    return build_card(profile, levels_for(viewer, [profile])[profile.pk])


def cards_for(viewer: Viewer, user_ids: Iterable[int | None]) -> dict[int, PersonCard]:
    """A card for each of these people, whatever they show, in three queries; unknown ids are left out."""
    wanted = {pk for pk in user_ids if pk is not None}
    if not wanted:
        return {}
    profiles = {
        profile.user_id: profile for profile in ExpertProfile.objects.for_cards().filter(user__in=wanted)
    }
    levels = levels_for(viewer, profiles.values())
    cards = {pk: build_card(profile, levels[profile.pk]) for pk, profile in profiles.items()}
    for user in User.objects.filter(pk__in=wanted - cards.keys()):
        cards[user.pk] = plain_card(user)
    return cards
