"""Finding people in the directory."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.experts.disclosure import cards_for
from tests import people
from tests.experts.factories import full_values, person, published, term

pytestmark = pytest.mark.django_db


def names(client: Client, **asked: str) -> list[str]:
    """Everybody whom the interface for machines lists, following its pages."""
    answer = client.get("/api/v1/experts/", asked).json()
    found = [item["card"]["name"] for item in answer["items"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        found += [item["card"]["name"] for item in answer["items"]]
    return found


def choices(client: Client, facet: str, **asked: str) -> list[str]:
    form = client.get("/experts/", asked).context["form"]
    return [label for _code, label in form.fields[facet].choices] if facet in form.fields else []


@pytest.fixture
def three(db: None) -> None:
    kenya, fiji, peru = (term("country", code) for code in ("KE", "FJ", "PE"))
    reef, forest = term("subject", "marine-coastal"), term("subject", "forests")
    published(
        person(1, "Ana Açaí"), seen_by=3, country=kenya, subjects=[forest], tags=["fire"], worked=[peru]
    )
    published(
        person(2, "Bo Reef"), seen_by=3, country=fiji, subjects=[reef], targets=[term("kmgbf-target", "10")]
    )
    published(
        person(3, "Ciro"),
        seen_by=3,
        country=kenya,
        subjects=[forest, reef],
        languages=[term("language", "es")],
    )


def test_narrowing(client: Client, three: None) -> None:
    assert names(client) == ["Ana Açaí", "Bo Reef", "Ciro"]
    assert names(client, country="KE") == ["Ana Açaí", "Ciro"]
    assert names(client, region="asia-pacific") == ["Bo Reef"]
    assert names(client, subject="forests", country="KE", language="es") == ["Ciro"]
    assert names(client, target="10") == ["Bo Reef"]
    assert names(client, tag="fire") == ["Ana Açaí"]
    assert names(client, worked="PE") == ["Ana Açaí"]
    assert names(client, q="acai") == ["Ana Açaí"]
    assert names(client, q="кения леса") == ["Ana Açaí", "Ciro"]
    assert names(client, sort="recent") == ["Ciro", "Bo Reef", "Ana Açaí"]


@pytest.mark.parametrize(
    "asked", [{"country": "XX"}, {"tag": "nothing"}, {"organization": "none"}, {"target": "x"}]
)
def test_what_does_not_exist_finds_nobody(client: Client, three: None, asked: dict[str, str]) -> None:
    assert names(client, **asked) == []
    page = client.get("/experts/", asked)
    assert page.status_code == 200
    assert "Nobody found" in page.content.decode()


def test_choices_are_counted_as_if_their_own_were_open(client: Client, three: None) -> None:
    assert choices(client, "country") == ["Any", "Fiji (1)", "Kenya (2)"]
    assert choices(client, "country", country="KE") == ["Any", "Fiji (1)", "Kenya (2)"]
    assert choices(client, "country", subject="forests") == ["Any", "Kenya (2)"]
    assert choices(client, "subject", country="FJ") == ["Any", "Marine and coastal biodiversity (1)"]


def test_the_best_match_comes_first(client: Client, db: None) -> None:
    published(person(1, "Zed"), seen_by=3, tags=["heron"])
    published(person(2, "Heron Heronsson"), seen_by=3)
    published(person(3, "Abe"), seen_by=3, biography="<p>Once saw a heron.</p>")
    assert names(client, q="heron") == ["Heron Heronsson", "Zed", "Abe"]
    assert names(client, q="heron", sort="name") == ["Abe", "Heron Heronsson", "Zed"]


@pytest.mark.parametrize("sort", ["name", "recent", "relevance"])
def test_pages_hold_everybody_once(client: Client, db: None, sort: str) -> None:
    for number in range(45):
        published(person(number, f"Same Name {number % 3}"), seen_by=3)
    found = names(client, q="same", sort=sort)
    assert len(found) == 45


@pytest.mark.parametrize("asked", [{"cursor": "junk"}, {"cursor": "\x00"}])
def test_invented_cursors_are_not_found(client: Client, three: None, asked: dict[str, str]) -> None:
    assert client.get("/experts/", asked).status_code == 404


@pytest.mark.parametrize("typed", ["\x00", "x" * 5000, "%", "'", "<script>", "𝕳"])
def test_any_text_may_be_asked(client: Client, three: None, typed: str) -> None:
    for name in ("q", "country", "tag", "sort", "organization"):
        assert client.get("/experts/", {name: typed}).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "member"])
@pytest.mark.parametrize("query", ["", "?q=wetlands&country=KE&subject=dry-lands&sort=recent"])
def test_one_and_thirty_people_cost_the_same(client: Client, who: str, query: str) -> None:
    people.sign_in(client, getattr(people, who)())
    published(people.expert(), seen_by=3, **full_values())
    client.get(f"/experts/{query}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/experts/{query}")
    for number in range(30):
        published(
            person(number),
            seen_by=3,
            **full_values() | {"name": f"Person {number}", "tags": [f"tag{number}"]},
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"/experts/{query}")
    assert len(page.context["page"].rows) == 20
    assert len(many) == len(few)
    if who == "stranger":
        assert len(many) <= 12, [query["sql"][:120] for query in many]


def test_a_profiles_page_costs_few_queries(client: Client) -> None:
    profile = published(people.expert(), seen_by=3, **full_values())
    client.get(profile.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(profile.get_absolute_url())
    assert len(asked) <= 12


def test_no_card_for_nobody() -> None:
    assert cards_for(people.viewer(people.stranger()), []) == {}


def test_an_empty_directory_invites(client: Client, db: None) -> None:
    page = client.get("/experts/").content.decode()
    assert "Nobody is here yet" in page
    assert "Make your profile" in page


def test_the_demo_runs_twice(db: None, settings, tmp_path) -> None:
    from network.accounts.demo import seed as accounts
    from network.experts.demo import seed
    from network.experts.models import ExpertProfile
    from network.organizations.demo import seed as organizations

    settings.DEBUG = True
    accounts()
    for _again in range(2):
        organizations()
        seed()
    assert ExpertProfile.objects.published().count() == 46
