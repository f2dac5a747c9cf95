"""Calling cards: what an address book knows of a person, read into a profile and written from one."""

from typing import Any

import vobject
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from vobject.base import ParseError, VObjectError

from network.accounts.names import clean_name
from network.experts import orcid
from network.experts.disclosure import ProfilePage
from network.experts.enums import Field
from network.experts.importing import headers
from network.experts.importing.countries import Unknown
from network.experts.importing.headers import key
from network.experts.importing.rows import Rejection, Vocabularies, person_in
from network.foundations import richtext, tables
from network.foundations.exceptions import Refused

#: Bytes of a file: a card with a large picture in it.
LARGEST = 3_000_000


# --- reading ----------------------------------------------------------------------------------------------


def read(content: bytes) -> dict[str, Any]:
    """What a card (vCard) or the first row of a table (CSV) says, as values of fields.

    Raises ``Refused`` with a sentence.
    """
    text = content.decode("utf-8-sig", "replace")
    return _of_card(text) if "BEGIN:VCARD" in text[:2000].upper() else _of_table(content)


def _of_card(text: str) -> dict[str, Any]:
    try:
        card = next(vobject.readComponents(text, allowQP=True))
        told = {name: list(lines) for name, lines in card.contents.items()}
    except (StopIteration, VObjectError, ParseError, ValueError, AttributeError, IndexError, KeyError):
        raise Refused(_("This card cannot be read. Export it again as vCard 3.0 or 4.0."), "file") from None
    known = Vocabularies()
    organization = _value(told, "org")
    parts = organization if isinstance(organization, list) else [organization]
    address = _value(told, "adr")
    languages = [known.languages.get(key(str(line.value))) for line in told.get("lang", [])]
    websites = [str(line.value).strip() for line in told.get("url", [])]
    found = {
        Field.NAME: _line(_value(told, "fn"), 150),
        Field.DESIGNATION: _line(_value(told, "title") or _value(told, "role"), 150),
        Field.AFFILIATION: _line(parts[0] if parts else "", 200),
        Field.DEPARTMENT: _line(parts[1] if len(parts) > 1 else "", 200),
        Field.COUNTRY: _country(str(getattr(address, "country", "") or ""), known),
        Field.LANGUAGES: sorted({pk for pk in languages if pk}),
        Field.WEBSITE: next((url for url in websites if _is_website(url)), ""),
        Field.ORCID: next((found for url in websites if (found := orcid.normal_form(url))), ""),
        Field.BIOGRAPHY: richtext.clean(richtext.from_plain_text(str(_value(told, "note") or "")[:20_000])),
    }
    return {str(field): value for field, value in found.items() if value}


def _value(told: dict[str, list[Any]], name: str) -> Any:
    return told[name][0].value if told.get(name) else ""


def _line(value: Any, most: int) -> str:
    return clean_name(str(value or ""))[:most].strip()


def _is_website(address: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return False
    return len(address) <= 200 and "orcid.org" not in address


def _country(name: str, known: Vocabularies) -> int | None:
    """A card is full of what its owner never reads: a country that nobody knows is left out."""
    try:
        return known.country(name) if name else None
    except Unknown:
        return None


def _of_table(content: bytes) -> dict[str, Any]:
    try:
        found = tables.read(content, headers.how_many)
        columns = headers.columns(found.header)
        row = found.rows[0][1]
    except tables.Unreadable:
        raise Refused(_("This file is neither a vCard nor a table."), "file") from None
    except IndexError:
        raise Refused(_("Below the header of this table stands nobody."), "file") from None
    cells = headers.told_by(row, columns)
    # Whose list it was does not matter here: she fills in her own profile.
    cells["email"] = cells.get("email") or "nobody@card.example"
    try:
        person = person_in(cells, Vocabularies())
    except Rejection as refused:
        raise Refused(str(refused), "file") from None
    return {str(field): value for field, value in person.values.items()} | {str(Field.NAME): person.name}


# --- writing ----------------------------------------------------------------------------------------------


def write(page: ProfilePage, email: str = "") -> str:
    """A vCard 3.0, which every address book reads, of what a page shows; an address only if it is given."""
    card = vobject.vCard()
    name = page.card.name
    given, _space, family = name.rpartition(" ")
    card.add("n").value = vobject.vcard.Name(family=family or name, given=given if family else "")
    card.add("fn").value = name
    for kind, value in (
        ("nickname", ", ".join(page.other_names)),
        ("title", page.card.designation),
        ("url", page.website),
        ("note", richtext.excerpt(page.biography, 500)),
        ("categories", [word.name for word in (*page.subjects, *page.tags)]),
    ):
        if value:
            card.add(kind).value = value
    if page.card.affiliation:
        card.add("org").value = [part for part in (page.card.affiliation, page.department) if part]
    if page.card.country:
        card.add("adr").value = vobject.vcard.Address(country=page.card.country)
    if email:
        card.add("email").value = email
    if page.orcid_url:
        card.add("x-orcid").value = page.orcid_url
    card.add("source").value = f"{settings.NETWORK_BASE_URL}{page.card.url}"
    return str(card.serialize())
