"""The parts in which a profile is edited, and what stands in each: to compare, to show, to keep."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.experts import values
from network.experts.enums import Detail, Field
from network.experts.models import ExpertProfile


@dataclass(frozen=True)
class Section:
    """A few fields that are saved together. Details have no visibility of their own."""

    name: str
    title: str | Promise
    help: str | Promise
    fields: tuple[Field, ...]
    details: tuple[str, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """All that an edit of it may change."""
        return (*self.fields, *self.details)


SECTIONS = {
    section.name: section
    for section in (
        Section(
            "about",
            _("Who you are"),
            _("What others see first."),
            (
                Field.NAME,
                Field.OTHER_NAMES,
                Field.DESIGNATION,
                Field.DEPARTMENT,
                Field.AFFILIATION,
                Field.COUNTRY,
            ),
        ),
        Section(
            "expertise",
            _("What you know"),
            _("What people search for when they look for somebody like you."),
            (Field.SUBJECTS, Field.TARGETS, Field.TAGS, Field.LANGUAGES, Field.WORKED),
        ),
        Section(
            "depth",
            _("How well you know it"),
            _("Years and evidence for each subject, a level for each language. Seen by whoever sees those."),
            (),
            (Detail.EVIDENCE, Detail.LEVELS),
        ),
        Section(
            "story",
            _("Your story"),
            _("Your work in your own words, and where to read more."),
            (Field.BIOGRAPHY, Field.WEBSITE, Field.ORCID),
            (Detail.WRITTEN_IN,),
        ),
        Section(
            "experience",
            _("What you have done for others"),
            _("Expert groups, panels, delegations; courses and workshops that you gave."),
            (Field.ROLES, Field.TRAININGS),
        ),
        Section(
            "publications",
            _("Publications"),
            _("By hand here, or from BibTeX, a DOI or your ORCID record."),
            (Field.PUBLICATIONS,),
        ),
        Section(
            "availability",
            _("What you have time for"),
            _("What you may be asked, how much of it, and who may write to you."),
            (Field.AVAILABILITY,),
            (Detail.HOURS, Detail.AVAILABLE_FROM, Detail.AWAY_UNTIL, Detail.AWAY_NOTE, Detail.CONTACT),
        ),
        Section(
            "yourself",
            _("How you describe yourself"),
            _(
                "Only if you like. Nobody sees it until you choose who may, nothing is worked out from "
                "the rest of your profile, and a focal point sees no more of it than any other member."
            ),
            (Field.COMMUNITY, Field.GROUPS, Field.GENDER),
        ),
        Section("photo", _("Photo"), _("A face is remembered better than a name."), (Field.PHOTO,)),
    )
}

_TRANSLATED = "in-"


def find(name: str) -> Section | None:
    """The section of that name; ``in-fr`` is the one that holds the texts in French."""
    return SECTIONS.get(name) or _TRANSLATIONS.get(name)


def translations() -> list[Section]:
    return list(_TRANSLATIONS.values())


_TRANSLATIONS = {
    section.name: section
    for code, _name in settings.LANGUAGES
    for section in [
        Section(
            f"{_TRANSLATED}{code}",
            _("Your text in another language"),
            _("Seen by whoever sees your position and your biography."),
            (),
            (values.translation(code),),
        )
    ]
}


def language_of(section: Section) -> str:
    """The language whose texts a section holds; empty for every other section."""
    return section.name.removeprefix(_TRANSLATED) if section.name in _TRANSLATIONS else ""


def snapshot(profile: ExpertProfile, section: Section) -> dict[str, Any]:
    """All that an edit of ``section`` may change: values and who sees them."""
    return {
        "values": {str(name): values.value_of(profile, name) for name in section.kept},
        "visibility": {str(field): int(profile.chosen(field)) for field in section.fields},
    }


def version_of(snapshot: dict[str, Any]) -> str:
    """Names what an editor saw: it differs as soon as anything in the section does."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True).encode()).hexdigest()[:16]


value_of = values.value_of
