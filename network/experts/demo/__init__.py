"""The demonstration’s people: from many countries, in many scripts; some keep things to themselves."""

from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.db import transaction

from network.accounts.models import PeopleList, User
from network.experts import actions, policies, sections
from network.experts.demo import trust
from network.experts.enums import TERM_FIELDS, Field, Visibility
from network.experts.models import ExpertProfile
from network.foundations import richtext
from network.foundations.viewer import viewer_for
from network.organizations.demo import name_alternate, name_focal_point
from network.thesaurus.models import Term

_FILE = Path(__file__).parent / "people.yaml"
_LIST = Path(__file__).parent / "roster.csv"
_LIST_NAME = "Peer reviewers, Eastern Africa 2026"


def seed() -> None:
    """Write and publish those profiles that are not there yet; what people changed since stays."""
    terms = {(term.domain_id, term.code): term.pk for term in Term.objects.all()}
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        _seed_person(entry, terms)
    _seed_list()
    trust.seed()


def _seed_list() -> None:
    """A roster that the secretariat has uploaded and tried, and what it says of somebody."""
    if PeopleList.objects.filter(name=_LIST_NAME).exists():
        return
    viewer = viewer_for(User.objects.get(email="secretariat@demo.example"))
    if not policies.can_enter_people(viewer):
        return
    content = _LIST.read_bytes()
    roster = actions.upload_list(viewer=viewer, name=_LIST_NAME, file_name=_LIST.name, content=content)
    columns = {int(number): field for number, field in roster.columns.items()}
    actions.tell_columns(viewer=viewer, roster=roster, columns=columns, invite=False, version=roster.version)
    actions.enter_person(
        by=viewer,
        email="expert@demo.example",
        name="Amina Wanjiru",
        values={Field.DESIGNATION: "Senior Research Fellow, Wetlands"},
        list_name=_LIST_NAME,
    )


@transaction.atomic
def _seed_person(entry: dict[str, Any], terms: dict[tuple[str, str], int]) -> None:
    person = _person(entry)
    if ExpertProfile.objects.filter(user=person).exists():
        return
    values = _values(entry, person, terms)
    viewer = viewer_for(person)
    for section in sections.SECTIONS.values():
        profile = ExpertProfile.objects.filter(user=person).first() or ExpertProfile(user=person)
        actions.save_section(
            viewer=viewer,
            section=section,
            values={field: values[field] for field in section.fields if field in values},
            visibility=_visibility(entry, section),
            version=sections.version_of(sections.snapshot(profile, section)),
        )
        person.refresh_from_db()
    actions.publish(viewer=viewer)
    if point := entry.get("focal_point"):
        secretariat = viewer_for(User.objects.get(email="secretariat@demo.example"))
        name_focal_point(secretariat, person.email, point["country"], point["role"], point["since"])
    if focal_point := entry.get("alternate_for"):
        name_alternate(focal_point, person.email)


def _person(entry: dict[str, Any]) -> User:
    """The person, who has no password: whoever reads her mail claims her account with a code."""
    person = User.objects.filter(email=entry["email"]).first()
    if person is None:
        person = User.objects.create_user(entry["email"], name=entry["name"], language=entry["language"])
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def _values(entry: dict[str, Any], person: User, terms: dict[tuple[str, str], int]) -> dict[str, Any]:
    values = {
        field: entry[field]
        for field in (Field.DESIGNATION, Field.AFFILIATION, Field.TAGS, Field.WEBSITE, Field.ORCID)
        if field in entry
    }
    for field, domain in TERM_FIELDS.items():
        values[field] = [terms[domain, code] for code in entry.get(field, [])]
    return values | {
        Field.NAME: person.name,
        Field.COUNTRY: terms["country", entry["country"]],
        Field.BIOGRAPHY: richtext.clean(entry.get("biography", "")),
    }


def _visibility(entry: dict[str, Any], section: sections.Section) -> dict[str, int]:
    see = dict(entry.get("see", {}))
    if everything := see.pop("all", None):
        see = dict.fromkeys((field for field in Field.values if field != Field.NAME), everything) | see
    return {field: int(Visibility[see[field].upper()]) for field in section.fields if field in see}
