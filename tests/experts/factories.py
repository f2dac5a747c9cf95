"""Profiles for tests, made through the room's own actions."""

from typing import Any

from network.accounts.models import User
from network.experts import actions, sections
from network.experts.enums import Field
from network.experts.models import ExpertProfile
from network.foundations.viewer import viewer_for
from network.thesaurus.models import Term


def term(domain: str, code: str) -> int:
    return Term.objects.get(domain=domain, code=code).pk


FULL: dict[str, Any] = {
    "name": "Amina Wanjiru",
    "designation": "Senior hydrologist",
    "affiliation": "Lake Basin Authority",
    "tags": ["papyrus"],
    "biography": "<p>Maps wetlands with fisherfolk.</p>",
    "website": "https://wanjiru.example/",
    "orcid": "0000-0002-1825-0097",
}


def full_values() -> dict[str, Any]:
    return FULL | {
        "country": term("country", "KE"),
        "worked": [term("country", "UG")],
        "languages": [term("language", "sw")],
        "subjects": [term("subject", "dry-lands")],
        "targets": [term("kmgbf-target", "2")],
    }


def write_profile(user: User, *, seen_by: int | dict[str, int] | None = None, **values: Any) -> ExpertProfile:
    """A draft with ``values``; every field but the name seen by ``seen_by``, or each as it says."""
    viewer = viewer_for(user)
    for section in sections.SECTIONS.values():
        profile = ExpertProfile.objects.filter(user=user).first() or ExpertProfile(user=user)
        standing = sections.snapshot(profile, section)
        actions.save_section(
            viewer=viewer,
            section=section,
            values={name: values[name] for name in section.kept if name in values},
            visibility=_levels(section, seen_by),
            version=sections.version_of(standing),
        )
        user.refresh_from_db()
    return ExpertProfile.objects.get(user=user)


def _levels(section: sections.Section, seen_by: int | dict[str, int] | None) -> dict[str, int]:
    if isinstance(seen_by, dict):
        return {name: seen_by[name] for name in section.fields if name in seen_by}
    if seen_by is None:
        return {}
    return {name: seen_by for name in section.fields if name != Field.NAME}


def published(user: User, **values: Any) -> ExpertProfile:
    """A published profile; without ``name`` the account's own stands."""
    values.setdefault("name", user.name)
    write_profile(user, **values)
    return actions.publish(viewer=viewer_for(user))


def person(number: int, name: str = "") -> User:
    return User.objects.create_user(f"person{number}@example.org", name=name or f"Person {number:03}")
