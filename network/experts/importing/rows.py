"""One row of a list as a person: what it says in our words, or why it cannot be taken."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from network.accounts.names import clean_name
from network.experts import orcid
from network.experts.enums import Field
from network.experts.fields import MAX_TAG_LENGTH, MAX_TAGS
from network.experts.importing.headers import key
from network.foundations import richtext
from network.thesaurus.models import Term

_BETWEEN = re.compile(r"[,;/|،؛，；、\n]+|\s+(?:and|et|y|и|و|和)\s+")
_EMAIL = re.compile(r"[^\s<>;,]+@[^\s<>;,]+")
#: How people write countries that the United Nations call otherwise.
_ALSO_CALLED = Path(__file__).parent / "countries.yaml"


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
        self.countries = _by_name(terms, "country")
        for code, names in yaml.safe_load(_ALSO_CALLED.read_text(encoding="utf-8")).items():
            country = self.countries.get(key(code))
            for name in names:
                if country:
                    self.countries.setdefault(key(name), country)
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
    email = _email(cells.get("email", ""))
    name = _name(cells)
    values: dict[str, Any] = {
        Field.DESIGNATION: _short(cells, "designation", 150),
        Field.AFFILIATION: _short(cells, "affiliation", 200),
        Field.COUNTRY: _country(cells.get("country", ""), known),
        Field.LANGUAGES: _languages(cells.get("languages", ""), known),
        Field.TARGETS: _targets(cells.get("targets", ""), known),
        Field.WEBSITE: _website(cells.get("website", "")),
        Field.ORCID: _orcid(cells.get("orcid", "")),
        Field.BIOGRAPHY: richtext.clean(richtext.from_plain_text(cells.get("biography", ""))),
    }
    values[Field.SUBJECTS], values[Field.TAGS] = _expertise(cells.get("expertise", ""), known)
    return Person(email, name, {column: value for column, value in values.items() if value})


def _email(cell: str) -> str:
    """The first address in the cell, which may hold a name beside it or several of them."""
    found = _EMAIL.search(cell.replace("mailto:", ""))
    if not found:
        raise Rejection("The e-mail address is missing." if not cell else f"{cell!r} is no e-mail address.")
    email = found.group().strip(".'\"()").lower()
    try:
        EmailValidator()(email)
    except ValidationError:
        raise Rejection(f"{email!r} is no e-mail address.") from None
    if len(email) > 254:
        raise Rejection("The e-mail address is too long.")
    return email


def _name(cells: dict[str, str]) -> str:
    """From one column or two; 'WANJIRU, Amina' is turned round."""
    if cells.get("given") or cells.get("family"):
        name = f"{cells.get('given', '')} {cells.get('family', '')}"
    else:
        family, comma, given = cells.get("name", "").partition(",")
        name = f"{given} {family}" if comma and given.strip() else family
    name = clean_name(name)
    if not any(sign.isalpha() for sign in name):
        raise Rejection("The name is missing.")
    if len(name) > 150:
        raise Rejection("The name is longer than 150 characters.")
    return name


def _short(cells: dict[str, str], column: str, most: int) -> str:
    text = clean_name(cells.get(column, ""))
    if len(text) > most:
        raise Rejection(f"The {column} is longer than {most} characters.")
    return text


def _country(cell: str, known: Vocabularies) -> int | None:
    if not cell:
        return None
    found = known.countries.get(key(cell)) or known.countries.get(key(cell.partition("(")[0]))
    if not found:
        raise Rejection(
            f"{cell!r} is no country that we know; write its name in a UN language or its ISO code."
        )
    return found


def _languages(cell: str, known: Vocabularies) -> list[int]:
    found = []
    for name in _parts(cell):
        language = known.languages.get(key(name)) or known.languages.get(key(name.partition("(")[0]))
        if not language:
            raise Rejection(f"{name!r} is no language that we know.")
        found.append(language)
    return sorted(set(found))


def _targets(cell: str, known: Vocabularies) -> list[int]:
    numbers = re.findall(r"\d+", cell)
    for number in numbers:
        if number.lstrip("0") not in known.targets:
            raise Rejection(f"There is no global target {number}; they go from 1 to 23.")
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
            raise Rejection(f"The keyword “{word[:30]}…” is too long; put commas between keywords.")
    if len(tags) > MAX_TAGS:
        raise Rejection(f"There are {len(tags)} keywords; {MAX_TAGS} are the most.")
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
        raise Rejection(f"{cell[:80]!r} is no website.") from None
    if len(address) > 200:
        raise Rejection("The website’s address is longer than 200 characters.")
    return address


def _orcid(cell: str) -> str:
    found = orcid.normal_form(cell) if cell else ""
    if found is None:
        raise Rejection(f"{cell[:60]!r} is no ORCID iD; a digit may be mistyped.")
    return found
