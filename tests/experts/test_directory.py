"""Finding people in the directory."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from network.experts import facets
from network.experts.asking import Asked
from network.experts.choosing import Choice, Choices
from network.experts.directory import Directory
from network.experts.disclosure import cards_for
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.outbox.actions import work_off
from network.thesaurus.models import Term
from tests import people
from tests.experts.factories import full_values, person, published, term

pytestmark = pytest.mark.django_db


def names(client: Client, **asked: Any) -> list[str]:
    """Everybody whom the interface for machines lists, following its pages."""
    answer = client.get("/api/v1/experts/", asked).json()
    found = [item["card"]["name"] for item in answer["items"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        found += [item["card"]["name"] for item in answer["items"]]
    return found


def choices(client: Client, facet: str, **asked: Any) -> dict[str, int]:
    """What a facet offers, at whatever depth, with its numbers."""
    groups = {group.name: group for group in client.get("/experts/", asked).context["groups"]}
    found: dict[str, int] = {}

    def walk(offered: Iterable[Choice]) -> None:
        for choice in offered:
            if choice.name:
                found[choice.label] = choice.count
            walk(choice.narrower)

    if facet in groups:
        walk(groups[facet].choices)
    return found


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
    assert choices(client, "country") == {"Fiji": 1, "Kenya": 2}
    assert choices(client, "country", country="KE") == {"Fiji": 1, "Kenya": 2}
    assert choices(client, "country", subject="forests") == {"Kenya": 2}
    assert choices(client, "subject", country="FJ") == {"Marine and coastal biodiversity": 1}


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
    with CaptureQueriesContext(connection) as anew:
        page = client.get(f"/experts/{query}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/experts/{query}")
    assert len(page.context["page"].rows) == 20
    assert len(many) == len(few)
    if who == "stranger":
        assert len(anew) <= 8, [query["sql"][:120] for query in anew]


@pytest.mark.parametrize("who", ["stranger", "member"])
def test_the_first_page_with_all_facets_takes_eight_questions(who: str) -> None:
    published(people.expert(), seen_by=3, **full_values())
    viewer = people.viewer(getattr(people, who)())
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        found = Directory(viewer, Asked())
        assert Choices(found).groups
        assert len(found.page()) == 1
    assert len(asked) <= 8, [query["sql"][:120] for query in asked]


def test_several_values_of_a_facet_find_any_and_several_facets_find_all(client: Client, three: None) -> None:
    assert names(client, country=["FJ", "KE"]) == ["Ana Açaí", "Bo Reef", "Ciro"]
    assert names(client, country=["FJ", "KE"], subject="marine-coastal") == ["Bo Reef", "Ciro"]
    assert names(client, country=["FJ", "XX"]) == ["Bo Reef"]
    assert choices(client, "country", country=["FJ"], subject="marine-coastal") == {"Fiji": 1, "Kenya": 1}


def test_what_was_asked_can_be_taken_out(client: Client, three: None) -> None:
    page = client.get("/experts/", {"q": "reef", "country": ["FJ", "KE"], "active": "year"})
    chips = {chip.words: chip.url for chip in page.context["chips"]}
    assert set(chips) == {"reef", "Fiji", "Kenya", "In the last year"}
    assert chips["Fiji"] == "/experts/?q=reef&country=KE&active=year"
    assert client.get(chips["reef"]).context["number"] == 3


def test_a_broader_term_finds_the_narrower_and_counts_each_person_once(client: Client, three: None) -> None:
    broad = Term.objects.create(domain_id="subject", code="ecosystems", names={"en": "Ecosystems"})
    Term.objects.filter(domain="subject", code__in=["forests", "marine-coastal"]).update(parent=broad)
    for profile in ExpertProfile.objects.all():
        facets.rebuild(profile)
    cache.clear()
    assert names(client, subject="ecosystems") == ["Ana Açaí", "Bo Reef", "Ciro"]
    groups = {group.name: group for group in client.get("/experts/").context["groups"]}
    (top,) = groups["subject"].choices
    assert (top.label, top.count) == ("Ecosystems", 3)
    assert {choice.label: choice.count for choice in top.narrower} == {
        "Forests": 2,
        "Marine and coastal biodiversity": 2,
    }


def test_a_term_that_moves_takes_its_people_along(client: Client, three: None, monkeypatch) -> None:
    broad = Term.objects.create(domain_id="subject", code="ecosystems", names={"en": "Ecosystems"})
    forest = Term.objects.get(domain="subject", code="forests")
    forest.parent = broad
    forest.save()
    work_off()
    assert names(client, subject="ecosystems") == ["Ana Açaí", "Ciro"]


def test_kept_up_and_kinds_of_organizations(client: Client, three: None) -> None:
    reef = Organization.objects.create(slug="reef", name="Reef Institute", sort_name="reef", kind="research")
    profile = published(person(9, "Dee"), seen_by=3)
    profile.organization, profile.updated_at = reef, timezone.now() - timedelta(days=100)
    profile.save()
    facets.rebuild(profile)
    cache.clear()
    assert choices(client, "kind") == {"Research institute": 1}
    assert choices(client, "active") == {
        "In the last month": 3, "In the last six months": 4, "In the last year": 4,
    }  # fmt: skip
    assert names(client, kind="research") == ["Dee"]
    assert names(client, active="month") == ["Ana Açaí", "Bo Reef", "Ciro"]
    assert names(client, kind=["research", "other"], active="month") == []
    assert choices(client, "active", kind="research") == {"In the last six months": 1, "In the last year": 1}


@pytest.mark.parametrize("look", ["list", "cards", "map", "nonsense"])
def test_three_looks_at_the_same_people(client: Client, three: None, look: str) -> None:
    page = client.get("/experts/", {"view": look, "subject": "forests"})
    text = page.content.decode()
    assert page.status_code == 200
    if look == "map":
        assert "?subject=forests&amp;country=KE" in text
        assert "Fiji:" not in text
    else:
        assert "Ciro" in text


def test_the_map_says_how_many_show_no_country(client: Client, three: None) -> None:
    published(person(8, "Eve"), seen_by={"country": 0}, country=term("country", "KE"))
    page = client.get("/experts/", {"view": "map"})
    assert page.context["unsaid"] == 1
    tiles = [tile for patch in page.context["patches"] for tile in patch.tiles]
    assert {tile.country.code: tile.number for tile in tiles if tile.number} == {"KE": 2, "FJ": 1}


def test_a_profiles_page_costs_few_queries(client: Client) -> None:
    profile = published(people.expert(), seen_by=3, **full_values())
    client.get(profile.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(profile.get_absolute_url())
    assert len(asked) <= 12


def test_no_card_for_nobody() -> None:
    assert cards_for(people.viewer(people.stranger()), []) == {}


def test_cards_speak_the_readers_language_where_the_person_wrote_it(client: Client, db: None) -> None:
    profile = published(person(1), seen_by=3, designation="Adviser on wetlands")
    profile.translations.create(language="fr", designation="Conseillère en zones humides")
    assert "Adviser on wetlands" in client.get("/experts/").content.decode()
    shown = client.get("/fr/experts/").content.decode()
    assert "Conseillère en zones humides" in shown
    assert "Adviser on wetlands" not in shown
    with translation.override("fr"):
        assert cards_for(Viewer(), [profile.user_id])[profile.user_id].designation.startswith("Conseillère")
    profile.visibility["designation"] = 1
    profile.save()
    cache.clear()
    assert "Conseillère" not in client.get("/fr/experts/").content.decode()


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
    assert ExpertProfile.objects.published().count() == 47
