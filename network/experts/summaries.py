"""A person's own profile in words: what stands in each field and who sees it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.defaultfilters import date as day_of
from django.utils.translation import gettext as _

from network.experts import lines, values
from network.experts.disclosure import photo_url, term_label
from network.experts.enums import (
    FIELD_OF_DETAIL,
    TERM_FIELDS,
    Detail,
    Field,
    Gender,
    Group,
    Level,
    Offer,
    Visibility,
)
from network.experts.models import ExpertProfile
from network.experts.sections import Section, language_of
from network.foundations import richtext
from network.thesaurus.models import Term


@dataclass(frozen=True)
class FieldSummary:
    """One line of the overview. ``html`` only for written texts, which are clean already.

    ``seen_by`` is empty for what tells itself who may do what.
    """

    field: str
    label: str
    seen_by: str
    level: int
    text: str = ""
    html: str = ""
    image: str = ""
    parts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.html or self.image or self.parts)


def summarize(profile: ExpertProfile, section: Section) -> list[FieldSummary]:
    """Each field of the section; of a translation its two texts."""
    if language := language_of(section):
        return _translated(profile, language)
    return [_summary(profile, name) for name in section.kept]


def _summary(profile: ExpertProfile, name: str) -> FieldSummary:
    level = profile.level(FIELD_OF_DETAIL.get(name, name)) if name != Detail.CONTACT else Visibility.NOBODY
    told = in_words(name, values.value_of(profile, name))
    return FieldSummary(
        field=str(name),
        label=label_of(name),
        seen_by=str(level.label) if name != Detail.CONTACT else "",
        level=int(level),
        html=profile.biography
        if name == Field.BIOGRAPHY and not richtext.is_empty(profile.biography)
        else "",
        image=photo_url(profile, 96) if name == Field.PHOTO else "",
        text="" if name in (Field.BIOGRAPHY, Field.PHOTO) or len(told) > 1 else "".join(told),
        parts=tuple(told) if len(told) > 1 else (),
    )


def label_of(name: str) -> str:
    if name in Field.values:
        return str(Field(name).label)
    return str(Detail(name).label) if name in Detail.values else str(name)


def _translated(profile: ExpertProfile, language: str) -> list[FieldSummary]:
    held = values.value_of(profile, values.translation(language))
    position, biography = (profile.level(field) for field in (Field.DESIGNATION, Field.BIOGRAPHY))
    return [
        FieldSummary(
            "designation",
            str(Field.DESIGNATION.label),
            str(position.label),
            int(position),
            text=held["designation"],
        ),
        FieldSummary(
            "biography",
            str(Field.BIOGRAPHY.label),
            str(biography.label),
            int(biography),
            html=held["biography"],
        ),
    ]


# --- values in words --------------------------------------------------------------------------------------


def in_words(name: str, value: Any) -> list[str]:
    """A plain value as lines to read, in the language of the page; nothing where nothing stands."""
    if value in (None, "", [], {}):
        return []
    if name in TERM_FIELDS:
        terms = Term.objects.filter(pk__in=value).order_by("position", "code")
        return [", ".join(term_label(term) for term in terms)]
    if teller := _TELLERS.get(name):
        return teller(value)
    if isinstance(value, dict):
        return [
            text for text in (value.get("designation"), richtext.to_text(value.get("biography", ""))) if text
        ]
    return [", ".join(value) if isinstance(value, list) else str(value)]


def _country(pk: int) -> list[str]:
    return [term.name for term in Term.objects.filter(pk=pk)]


def _evidence(told: dict[str, dict[str, Any]]) -> list[str]:
    terms = Term.objects.in_bulk([int(pk) for pk in told])
    return [
        f"{term_label(terms[int(pk)])}: {lines.experience(said['years'], said['evidence'])}"
        for pk, said in told.items()
        if int(pk) in terms
    ]


def _levels(told: dict[str, str]) -> list[str]:
    terms = Term.objects.in_bulk([int(pk) for pk in told])
    return [
        ", ".join(
            f"{terms[int(pk)].name} ({Level(level).label})" for pk, level in told.items() if int(pk) in terms
        )
    ]


def _day(iso: str) -> list[str]:
    return [day_of(date.fromisoformat(iso), "DATE_FORMAT")]


def _contact(level: int) -> list[str]:
    return [_("Nobody") if level == Visibility.NOBODY else str(Visibility(level).label)]


_TELLERS: dict[str, Any] = {
    Field.COUNTRY: _country,
    Field.BIOGRAPHY: lambda html: [richtext.to_text(html)],
    Field.ROLES: lambda rows: [lines.engagement(row) for row in rows],
    Field.TRAININGS: lambda rows: [lines.engagement(row) for row in rows],
    Field.PUBLICATIONS: lambda rows: [lines.publication(row) for row in rows],
    Field.AVAILABILITY: lambda codes: [", ".join(str(Offer(code).label) for code in codes)],
    Field.GROUPS: lambda codes: [", ".join(str(Group(code).label) for code in codes)],
    Field.GENDER: lambda code: [str(Gender(code).label)],
    Detail.EVIDENCE: _evidence,
    Detail.LEVELS: _levels,
    Detail.AVAILABLE_FROM: _day,
    Detail.AWAY_UNTIL: _day,
    Detail.CONTACT: _contact,
    Detail.WRITTEN_IN: lambda code: [str(dict(settings.LANGUAGES).get(code, code))],
}
