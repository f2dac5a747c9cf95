"""One row of a list as a person: what it says in our words, or why it cannot be taken."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from network.accounts.names import clean_name
from network.experts import orcid
from network.experts.enums import Field
from network.experts.fields import MAX_TAG_LENGTH, MAX_TAGS
from network.experts.importing.countries import Countries, Unknown
from network.experts.importing.headers import key
from network.foundations import richtext
from network.foundations.tables import MAX_CELL
from network.thesaurus.models import Term

_BETWEEN = re.compile(r"[,;/|،؛，；、\n]+|\s+(?:and|et|y|и|و|和)\s+")
_EMAIL = re.compile(r"[^\s<>;,]+@[^\s<>;,]+")
#: Between the family name and the given one, where the family name comes first.
_COMMA = re.compile(r"[,，،]")


class Rejection(Exception):
    """The row cannot be taken; the text says what to mend."""


@dataclass(frozen=True)
class Person:
    """What a row tells of somebody."""

    email: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)


class Vocabularies:
    """Terms by whatever name a row may call them."""

    def __init__(self) -> None:
        terms = list(Term.objects.filter(domain__in=["country", "language", "subject", "kmgbf-target"]))
        countries = [term for term in terms if term.domain_id == "country"]
        self.country = Countries(countries, _by_name(terms, "country"))
        self.languages = _by_name(terms, "language")
        self.subjects = _by_name(terms, "subject")
        self.targets = {term.code: term.pk for term in terms if term.domain_id == "kmgbf-target"}


def _by_name(terms: list[Term], domain: str) -> dict[str, int]:
    """Every name in six languages, in the own language and the code, to the term."""
    found: dict[str, int] = {}
    for term in terms:
        if term.domain_id == domain:
            for name in (term.code, *term.names.values(), term.facts.get("own_name", "")):
                if key(name):
                    found.setdefault(key(name), term.pk)
    return found


def person_in(cells: dict[str, str], known: Vocabularies) -> Person:
    """The person of one row; raises ``Rejection``."""
    for cell in cells.values():
        if len(cell) > MAX_CELL:
            raise Rejection(_("A cell holds more than %(most)d signs.") % {"most": MAX_CELL})
    email = email_in(cells.get("email", ""))
    name = _name(cells)
    values: dict[str, Any] = {
        Field.DESIGNATION: _short(cells, "designation", 150),
        Field.AFFILIATION: _short(cells, "affiliation", 200),
        Field.COUNTRY: _country(cells.get("country", ""), known),
        Field.WORKED: _worked(cells.get("worked", ""), known),
        Field.LANGUAGES: _languages(cells.get("languages", ""), known),
        Field.TARGETS: _targets(cells.get("targets", ""), known),
        Field.WEBSITE: _website(cells.get("website", "")),
        Field.ORCID: _orcid(cells.get("orcid", "")),
        Field.BIOGRAPHY: _biography(cells.get("biography", "")),
    }
    values[Field.SUBJECTS], values[Field.TAGS] = _expertise(cells.get("expertise", ""), known)
    return Person(email, name, {column: value for column, value in values.items() if value})


def email_in(cell: str) -> str:
    """The first address in the cell, which may hold a name beside it or several of them."""
    found = _EMAIL.search(cell.replace("mailto:", ""))
    if not found:
        raise Rejection(
            _("“%(cell)s” is no e-mail address.") % {"cell": cell[:80]}
            if cell
            else _("The e-mail address is missing.")
        )
    email = found.group().strip(".'\"()").lower()
    try:
        EmailValidator()(email)
    except ValidationError:
        raise Rejection(_("“%(cell)s” is no e-mail address.") % {"cell": email[:80]}) from None
    if len(email) > 254:
        raise Rejection(_("The e-mail address is too long."))
    return email


def _name(cells: dict[str, str]) -> str:
    """From one column or two; 'WANJIRU, Amina' is turned round."""
    if cells.get("given") or cells.get("family"):
        name = f"{cells.get('given', '')} {cells.get('family', '')}"
    else:
        name = _turned(cells.get("name", ""))
    name = clean_name(name)
    if not any(sign.isalpha() for sign in name):
        raise Rejection(_("The name is missing."))
    if len(name) > 150:
        raise Rejection(_("The name is longer than 150 characters."))
    return name


def _turned(written: str) -> str:
    """'WANJIRU, Amina' the right way round; what stands behind a second comma is a title or a degree."""
    family, *rest = [part.strip() for part in _COMMA.split(written)]
    return f"{rest[0]} {family}" if rest and rest[0] else family


def _short(cells: dict[str, str], column: str, most: int) -> str:
    text = clean_name(cells.get(column, ""))
    if len(text) > most:
        raise Rejection(
            _("The cell “%(cell)s…” is longer than %(most)d characters.") % {"cell": text[:30], "most": most}
        )
    return text


def _country(cell: str, known: Vocabularies) -> int | None:
    try:
        return known.country(cell) if cell else None
    except Unknown as unknown:
        raise Rejection(str(unknown)) from None


def _worked(cell: str, known: Vocabularies) -> list[int]:
    """Several countries in one cell; those whose names hold a comma or an 'and' stand alone or as codes."""
    try:
        return [known.country(cell)] if cell else []
    except Unknown:
        found = {_country(part, known) for part in _parts(cell)}
    return sorted(country for country in found if country)


def _biography(cell: str) -> str:
    if objection := richtext.objection(cell):
        raise Rejection(objection)
    try:
        return richtext.clean(richtext.from_plain_text(cell))
    except ValidationError as error:
        raise Rejection(error.messages[0]) from None


def _languages(cell: str, known: Vocabularies) -> list[int]:
    found = []
    for name in _parts(cell):
        language = known.languages.get(key(name)) or known.languages.get(key(name.partition("(")[0]))
        if not language:
            raise Rejection(_("“%(cell)s” is no language that we know.") % {"cell": name[:60]})
        found.append(language)
    return sorted(set(found))


def _targets(cell: str, known: Vocabularies) -> list[int]:
    numbers = re.findall(r"\d+", cell)
    for number in numbers:
        if number.lstrip("0") not in known.targets:
            raise Rejection(
                _("There is no global target %(number)s; they go from 1 to 23.") % {"number": number[:10]}
            )
    return sorted({known.targets[number.lstrip("0")] for number in numbers})


def _expertise(cell: str, known: Vocabularies) -> tuple[list[int], list[str]]:
    """Words that are subjects of the thesaurus, and the others as keywords."""
    whole = known.subjects.get(key(cell))
    if whole:
        return [whole], []
    subjects: set[int] = set()
    tags: dict[str, str] = {}
    for word in _parts(cell):
        if subject := known.subjects.get(key(word)):
            subjects.add(subject)
        elif any(sign.isalnum() for sign in word):
            tags.setdefault(word.casefold(), word)
    for word in tags.values():
        if len(word) > MAX_TAG_LENGTH:
            raise Rejection(
                _("The keyword “%(word)s…” is too long; put commas between keywords.") % {"word": word[:30]}
            )
    if len(tags) > MAX_TAGS:
        raise Rejection(
            _("There are %(number)d keywords; %(most)d are the most.")
            % {"number": len(tags), "most": MAX_TAGS}
        )
    return sorted(subjects), sorted(tags.values())


def _parts(cell: str) -> list[str]:
    return [part.strip(" .") for part in _BETWEEN.split(cell) if part.strip(" .")]


def _website(cell: str) -> str:
    if not cell:
        return ""
    address = cell if "://" in cell else f"https://{cell}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise Rejection(_("“%(cell)s” is no website.") % {"cell": cell[:80]}) from None
    if len(address) > 200:
        raise Rejection(_("The website’s address is longer than 200 characters."))
    return address


def _orcid(cell: str) -> str:
    found = orcid.normal_form(cell) if cell else ""
    if found is None:
        raise Rejection(_("“%(cell)s” is no ORCID iD; a digit may be mistyped.") % {"cell": cell[:60]})
    return found
