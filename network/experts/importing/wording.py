"""Lists and what they tell, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.experts.enums import TERM_FIELDS, Field
from network.experts.models import ExpertProfile
from network.experts.sections import SECTIONS, value_of
from network.experts.summaries import summarize
from network.foundations import richtext
from network.thesaurus.models import Term

_OUTCOMES = {
    "ADDED": _("new"),
    "KNOWN": _("known: brought up to date where the list says more"),
    "CHANGED": _("brought up to date"),
    "UNCHANGED": _("known, nothing new"),
    "CLAIMED": _("keep their profile themselves: left alone, shown what differs"),
    "REFUSED": _("have refused before: left out"),
    "REJECTED": _("could not be taken"),
}


def outcomes(counts: dict[str, int]) -> list[tuple[Any, int]]:
    """What became of how many, those that did not happen left out."""
    return [(label, counts[name]) for name, label in _OUTCOMES.items() if counts.get(name)]


def beside_each_other(profile: ExpertProfile, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Each suggested field with what stands in the profile. One question for all terms."""
    numbers = {pk for field, value in values.items() if field in TERM_FIELDS for pk in value}
    numbers |= {values[Field.COUNTRY]} if values.get(Field.COUNTRY) else set()
    numbers |= {pk for field in values if field in TERM_FIELDS for pk in value_of(profile, field)}
    numbers |= {profile.country_id} if profile.country_id else set()
    terms = Term.objects.in_bulk(numbers)
    return [
        {
            "field": field,
            "label": Field(field).label,
            "hers": _words(field, value_of(profile, field), terms),
            "theirs": _words(field, value, terms),
            "grows": isinstance(value, list),
        }
        for field, value in values.items()
    ]


def _words(field: str, value: Any, terms: dict[int, Term]) -> str:
    if field == Field.COUNTRY:
        return terms[value].name if value in terms else ""
    if field in TERM_FIELDS:
        return ", ".join(terms[pk].name for pk in value if pk in terms)
    if field == Field.BIOGRAPHY:
        return richtext.to_text(value)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def told_of(person: User) -> list[tuple[str, str]]:
    """Everything that a list has told of somebody, for herself to read."""
    profile = ExpertProfile.objects.for_cards().filter(user=person).first()
    told = [(_("Name"), person.name), (_("E-mail address"), person.email)]
    for section in SECTIONS.values() if profile else ():
        for line in summarize(profile, section):
            if line.field not in (Field.NAME, Field.PHOTO) and not line.is_empty:
                told.append((line.label, line.text or richtext.to_text(line.html)))
    return told
