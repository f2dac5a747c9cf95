"""What one viewer may see of one person. Nothing unless a rule says so; templates get nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language

from network.accounts.models import User
from network.experts import doi, lines, values
from network.experts.enums import Facet, Field, Group, Offer, State, Visibility
from network.experts.models import Circle, ExpertProfile, ProfileTerm
from network.experts.querysets import position_here
from network.foundations.viewer import Viewer
from network.organizations.models import Affiliation
from network.thesaurus.models import Term

#: What a page is built of beside the profile's own row.
PARTS = ("engagements", "publications", "translations")
#: How many muted tones the design system has for initials.
TONES = 12


@dataclass(frozen=True)
class Endorsed:
    """Who vouches for a person, as what and until when: a badge in words."""

    by: str
    role: str
    since: date
    until: date


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
    country_code: str = ""
    endorsed: Endorsed | None = None


@dataclass(frozen=True)
class Named:
    """A word of a profile, and where the others who have it are found; ``note`` is said beside it."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of a list, and where more is read."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Asking:
    """For what somebody has time."""

    offers: tuple[Named, ...] = ()
    hours: int | None = None
    since: date | None = None


@dataclass(frozen=True)
class ProfilePage:
    """A profile's page for one viewer: what is closed to her is empty, as if it had never been written."""

    card: PersonCard
    confirmed: bool = False
    biography: str = ""
    website: str = ""
    orcid: str = ""
    #: She has signed in at ORCID with it.
    orcid_proven: bool = False
    subjects: tuple[Named, ...] = ()
    targets: tuple[Named, ...] = ()
    tags: tuple[Named, ...] = ()
    languages: tuple[Named, ...] = ()
    worked: tuple[Named, ...] = ()
    other_names: tuple[str, ...] = ()
    department: str = ""
    #: In which language the biography is written that is shown; empty where it is not said.
    language: str = ""
    roles: tuple[Entry, ...] = ()
    trainings: tuple[Entry, ...] = ()
    publications: tuple[Entry, ...] = ()
    availability: Asking = Asking()
    community: str = ""
    groups: tuple[str, ...] = ()
    gender: str = ""

    @property
    def orcid_url(self) -> str:
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


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
    return user.pk % TONES + 1


def levels_for(viewer: Viewer, profiles: Iterable[ExpertProfile]) -> dict[int, Visibility]:
    """How near the viewer is to each profile: the lowest level that opens to her. One query at most."""
    profiles = list(profiles)
    if not viewer.is_member or not profiles:
        return {profile.pk: Visibility.EVERYONE for profile in profiles}
    shared = set(
        Circle.objects.filter(
            profile__in=[profile.pk for profile in profiles], key__in=viewer.keys
        ).values_list("profile_id", flat=True)
    )
    return {profile.pk: _nearness(viewer, profile, profile.pk in shared) for profile in profiles}


def _nearness(viewer: Viewer, profile: ExpertProfile, shares_a_circle: bool) -> Visibility:
    if profile.user_id == viewer.user_id:
        return Visibility.NOBODY
    return Visibility.CIRCLES if shares_a_circle else Visibility.MEMBERS


def has_page(profile: ExpertProfile) -> bool:
    """Whether there is a page for anybody: published, and the account is open."""
    return profile.state == State.PUBLISHED and profile.user.is_active


def opens(profile: ExpertProfile, field: str, level: Visibility) -> bool:
    """Whether ``field`` opens to somebody this near."""
    return profile.level(field) >= level


def plain_card(user: User) -> PersonCard:
    """Name and initials: what stands beside a deed of somebody who shows nothing more."""
    name = user.get_full_name()
    return PersonCard(user_id=user.pk, name=name, initials=initials_of(name), tone=tone_of(user))


def build_card(profile: ExpertProfile, level: Visibility, *, preview: bool = False) -> PersonCard:
    """The card that opens at ``level``; ``profile`` comes with user, country and organization.

    ``preview`` shows its person what it will be once it has a page.
    """
    plain = plain_card(profile.user)
    if not (preview or has_page(profile)) or not opens(profile, Field.NAME, level):
        return plain

    def shown(field: str, value: str) -> str:
        return value if opens(profile, field, level) else ""

    organization = profile.organization
    return replace(
        plain,
        url=profile.get_absolute_url(),
        photo_url=shown(Field.PHOTO, photo_url(profile, 96)),
        photo_large_url=shown(Field.PHOTO, photo_url(profile, 320)),
        designation=shown(Field.DESIGNATION, _position(profile)),
        affiliation=shown(Field.AFFILIATION, organization.title if organization else profile.affiliation),
        organization_url=shown(Field.AFFILIATION, organization.get_absolute_url() if organization else ""),
        country=shown(Field.COUNTRY, profile.country.name if profile.country else ""),
        country_code=shown(Field.COUNTRY, profile.country.code if profile.country else ""),
        endorsed=_endorsed(profile),
    )


def _position(profile: ExpertProfile) -> str:
    """In the reader's language where it stands in it: ``for_cards`` and ``cards_for`` bring it along."""
    here = getattr(profile, "position_here", None)
    return here if here and profile.language != get_language() else profile.designation


def _endorsed(profile: ExpertProfile) -> Endorsed | None:
    """Whoever sees the name sees it: that is what she accepted."""
    found = profile.endorsement
    if found is None or not found.stands:
        return None
    return Endorsed(by=found.in_name_of, role=found.role, since=found.since, until=found.until)


def photo_url(profile: ExpertProfile, size: int) -> str:
    return reverse("experts:photo", args=[profile.photo_key, size]) if profile.photo_key else ""


def card_for(viewer: Viewer, profile: ExpertProfile) -> PersonCard:
    return build_card(profile, levels_for(viewer, [profile])[profile.pk])


def cards_for(viewer: Viewer, user_ids: Iterable[int | None]) -> dict[int, PersonCard]:
    """A card for each of these people, whatever they show, in one query; unknown ids are left out."""
    wanted = {pk for pk in user_ids if pk is not None}
    if not wanted:
        return {}
    people = User.objects.filter(pk__in=wanted).select_related(
        "expert_profile__country",
        "expert_profile__organization",
        "expert_profile__endorsement__country",
        "expert_profile__endorsement__organization",
    )
    people = people.annotate(position_here=position_here("expert_profile"))
    if viewer.is_member:
        shared = Circle.objects.filter(profile=OuterRef("expert_profile"), key__in=viewer.keys)
        people = people.annotate(shares_a_circle=Exists(shared))
    return {person.pk: _card(viewer, person) for person in people}


def _card(viewer: Viewer, person: User) -> PersonCard:
    profile = getattr(person, "expert_profile", None)
    if profile is None:
        return plain_card(person)
    profile.position_here = person.position_here
    if not viewer.is_member:
        return build_card(profile, Visibility.EVERYONE)
    return build_card(profile, _nearness(viewer, profile, person.shares_a_circle))


def page_for(viewer: Viewer, profile: ExpertProfile) -> ProfilePage:
    """The page of a profile that is visible to the viewer."""
    return build_page(profile, levels_for(viewer, [profile])[profile.pk])


def build_page(profile: ExpertProfile, level: Visibility, *, preview: bool = False) -> ProfilePage:
    card = build_card(profile, level, preview=preview)
    if not card.url:
        return ProfilePage(card=card)

    def shown(field: str, value: Any, nothing: Any = "") -> Any:
        return value if opens(profile, field, level) else nothing

    texts = _in_readers_language(profile)
    return ProfilePage(
        card=replace(card, designation=shown(Field.DESIGNATION, texts.designation)),
        confirmed=bool(card.organization_url) and _is_confirmed(profile),
        biography=shown(Field.BIOGRAPHY, texts.biography),
        language=shown(Field.BIOGRAPHY, texts.language),
        website=shown(Field.WEBSITE, profile.website),
        orcid=shown(Field.ORCID, profile.orcid),
        orcid_proven=opens(profile, Field.ORCID, level) and getattr(profile, "orcid_proven", False),
        tags=tags_of(profile) if opens(profile, Field.TAGS, level) else (),
        other_names=tuple(shown(Field.OTHER_NAMES, profile.other_names)),
        department=shown(Field.DEPARTMENT, profile.department),
        roles=_entries(profile, Field.ROLES, level),
        trainings=_entries(profile, Field.TRAININGS, level),
        publications=_entries(profile, Field.PUBLICATIONS, level),
        availability=shown(Field.AVAILABILITY, _asking(profile), Asking()),
        community=shown(Field.COMMUNITY, profile.community),
        groups=tuple(shown(Field.GROUPS, [str(Group(code).label) for code in profile.groups])),
        gender=shown(Field.GENDER, str(profile.get_gender_display())),
        **_linked_lists(profile, level),
    )


@dataclass(frozen=True)
class _Texts:
    designation: str
    biography: str
    language: str


def _in_readers_language(profile: ExpertProfile) -> _Texts:
    """Position and biography in the language of the page where the person wrote them in it."""
    wanted = get_language() or ""
    held = None
    if wanted != profile.language:
        held = next((one for one in profile.translations.all() if one.language == wanted), None)
    if held is None:
        return _Texts(profile.designation, profile.biography, profile.language)
    own = profile.language if not held.biography else wanted
    return _Texts(held.designation or profile.designation, held.biography or profile.biography, own)


def _entries(profile: ExpertProfile, field: str, level: Visibility) -> tuple[Entry, ...]:
    if not opens(profile, field, level):
        return ()
    rows = values.value_of(profile, field)
    if field == Field.PUBLICATIONS:
        return tuple(Entry(lines.publication(row), doi.address(row["doi"]) or row["url"]) for row in rows)
    return tuple(Entry(lines.engagement(row)) for row in rows)


def _asking(profile: ExpertProfile) -> Asking:
    offers = [Offer(code) for code in profile.offers]
    return Asking(
        offers=tuple(Named(str(offer.label), directory_url(Facet.AVAILABILITY, offer)) for offer in offers),
        hours=profile.hours,
        since=profile.available_from,
    )


def _linked_lists(profile: ExpertProfile, level: Visibility) -> dict[str, tuple[Named, ...]]:
    """The lists of terms that open, with what the person says of each."""
    lists: dict[str, list[Named]] = {str(field): [] for field in _LINKED}
    entries = ProfileTerm.objects.filter(profile=profile).select_related("term")
    for entry in entries.order_by("term__position", "term__code"):
        if opens(profile, entry.field, level):
            note = (
                str(entry.get_level_display())
                if entry.level
                else lines.experience(entry.years, entry.evidence)
            )
            url = directory_url(_LINKED[Field(entry.field)], entry.term.code)
            lists[entry.field].append(Named(term_label(entry.term), url, note))
    return {field: tuple(named) for field, named in lists.items()}


_LINKED = {
    Field.SUBJECTS: Facet.SUBJECT,
    Field.TARGETS: Facet.TARGET,
    Field.LANGUAGES: Facet.LANGUAGE,
    Field.WORKED: Facet.WORKED,
}


def term_lists(
    profiles: Iterable[ExpertProfile], levels: dict[int, Visibility]
) -> dict[int, dict[str, list[Term]]]:
    """The lists of terms of each profile that open at its level. One query for all of them."""
    by_pk = {profile.pk: profile for profile in profiles}
    found: dict[int, dict[str, list[Term]]] = {pk: defaultdict(list) for pk in by_pk}
    entries = ProfileTerm.objects.filter(profile__in=by_pk).select_related("term")
    for entry in entries.order_by("term__position", "term__code"):
        if opens(by_pk[entry.profile_id], entry.field, levels[entry.profile_id]):
            found[entry.profile_id][entry.field].append(entry.term)
    return found


def term_label(term: Term) -> str:
    """A target with its number, anything else by its name."""
    return f"{term.code}. {term.name}" if term.domain_id == "kmgbf-target" else term.name


def tags_of(profile: ExpertProfile) -> tuple[Named, ...]:
    return tuple(Named(tag.name, directory_url(Facet.TAG, tag.slug)) for tag in profile.tags.order_by("name"))


def directory_url(facet: str, value: str) -> str:
    return f"{reverse('experts:directory')}?{urlencode({facet: value})}"


def _is_confirmed(profile: ExpertProfile) -> bool:
    return (
        Affiliation.objects.current()
        .filter(person=profile.user_id, organization=profile.organization_id, confirmed_at__isnull=False)
        .exists()
    )
