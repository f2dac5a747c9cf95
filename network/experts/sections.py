"""The parts in which a profile is edited, and what stands in each: to compare, to show, to keep."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from network.experts.enums import TERM_FIELDS, Field
from network.experts.models import ExpertProfile


@dataclass(frozen=True)
class Section:
    """A few fields that are saved together."""

    name: str
    title: str
    help: str
    fields: tuple[Field, ...]


SECTIONS = {
    section.name: section
    for section in (
        Section(
            "about",
            _("Who you are"),
            _("What others see first."),
            (Field.NAME, Field.DESIGNATION, Field.AFFILIATION, Field.COUNTRY),
        ),
        Section(
            "expertise",
            _("What you know"),
            _("What people search for when they look for somebody like you."),
            (Field.SUBJECTS, Field.TARGETS, Field.TAGS, Field.LANGUAGES, Field.WORKED),
        ),
        Section(
            "story",
            _("Your story"),
            _("Your work in your own words, and where to read more."),
            (Field.BIOGRAPHY, Field.WEBSITE, Field.ORCID),
        ),
        Section("photo", _("Photo"), _("A face is remembered better than a name."), (Field.PHOTO,)),
    )
}

_COLUMNS = {
    Field.DESIGNATION: "designation",
    Field.AFFILIATION: "affiliation",
    Field.COUNTRY: "country_id",
    Field.BIOGRAPHY: "biography",
    Field.WEBSITE: "website",
    Field.ORCID: "orcid",
    Field.PHOTO: "photo_key",
}


def value_of(profile: ExpertProfile, field: str) -> Any:
    """What the profile holds in ``field``, as plain values: lists of terms as ids, keywords as words."""
    if field == Field.NAME:
        return profile.user.name
    if field in _COLUMNS:
        return getattr(profile, _COLUMNS[field])
    if profile.pk is None:
        return []
    if field in TERM_FIELDS:
        return sorted(term.term_id for term in profile.terms.all() if term.field == field)
    return sorted(tag.name for tag in profile.tags.all())


def write(profile: ExpertProfile, field: str, value: Any) -> None:
    """Set what is a column of the profile; lists are written once the row stands."""
    setattr(profile, _COLUMNS[field], value)


def is_column(field: str) -> bool:
    return field in _COLUMNS


def snapshot(profile: ExpertProfile, section: Section) -> dict[str, Any]:
    """All that an edit of ``section`` may change: values and who sees them."""
    return {
        "values": {str(field): value_of(profile, field) for field in section.fields},
        "visibility": {str(field): int(profile.chosen(field)) for field in section.fields},
    }


def version_of(snapshot: dict[str, Any]) -> str:
    """Names what an editor saw: it differs as soon as anything in the section does."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True).encode()).hexdigest()[:16]
