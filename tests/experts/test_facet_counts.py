"""Counts of facets are those of the fields that the viewer sees, whoever asks and whatever for."""

import random
from collections import defaultdict
from typing import Any

import pytest

from network.accounts.models import User
from network.experts import disclosure, facets
from network.experts.asking import Asked, asked
from network.experts.counting import counts_of
from network.experts.directory import Directory
from network.experts.enums import Facet, Field, State
from network.experts.models import Circle, ExpertProfile, ProfileFacet, ProfileTerm
from network.foundations.viewer import EVERYONE, MEMBER, Viewer
from network.organizations.models import Organization
from network.thesaurus.models import Term
from tests.experts.factories import person

pytestmark = pytest.mark.django_db

_SUBJECTS = ["forests", "islands", "mountains"]
_LISTS = {
    Field.SUBJECTS: (Facet.SUBJECT, "subject", _SUBJECTS),
    Field.LANGUAGES: (Facet.LANGUAGE, "language", ["en", "fr"]),
    Field.WORKED: (Facet.WORKED, "country", ["KE", "FJ"]),
}


def some_profiles(chance: random.Random) -> list[ExpertProfile]:
    broad = Term.objects.create(domain_id="subject", code="broad", names={"en": "Broad"})
    Term.objects.filter(domain="subject", code__in=_SUBJECTS[:2]).update(parent=broad)
    for number, kind in enumerate(["research", "research", "business"]):
        Organization.objects.create(slug=f"o{number}", name=f"O{number}", sort_name=f"o{number}", kind=kind)
    return [_profile(number, chance) for number in range(12)]


def _profile(number: int, chance: random.Random) -> ExpertProfile:
    user = person(number)
    profile = ExpertProfile.objects.create(
        user=user,
        state=chance.choice([*[State.PUBLISHED] * 5, State.HIDDEN]),
        country=chance.choice([None, *Term.objects.filter(domain="country", code__in=["KE", "FJ", "PE"])]),
        organization=chance.choice([None, *Organization.objects.all()]),
        name_visibility=chance.choice([1, 2, 3, 3]),
        visibility={str(field): chance.choice([0, 1, 2, 3]) for field in Field if field != Field.NAME},
    )
    for field, (_facet, domain, codes) in _LISTS.items():
        for term in Term.objects.filter(domain=domain, code__in=chance.sample(codes, chance.randint(0, 2))):
            ProfileTerm.objects.create(profile=profile, field=field, term=term)
    if chance.random() < 0.1:
        User.objects.filter(pk=user.pk).update(is_active=False)
    facets.rebuild(profile)
    if chance.random() < 0.4:
        Circle.objects.create(profile=profile, key="community:1")
    return ExpertProfile.objects.for_cards().prefetch_related("terms__term").get(pk=profile.pk)


def _viewers(profiles: list[ExpertProfile]) -> list[Viewer]:
    other = person(99)
    keys = {EVERYONE, MEMBER, f"user:{other.pk}"}
    herself = profiles[0].user
    return [
        Viewer(),
        Viewer(user=other, keys=frozenset(keys)),
        Viewer(user=other, keys=frozenset(keys | {"community:1"})),
        Viewer(user=herself, keys=frozenset({EVERYONE, MEMBER, f"user:{herself.pk}"})),
    ]


def _shown(profile: ExpertProfile, viewer: Viewer) -> dict[str, set[Any]] | None:
    """What this viewer sees of a profile, by the rules of its page alone: facet to codes."""
    level = disclosure.levels_for(viewer, [profile])[profile.pk]
    if not disclosure.has_page(profile) or not disclosure.opens(profile, Field.NAME, level):
        return None
    shown: dict[str, set[Any]] = defaultdict(set)
    if disclosure.opens(profile, Field.COUNTRY, level) and profile.country:
        shown[Facet.COUNTRY].add(profile.country.code)
        shown[Facet.REGION].add(profile.country.parent.code)
    if disclosure.opens(profile, Field.AFFILIATION, level) and profile.organization:
        shown[Facet.ORGANIZATION].add(profile.organization.slug)
        shown["kind"].add(profile.organization.kind)
    for entry in profile.terms.all():
        if disclosure.opens(profile, entry.field, level):
            facet = _LISTS[Field(entry.field)][0]
            shown[facet].add(entry.term.code)
            if facet == Facet.SUBJECT and entry.term.parent:
                shown[facet].add("broad")
    return shown


def _matches(shown: dict[str, set[Any]], wanted: Asked, without: str = "") -> bool:
    return all(shown[name] & set(codes) for name, codes in wanted.facets.items() if name != without)


def _some_question(chance: random.Random) -> Asked:
    offered = {
        Facet.COUNTRY: ["KE", "FJ", "PE"],
        Facet.REGION: ["africa", "asia-pacific"],
        Facet.SUBJECT: ["broad", *_SUBJECTS],
        Facet.LANGUAGE: ["en", "fr"],
        Facet.WORKED: ["KE"],
        Facet.ORGANIZATION: ["o0", "o1"],
        "kind": ["research", "business"],
    }
    names = chance.sample(list(offered), chance.choice([0, 0, 1, 1, 2, 3]))
    return asked("", {str(n): chance.sample(offered[n], chance.randint(1, len(offered[n]))) for n in names})


def _code_of(facet: str, value: int) -> str:
    if facet == Facet.ORGANIZATION:
        return Organization.objects.get(pk=value).slug
    return Term.objects.get(pk=value).code


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_those_of_visible_fields(seed: int) -> None:
    chance = random.Random(seed)
    profiles = some_profiles(chance)
    viewers = _viewers(profiles)
    for _turn in range(24):
        viewer = chance.choice(viewers)
        wanted = _some_question(chance)
        directory = Directory(viewer, wanted)
        counts = counts_of(directory)
        seen = {profile.pk: shown for profile in profiles if (shown := _shown(profile, viewer)) is not None}

        found = {pk for pk, shown in seen.items() if _matches(shown, wanted)}
        assert set(directory.profiles().values_list("pk", flat=True)) == found
        assert counts.total == len(found)

        for facet in [
            Facet.COUNTRY,
            Facet.REGION,
            Facet.SUBJECT,
            Facet.LANGUAGE,
            Facet.WORKED,
            Facet.ORGANIZATION,
        ]:
            expected: dict[str, int] = defaultdict(int)
            for shown in seen.values():
                if _matches(shown, wanted, without=facet):
                    for code in shown[facet]:
                        expected[code] += 1
            told = {_code_of(facet, value): n for value, n in counts.facets.get(facet, {}).items() if n}
            assert told == dict(expected), (facet, wanted)

        kinds: dict[str, int] = defaultdict(int)
        for shown in seen.values():
            if _matches(shown, wanted, without="kind"):
                for kind in shown["kind"]:
                    kinds[kind] += 1
        told = defaultdict(int)
        for pk, number in counts.kinds.items():
            told[Organization.objects.get(pk=pk).kind] += number
        assert dict(told) == dict(kinds), wanted


def test_no_row_reaches_further_than_its_profile() -> None:
    profiles = some_profiles(random.Random(7))
    level = {profile.pk: profile.name_visibility for profile in profiles}
    assert all(row.visibility <= level[row.profile_id] for row in ProfileFacet.objects.all())
