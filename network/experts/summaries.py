"""A person's own profile in words: what stands in each field and who sees it."""

from dataclasses import dataclass

from network.experts.disclosure import photo_url, term_label
from network.experts.enums import TERM_FIELDS, Field
from network.experts.models import ExpertProfile
from network.experts.sections import Section, value_of
from network.foundations import richtext


@dataclass(frozen=True)
class FieldSummary:
    """One line of the overview. ``html`` only for the biography, which is clean already."""

    field: str
    label: str
    seen_by: str
    level: int
    text: str = ""
    html: str = ""
    image: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.html or self.image)


def summarize(profile: ExpertProfile, section: Section) -> list[FieldSummary]:
    return [_summary(profile, field) for field in section.fields]


def _summary(profile: ExpertProfile, field: Field) -> FieldSummary:
    level = profile.level(field)
    return FieldSummary(
        field=field.value,
        label=field.label,
        seen_by=level.label,
        level=int(level),
        text=_text(profile, field),
        html=profile.biography
        if field == Field.BIOGRAPHY and not richtext.is_empty(profile.biography)
        else "",
        image=photo_url(profile, 96) if field == Field.PHOTO else "",
    )


def _text(profile: ExpertProfile, field: Field) -> str:
    if field in (Field.BIOGRAPHY, Field.PHOTO):
        return ""
    if field == Field.COUNTRY:
        return profile.country.name if profile.country else ""
    if field in TERM_FIELDS:
        held = profile.terms.select_related("term") if profile.pk else []
        return ", ".join(term_label(entry.term) for entry in held if entry.field == field)
    value = value_of(profile, field)
    return ", ".join(value) if isinstance(value, list) else value
