"""The demonstration’s people: from many countries, in many scripts; some keep things to themselves."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.db import transaction

from network.accounts.models import PeopleList, User
from network.experts import actions, policies, sections
from network.experts.demo import lists, trust
from network.experts.enums import SELF_DESCRIPTION, TERM_FIELDS, Detail, Field, Source, Visibility
from network.experts.models import ExpertProfile, Message
from network.experts.values import ENGAGEMENT_KEYS, PUBLICATION_KEYS, translation
from network.foundations import richtext
from network.foundations.viewer import Viewer, viewer_for
from network.organizations.demo import name_alternate, name_focal_point
from network.thesaurus.models import Term

#: What `see: {all: ...}` does not open: each of these has a choice of its own.
_FOR_HERSELF = {Field.NAME, *SELF_DESCRIPTION}
_FILE = Path(__file__).parent / "people.yaml"
_LIST = Path(__file__).parent / "roster.csv"
_LIST_NAME = "Peer reviewers, Eastern Africa 2026"
#: Fields and details that stand in the file as they are kept.
_AS_WRITTEN = (
    Field.DESIGNATION,
    Field.DEPARTMENT,
    Field.OTHER_NAMES,
    Field.AFFILIATION,
    Field.TAGS,
    Field.WEBSITE,
    Field.ORCID,
    Field.AVAILABILITY,
    Field.COMMUNITY,
    Field.GROUPS,
    Field.GENDER,
    Detail.HOURS,
    Detail.AVAILABLE_FROM,
    Detail.AWAY_UNTIL,
    Detail.AWAY_NOTE,
    Detail.CONTACT,
    Detail.WRITTEN_IN,
)


def seed() -> None:
    """Write and publish those profiles that are not there yet; what people changed since stays."""
    _seed_former_country()
    terms = {(term.domain_id, term.code): term.pk for term in Term.objects.all()}
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        _seed_person(entry, terms)
    _seed_list()
    trust.seed()
    lists.seed()
    _seed_message()


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
    _seed_twin(viewer)


def _seed_twin(viewer: Viewer) -> None:
    """An old list knew the expert by another address, family name first: administrators see the pair."""
    actions.enter_person(
        by=viewer,
        email="a.wanjiru@post.example",
        name="WANJIRU Amina",
        values={
            Field.COUNTRY: Term.objects.get(domain="country", code="KE").pk,
            Field.DESIGNATION: "Research Fellow",
        },
        list_name="Roster 2019",
    )


def _seed_former_country() -> None:
    """A country that is no more stays true of those who have worked there."""
    Term.objects.get_or_create(
        domain_id="country",
        code="YU",
        defaults={
            "names": {
                "en": "Yugoslavia (until 2003)",
                "fr": "Yougoslavie (jusqu’en 2003)",
                "es": "Yugoslavia (hasta 2003)",
                "ru": "Югославия (до 2003)",
                "zh-hans": "南斯拉夫（至2003年）",
                "ar": "يوغوسلافيا (حتى 2003)",
            },
            "retired_on": date(2003, 2, 4),
        },
    )


def _seed_message() -> None:
    """Somebody found the expert and asks her; it waits in her inbox."""
    expert = ExpertProfile.objects.select_related("user").get(user__email="expert@demo.example")
    writer = User.objects.get(email="lena.brandt@people.example")
    if not Message.objects.filter(sender=writer, recipient=expert.user).exists():
        actions.write_to(
            viewer=viewer_for(writer),
            profile=expert,
            subject="Papyrus in a seed bank?",
            text="Dear Amina,\n\nwe keep salt marsh seed, and I wonder who has tried to store papyrus. "
            "Would you have half an hour for a call?\n\nLena",
        )


@transaction.atomic
def _seed_person(entry: dict[str, Any], terms: dict[tuple[str, str], int]) -> None:
    person = _person(entry)
    if ExpertProfile.objects.filter(user=person).exists():
        return
    values = _values(entry, person, terms)
    viewer = viewer_for(person)
    for section in [*sections.SECTIONS.values(), *sections.translations()]:
        if sections.language_of(section) and section.kept[0] not in values:
            continue
        profile = ExpertProfile.objects.filter(user=person).first() or ExpertProfile(user=person)
        actions.save_section(
            viewer=viewer,
            section=section,
            values={field: values[field] for field in section.kept if field in values},
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
    values = {field: entry[field] for field in _AS_WRITTEN if field in entry}
    values |= _lists(entry) | _depth(entry, terms)
    for language, texts in entry.get("in", {}).items():
        values[translation(language)] = {
            "designation": texts.get("designation", ""),
            "biography": richtext.clean(texts.get("biography", "")),
        }
    for field, domain in TERM_FIELDS.items():
        values[field] = [terms[domain, code] for code in entry.get(field, [])]
    return values | {
        Field.NAME: person.name,
        Field.COUNTRY: terms["country", entry["country"]],
        Field.BIOGRAPHY: richtext.clean(entry.get("biography", "")),
    }


def _lists(entry: dict[str, Any]) -> dict[str, Any]:
    """Roles and trainings as ``[title, body, since, until]``, works as dicts."""
    told: dict[str, Any] = {}
    for field in (Field.ROLES, Field.TRAININGS):
        told[field] = [
            dict(zip(ENGAGEMENT_KEYS, [*row, None, None, None], strict=False))
            | {"body": row[1] if row[1:] else ""}
            for row in entry.get(field, [])
        ]
    empty = dict.fromkeys(PUBLICATION_KEYS, "") | {"year": None, "source": str(Source.HAND)}
    told[Field.PUBLICATIONS] = [empty | row for row in entry.get(Field.PUBLICATIONS, [])]
    return told


def _depth(entry: dict[str, Any], terms: dict[tuple[str, str], int]) -> dict[str, Any]:
    """Years and evidence of subjects, levels of languages, by the codes of both."""
    return {
        Detail.EVIDENCE: {
            str(terms["subject", code]): {"years": years, "evidence": evidence}
            for code, (years, evidence) in entry.get("evidence", {}).items()
        },
        Detail.LEVELS: {
            str(terms["language", code]): level for code, level in entry.get("levels", {}).items()
        },
    }


def _visibility(entry: dict[str, Any], section: sections.Section) -> dict[str, int]:
    see = dict(entry.get("see", {}))
    if everything := see.pop("all", None):
        see = dict.fromkeys((field for field in Field.values if field not in _FOR_HERSELF), everything) | see
    return {field: int(Visibility[see[field].upper()]) for field in section.fields if field in see}
