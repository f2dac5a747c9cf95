"""What nomination forms ask for stands in a profile, and each field opens to those whom its person chose."""

import json

import pytest
from django.test import Client

from network.experts import actions, disclosure, sections
from network.experts.completeness import meter
from network.experts.enums import SELF_DESCRIPTION, Detail, Facet, Field, Visibility
from network.experts.models import ExpertProfile, ProfileFacet
from network.foundations.viewer import viewer_for
from network.thesaurus.models import Term
from tests import people
from tests.experts.factories import published, term, write_profile
from tests.experts.test_editing import form_of, save

pytestmark = pytest.mark.django_db

#: What gives each field away wherever it shows.
SECRETS = {
    Field.OTHER_NAMES: "أمينة وانجيرو",
    Field.DEPARTMENT: "Hydrometry desk",
    Field.ROLES: "Reviewer of lake reports",
    Field.TRAININGS: "Floodplains from space",
    Field.PUBLICATIONS: "Papyrus counted",
    Field.AVAILABILITY: "Can mentor",
    Field.COMMUNITY: "Lake people",
    Field.GROUPS: "A women’s network",
    Field.GENDER: "In another way",
}
FOUND_BY = [
    Field.OTHER_NAMES,
    Field.DEPARTMENT,
    Field.ROLES,
    Field.TRAININGS,
    Field.PUBLICATIONS,
    Field.COMMUNITY,
]


def values() -> dict:
    entry = dict.fromkeys(("title", "body", "since", "until"))
    work = dict.fromkeys(("title", "authors", "venue", "doi", "url"), "") | {"year": 2022, "source": "hand"}
    return {
        Field.NAME: "Amina Wanjiru",
        Field.OTHER_NAMES: [SECRETS[Field.OTHER_NAMES]],
        Field.DEPARTMENT: SECRETS[Field.DEPARTMENT],
        Field.ROLES: [entry | {"title": SECRETS[Field.ROLES], "body": "", "since": 2020}],
        Field.TRAININGS: [entry | {"title": SECRETS[Field.TRAININGS], "body": ""}],
        Field.PUBLICATIONS: [work | {"title": SECRETS[Field.PUBLICATIONS], "doi": "10.5555/p"}],
        Field.AVAILABILITY: ["mentor"],
        Field.COMMUNITY: SECRETS[Field.COMMUNITY],
        Field.GROUPS: ["women"],
        Field.GENDER: "other",
    }


@pytest.fixture
def member(client: Client) -> Client:
    return people.sign_in(client, people.member())


def profile_of(user) -> ExpertProfile:
    return ExpertProfile.objects.get(user=user)


@pytest.mark.parametrize("level", [Visibility.NOBODY, Visibility.MEMBERS, Visibility.EVERYONE])
@pytest.mark.parametrize(
    ("who", "needs"),
    [("stranger", Visibility.EVERYONE), ("nominator", Visibility.MEMBERS), ("expert", Visibility.NOBODY)],
)
def test_each_new_field_opens_to_those_who_were_chosen(
    client: Client, who: str, needs: int, level: int
) -> None:
    """A focal point (the nominator) sees what every member sees, of no field more."""
    profile = published(people.expert(), seen_by=int(level), **values())
    people.sign_in(client, getattr(people, who)())
    page = client.get(profile.get_absolute_url()).content.decode()
    answer = json.dumps(client.get(f"/api/v1/experts/{profile.slug}").json(), ensure_ascii=False)
    for field, secret in SECRETS.items():
        assert (secret in page) == (level >= needs), f"page: {field}"
        assert (secret in answer) == (level >= needs), f"program: {field}"
    for field in FOUND_BY:
        found = client.get("/api/v1/experts/", {"q": SECRETS[field]}).json()["count"]
        assert found == int(level >= needs), f"search: {field}"
    bibtex = client.get(f"{profile.get_absolute_url()}publications.bib")
    assert bibtex.status_code == (200 if level >= needs else 404)


def test_what_somebody_says_of_herself_is_closed_until_she_opens_it(client: Client) -> None:
    profile = published(people.expert(), **values())
    for field in SELF_DESCRIPTION:
        assert profile.level(field) == Visibility.NOBODY
    people.sign_in(client, people.nominator())
    page = client.get(profile.get_absolute_url()).content.decode()
    assert "Can mentor" in page
    for field in SELF_DESCRIPTION:
        assert SECRETS[field] not in page


def test_machines_read_no_self_description_even_where_everyone_does(client: Client) -> None:
    profile = published(people.expert(), seen_by=int(Visibility.EVERYONE), **values())
    page = client.get(profile.get_absolute_url()).content.decode()
    told = page.split('application/ld+json">')[1].split("</script>")[0]
    assert SECRETS[Field.OTHER_NAMES] in json.dumps(json.loads(told), ensure_ascii=False)
    assert "Papyrus counted" in told
    for field in SELF_DESCRIPTION:
        assert SECRETS[field] not in told


def test_facets_carry_the_level_of_their_field() -> None:
    profile = published(people.expert(), seen_by={Field.AVAILABILITY: 3, Field.GROUPS: 1}, **values())
    rows = ProfileFacet.objects.filter(profile=profile).values_list("facet", "value", "visibility")
    assert (Facet.AVAILABILITY, 3, 3) in rows
    assert (Facet.GROUP, 2, 1) in rows
    assert (Facet.GENDER, 3, 0) in rows


def test_years_evidence_and_levels_follow_their_terms(member: Client) -> None:
    save(member, "expertise", subjects=[term("subject", "dry-lands")], languages=[term("language", "sw")])
    dry, swahili = term("subject", "dry-lands"), term("language", "sw")
    answer = save(
        member,
        "depth",
        **{f"years-{dry}": "12", f"evidence-{dry}": "An atlas", f"level-{swahili}": "native"},
    )
    assert answer.status_code == 302
    actions.publish(viewer=viewer_for(people.member()))
    page = disclosure.build_page(profile_of(people.member()), Visibility.MEMBERS)
    assert [(one.name, one.note) for one in page.subjects] == [
        ("Dry and sub-humid lands", "12 years; An atlas")
    ]
    assert page.languages[0].note == "First language"
    closed = disclosure.build_page(profile_of(people.member()), Visibility.EVERYONE)
    assert closed.subjects == closed.languages == ()
    save(member, "expertise", subjects=[])
    assert "An atlas" not in member.get("/experts/me/").content.decode()


def test_rows_are_added_emptied_and_sent_back_with_what_is_wrong(member: Client) -> None:
    sent = {
        "roles-0-title": "Reviewer",
        "roles-0-body": "IPBES",
        "roles-0-since": "2020",
        "roles-0-until": "2019",
    }
    answer = save(member, "experience", **sent)
    assert answer.status_code == 422
    assert "Row 1, Until (year): This is before it began." in answer.context["form"].errors["roles"]
    assert 'value="IPBES"' in answer.content.decode()
    answer = save(member, "experience", **sent | {"roles-0-until": "2023", "roles-1-title": "  "})
    assert answer.status_code == 302
    assert "Reviewer, IPBES (2020–2023)" in member.get("/experts/me/").content.decode()
    save(member, "experience", **dict.fromkeys(sent, ""))
    assert not profile_of(people.member()).engagements.exists()


@pytest.mark.parametrize(
    ("section", "field", "typed"),
    [
        ("about", "other_names", "123"),
        ("about", "other_names", "\n".join(f"Name {letter}" for letter in "abcdefg")),
        ("about", "name", "🌿🌿"),
        ("availability", "hours", "1000"),
        ("availability", "hours", "many"),
        ("availability", "availability", "fly"),
        ("availability", "away_until", "tomorrow"),
        ("availability", "contact", "3"),
        ("publications", "publications-0-doi", "ten"),
        ("publications", "publications-0-url", "javascript:alert(1)"),
        ("yourself", "gender", "x"),
        ("in-fr", "biography", "<script>alert(1)</script>"),
    ],
)
def test_bad_input_is_refused_beside_the_field(member: Client, section: str, field: str, typed: str) -> None:
    more = {"publications-0-title": "A work"} if section == "publications" else {}
    answer = save(member, section, **more | {field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not ExpertProfile.objects.exists()


@pytest.mark.parametrize("name", ["Suharti", "فاطمة الزهراء الإدريسي", "Lucía Romero 🌿", "李晓梅"])
def test_names_of_all_kinds_are_kept_as_written(member: Client, name: str) -> None:
    assert save(member, "about", name=name).status_code == 302
    assert member.post("/experts/me/publish/").status_code == 302
    assert name in member.get(profile_of(people.member()).get_absolute_url()).content.decode()


def test_ten_megabytes_are_refused_and_change_nothing(member: Client) -> None:
    answer = save(member, "story", biography="word " * 2_000_000)
    assert answer.status_code in (400, 413, 422)
    assert not ExpertProfile.objects.exists()


def test_a_country_that_is_no_more_stays_with_those_who_have_it(member: Client) -> None:
    country = Term.objects.create(
        domain_id="country", code="YU", names={"en": "Yugoslavia"}, retired_on="2003-02-04"
    )
    write_profile(people.member(), **{Field.NAME: "Old Hand", Field.COUNTRY: country.pk})
    page = member.get("/experts/me/about/").content.decode()
    assert "Yugoslavia (no longer in use)" in page
    assert save(member, "about", designation="Retired").status_code == 302
    assert profile_of(people.member()).country_id == country.pk
    people.sign_in(member, people.expert())
    assert "Yugoslavia" not in member.get("/experts/me/about/").content.decode()


def test_the_reader_gets_the_text_in_her_language(client: Client) -> None:
    profile = published(people.expert(), seen_by=3, biography="<p>Lakes.</p>", name="Amina", written_in="en")
    people.sign_in(client, people.expert())
    page = client.get("/experts/me/in-fr/").content.decode()
    assert "Lakes." in page
    assert 'lang="fr"' in page
    save(client, "in-fr", designation="Hydrologue", biography="Les lacs.")
    people.sign_in(client, people.stranger())
    here = profile.get_absolute_url()
    assert "Les lacs." in client.get(f"/fr{here}").content.decode()
    assert "Les lacs." not in client.get(here).content.decode()
    assert client.get("/api/v1/experts/", {"q": "lacs"}).json()["count"] == 1


def test_the_meter_names_the_next_field_and_never_asks_who_one_is() -> None:
    profile = write_profile(people.expert(), name="Amina")
    told = meter(profile)
    assert told.done == 1
    assert told.next[0].name == Field.SUBJECTS
    assert told.next[0].good_for
    asked = {step.name for step in told.next}
    assert not asked & set(SELF_DESCRIPTION)


def test_each_section_opens_in_its_place(member: Client) -> None:
    for section in [*sections.SECTIONS, "in-ar"]:
        page = member.get(f"/experts/me/{section}/")
        assert page.status_code == 200, section
        assert page.context["form"].section.name == section
    assert member.get("/experts/me/in-xx/").status_code == 404
    assert form_of(member, "availability")["contact"] == Visibility.MEMBERS
    assert Detail.CONTACT in sections.SECTIONS["availability"].kept
