"""What a profile holds in each field, as plain values, and how such a value is written.

Plain values can be compared, hashed and kept as JSON: a list of terms is a list of their ids, a day is
written as ``2026-11-30``, a publication is a dict. What is read here can be written back.
"""

from datetime import date
from typing import Any

from network.experts.enums import TERM_FIELDS, Detail, EngagementKind, Field, Visibility
from network.experts.models import Engagement, ExpertProfile, ProfileTerm, ProfileTranslation, Publication

#: The keys of one entry of a list.
ENGAGEMENT_KEYS = ("title", "body", "since", "until")
PUBLICATION_KEYS = ("title", "authors", "venue", "year", "doi", "url", "source")

_COLUMNS: dict[str, str] = {
    Field.DESIGNATION: "designation",
    Field.DEPARTMENT: "department",
    Field.OTHER_NAMES: "other_names",
    Field.AFFILIATION: "affiliation",
    Field.COUNTRY: "country_id",
    Field.BIOGRAPHY: "biography",
    Field.WEBSITE: "website",
    Field.ORCID: "orcid",
    Field.PHOTO: "photo_key",
    Field.AVAILABILITY: "offers",
    Field.COMMUNITY: "community",
    Field.GROUPS: "groups",
    Field.GENDER: "gender",
    Detail.HOURS: "hours",
    Detail.AWAY_NOTE: "away_note",
    Detail.WRITTEN_IN: "language",
}
_DAYS: dict[str, str] = {Detail.AVAILABLE_FROM: "available_from", Detail.AWAY_UNTIL: "away_until"}
_ENGAGEMENTS: dict[str, str] = {
    Field.ROLES: EngagementKind.ROLE,
    Field.TRAININGS: EngagementKind.TRAINING,
}
_TRANSLATION = "translation-"


def translation(language: str) -> str:
    """The name of the detail that holds the texts in ``language``."""
    return f"{_TRANSLATION}{language}"


# --- reading ----------------------------------------------------------------------------------------------


def value_of(profile: ExpertProfile, name: str) -> Any:
    """What the profile holds in the field or detail ``name``."""
    if name == Field.NAME:
        return profile.user.name
    if name in _COLUMNS:
        return getattr(profile, _COLUMNS[name])
    if name in _DAYS:
        day = getattr(profile, _DAYS[name])
        return day.isoformat() if day else ""
    if name == Detail.CONTACT:
        return int(contact_level(profile))
    return _listed(profile, name) if profile.pk else _nothing(name)


def contact_level(profile: ExpertProfile) -> Visibility:
    """Who may write to her; nobody who is not signed in ever does."""
    return Visibility(min(profile.visibility.get(Detail.CONTACT, Visibility.MEMBERS), Visibility.MEMBERS))


def _nothing(name: str) -> Any:
    if name.startswith(_TRANSLATION):
        return {"designation": "", "biography": ""}
    return {} if name in (Detail.LEVELS, Detail.EVIDENCE) else []


def _listed(profile: ExpertProfile, name: str) -> Any:
    if name in TERM_FIELDS:
        return sorted(entry.term_id for entry in profile.terms.all() if entry.field == name)
    if name == Detail.LEVELS:
        held = (entry for entry in profile.terms.all() if entry.field == Field.LANGUAGES and entry.level)
        return {str(entry.term_id): entry.level for entry in held}
    if name == Detail.EVIDENCE:
        held = (entry for entry in profile.terms.all() if entry.field == Field.SUBJECTS)
        return {
            str(entry.term_id): {"years": entry.years, "evidence": entry.evidence}
            for entry in held
            if entry.years is not None or entry.evidence
        }
    if name in _ENGAGEMENTS:
        return [
            {key: getattr(entry, key) for key in ENGAGEMENT_KEYS}
            for entry in profile.engagements.all()
            if entry.kind == _ENGAGEMENTS[name]
        ]
    if name == Field.PUBLICATIONS:
        return [
            {key: str(value) if key == "source" else value for key in PUBLICATION_KEYS
             for value in [getattr(entry, key)]}
            for entry in profile.publications.all()
        ]  # fmt: skip
    if name.startswith(_TRANSLATION):
        language = name.removeprefix(_TRANSLATION)
        for entry in profile.translations.all():
            if entry.language == language:
                return {"designation": entry.designation, "biography": entry.biography}
        return _nothing(name)
    return sorted(tag.name for tag in profile.tags.all())


# --- writing ----------------------------------------------------------------------------------------------


def write(profile: ExpertProfile, name: str, value: Any) -> None:
    """Set what ``value_of`` reads; columns wait for the caller to save the profile. Not for the name."""
    if name in _COLUMNS:
        setattr(profile, _COLUMNS[name], value)
    elif name in _DAYS:
        setattr(profile, _DAYS[name], date.fromisoformat(value) if value else None)
    elif name == Detail.CONTACT:
        profile.visibility[str(Detail.CONTACT)] = int(value)
    elif name in TERM_FIELDS:
        _write_terms(profile, name, value)
    elif name in (Detail.LEVELS, Detail.EVIDENCE):
        _write_depth(profile, name, value)
    elif name in _ENGAGEMENTS:
        _write_engagements(profile, _ENGAGEMENTS[name], value)
    elif name == Field.PUBLICATIONS:
        _write_publications(profile, value)
    elif name.startswith(_TRANSLATION):
        _write_translation(profile, name.removeprefix(_TRANSLATION), value)
    elif name == Field.TAGS:
        profile.tags.set(value)


def _write_terms(profile: ExpertProfile, field: str, wanted: list[int]) -> None:
    held = profile.terms.filter(field=field)
    held.exclude(term__in=wanted).delete()
    there = set(held.values_list("term_id", flat=True))
    ProfileTerm.objects.bulk_create(
        ProfileTerm(profile=profile, field=field, term_id=pk) for pk in wanted if pk not in there
    )


def _write_depth(profile: ExpertProfile, name: str, told: dict[str, Any]) -> None:
    """Levels of languages, or years and evidence of subjects; what is said of others is dropped."""
    field = Field.LANGUAGES if name == Detail.LEVELS else Field.SUBJECTS
    entries = list(ProfileTerm.objects.filter(profile=profile, field=field))
    for entry in entries:
        said = told.get(str(entry.term_id))
        if name == Detail.LEVELS:
            entry.level = said or ""
        else:
            entry.years = said["years"] if said else None
            entry.evidence = said["evidence"] if said else ""
    ProfileTerm.objects.bulk_update(entries, ["level", "years", "evidence"])


def _write_engagements(profile: ExpertProfile, kind: str, rows: list[dict[str, Any]]) -> None:
    profile.engagements.filter(kind=kind).delete()
    Engagement.objects.bulk_create(
        Engagement(profile=profile, kind=kind, position=place, **{key: row[key] for key in ENGAGEMENT_KEYS})
        for place, row in enumerate(rows)
    )


def _write_publications(profile: ExpertProfile, rows: list[dict[str, Any]]) -> None:
    profile.publications.all().delete()
    Publication.objects.bulk_create(
        Publication(profile=profile, position=place, **{key: row[key] for key in PUBLICATION_KEYS})
        for place, row in enumerate(rows)
    )


def _write_translation(profile: ExpertProfile, language: str, texts: dict[str, str]) -> None:
    held = ProfileTranslation.objects.filter(profile=profile, language=language)
    if not any(texts.values()):
        held.delete()
    elif not held.update(**texts):
        ProfileTranslation.objects.create(profile=profile, language=language, **texts)
