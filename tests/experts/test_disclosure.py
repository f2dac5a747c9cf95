"""Viewer x visibility x exit: what is closed to a viewer does not exist for her, wherever she looks."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from network.accounts.models import User
from network.experts import actions, disclosure
from network.experts.circles import circles
from network.experts.enums import Facet, Field, State, Visibility
from network.experts.models import ExpertProfile
from network.foundations.viewer import audience_keys, viewer_for
from tests import people
from tests.experts.factories import full_values, person, published, term, write_profile

pytestmark = pytest.mark.django_db

#: What gives each field away wherever it shows: a word, or an address.
SECRETS = {
    Field.DESIGNATION: "Senior hydrologist",
    Field.AFFILIATION: "Lake Basin Authority",
    Field.COUNTRY: "Kenya",
    Field.WORKED: "Uganda",
    Field.LANGUAGES: "Swahili",
    Field.SUBJECTS: "Dry and sub-humid lands",
    Field.TARGETS: "Ecosystem restoration",
    Field.TAGS: "papyrus",
    Field.BIOGRAPHY: "fisherfolk",
    Field.WEBSITE: "wanjiru.example",
    Field.ORCID: "0000-0002-1825-0097",
}
#: Words that find the field.
WORDS = {
    **{field: text for field, text in SECRETS.items() if field != Field.WEBSITE},
    Field.COUNTRY: "肯尼亚",
    Field.TARGETS: "restauración ecosistemas",
}
FACETS = {
    Field.COUNTRY: (Facet.COUNTRY, "KE"),
    Field.WORKED: (Facet.WORKED, "UG"),
    Field.LANGUAGES: (Facet.LANGUAGE, "sw"),
    Field.SUBJECTS: (Facet.SUBJECT, "dry-lands"),
    Field.TARGETS: (Facet.TARGET, "2"),
    Field.TAGS: (Facet.TAG, "papyrus"),
}
LEVELS = list(Visibility)
#: Who looks, and the lowest level that opens to her.
EYES = {
    "stranger": Visibility.EVERYONE,
    "member": Visibility.MEMBERS,
    "fellow": Visibility.CIRCLES,
    "secretariat": Visibility.MEMBERS,
    "administrator": Visibility.MEMBERS,
    "owner": Visibility.NOBODY,
}


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """A circle of the expert and ``fellow@``, as communities would tell of it."""
    members = {people.expert().email, "fellow@cast.example"}

    def keys(user: User) -> set[str]:
        return {"community:7"} if user.email in members else set()

    monkeypatch.setitem(circles._entries, "test", keys)
    monkeypatch.setitem(audience_keys._entries, "test", keys)
    return members


@pytest.fixture
def look(client: Client, company: set[str]) -> Callable[[str], Client]:
    def as_(who: str) -> Client:
        if who == "stranger":
            return people.sign_in(client, people.stranger())
        if who == "fellow":
            return people.sign_in(client, people.person("fellow"))
        if who == "owner":
            return people.sign_in(client, people.expert())
        return people.sign_in(client, getattr(people, who)())

    return as_


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.mark.parametrize("who", EYES)
@pytest.mark.parametrize("level", LEVELS)
def test_every_exit_keeps_every_field(look, who: str, level: Visibility) -> None:
    profile = published(people.expert(), seen_by=int(level), **full_values())
    client = look(who)
    opens = level >= EYES[who]
    page = text_of(client, profile.get_absolute_url())
    listed = text_of(client, "/experts/")
    answer = client.get(f"/api/v1/experts/{profile.slug}").json()
    answers = client.get("/api/v1/experts/").json()
    for field, secret in SECRETS.items():
        assert (secret in page) == opens, f"page: {field}"
        assert (secret in json.dumps(answer, ensure_ascii=False)) == opens, f"api: {field}"
        if not opens:
            assert secret not in listed, f"list: {field}"
            assert secret not in json.dumps(answers, ensure_ascii=False), f"api list: {field}"
    for field, words in WORDS.items():
        hits = text_of(client, f"/search/?q={words}")
        assert (profile.slug in hits) == opens, f"search: {field}"
        assert client.get("/api/v1/search/", {"q": words}).json()["groups"] == [] or opens, (
            f"api search: {field}"
        )
        assert client.get("/api/v1/experts/", {"q": words}).json()["count"] == int(opens), f"words: {field}"
    for field, (facet, code) in FACETS.items():
        assert (f'value="{code}"' in listed) == opens, f"facet: {field}"
        narrowed = client.get("/api/v1/experts/", {facet: code}).json()
        assert (narrowed["count"], len(narrowed["items"])) == (int(opens), int(opens)), f"count: {field}"
    region = client.get("/api/v1/experts/", {"region": "africa"}).json()
    assert region["count"] == int(opens)
    country = text_of(client, "/countries/ke/")
    assert (profile.slug in country) == opens


@pytest.mark.parametrize("level", LEVELS)
def test_machines_read_only_what_everyone_sees(look, level: Visibility) -> None:
    """JSON-LD is the same for all readers of a page: its owner sees there what a stranger does."""
    profile = published(people.expert(), seen_by=int(level), **full_values())
    for who in EYES:
        page = text_of(look(who), profile.get_absolute_url())
        start = page.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
        told = page[start : page.index("</script>", start)]
        data = json.loads(told)
        assert data["@type"] == "Person"
        assert data["name"] == "Amina Wanjiru"
        # schema.org has no word for countries that somebody has worked in.
        for field in SECRETS.keys() - {Field.WORKED}:
            told = SECRETS[field] in json.dumps(data, ensure_ascii=False)
            assert told == (level == Visibility.EVERYONE), field


def test_a_token_on_a_profile_is_words_in_what_machines_read(look) -> None:
    """Linked data travel further than their page: neutral words, whatever the reader may see."""
    token = "[[tk:7f2b6a0e-9f0a-4d3b-9a52-3f4d0c7a1b44:body]]"
    values = full_values() | {
        "designation": f"Keeper of {token}",
        "biography": f"<p>{token} {'word ' * 80}</p>",
    }
    profile = published(people.expert(), seen_by=int(Visibility.EVERYONE), **values)
    page = text_of(look("stranger"), profile.get_absolute_url())
    start = page.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    data = json.loads(page[start : page.index("</script>", start)])
    assert data["jobTitle"] == "Keeper of Traditional knowledge"
    assert "[[tk:" not in page


@pytest.mark.parametrize("who", EYES)
@pytest.mark.parametrize("level", [Visibility.CIRCLES, Visibility.MEMBERS, Visibility.EVERYONE])
def test_a_name_hidden_from_a_viewer_hides_the_whole_profile(look, who: str, level: Visibility) -> None:
    """Nothing reaches further than the name, whatever was chosen for the other fields."""
    values = full_values()
    profile = published(
        people.expert(),
        seen_by=dict.fromkeys(Field.values, int(Visibility.EVERYONE)) | {Field.NAME: int(level)},
        **values,
    )
    client = look(who)
    opens = level >= EYES[who]
    assert client.get(profile.get_absolute_url()).status_code == (200 if opens else 404)
    assert client.get(f"/api/v1/experts/{profile.slug}").status_code == (200 if opens else 404)
    assert (profile.slug in text_of(client, "/experts/")) == opens
    assert (profile.slug in text_of(client, "/search/?q=wanjiru")) == opens
    assert client.get("/api/v1/experts/", {"country": "KE"}).json()["count"] == int(opens)
    assert (profile.slug in text_of(client, "/countries/ke/")) == opens
    card = disclosure.card_for(viewer_for(people.expert()) if who == "owner" else _viewer(who), profile)
    assert card.name == "Amina Wanjiru", "her name stands beside her deeds in any case"
    assert bool(card.url) == opens
    assert bool(card.affiliation) == opens


def _viewer(who: str):
    if who == "fellow":
        return people.viewer(people.person("fellow"))
    return people.viewer(getattr(people, who)())


@pytest.mark.parametrize("state", [State.DRAFT, State.HIDDEN])
@pytest.mark.parametrize("who", EYES)
def test_only_published_profiles_have_a_page(look, who: str, state: State) -> None:
    profile = published(people.expert(), seen_by=3, **full_values())
    if state == State.HIDDEN:
        actions.hide(viewer=people.viewer(people.expert()))
    else:
        other = people.quiet_expert()
        profile = write_profile(other, **{**full_values(), "name": other.name})
        actions.hide(viewer=people.viewer(people.expert()))
    client = look(who)
    assert client.get(profile.get_absolute_url()).status_code == 404
    assert client.get("/api/v1/experts/").json()["count"] == 0
    assert client.get("/api/v1/search/", {"q": "hydrologist"}).json()["groups"] == []
    assert profile.slug not in text_of(client, "/countries/ke/")


@pytest.mark.parametrize("who", ["stranger", "member", "fellow", "secretariat"])
def test_suspended_people_vanish_at_once_and_come_back(look, who: str) -> None:
    from network.accounts import actions as accounts
    from network.accounts.policies import INSTALLATION

    profile = published(people.expert(), seen_by=3, **full_values())
    client = look(who)
    accounts.suspend(person=people.expert(), by=INSTALLATION, reason="Test")
    assert client.get(profile.get_absolute_url()).status_code == 404
    assert client.get("/api/v1/experts/").json()["count"] == 0
    assert client.get("/api/v1/search/", {"q": "hydrologist"}).json()["groups"] == []
    assert 'value="KE"' not in text_of(client, "/experts/")
    assert disclosure.card_for(_viewer(who), ExpertProfile.objects.get()).url == ""
    accounts.reinstate(person=people.expert(), by=INSTALLATION)
    assert client.get(profile.get_absolute_url()).status_code == 200


def test_nobody_ever_sees_an_address(look) -> None:
    profile = published(people.expert(), seen_by=3, **full_values())
    for who in EYES:
        client = look(who)
        for url in (
            "/experts/",
            profile.get_absolute_url(),
            "/api/v1/experts/",
            f"/api/v1/experts/{profile.slug}",
        ):
            assert "expert@cast.example" not in text_of(client, url)
        assert client.get("/api/v1/search/", {"q": "expert@cast.example"}).json()["groups"] == []


def test_hiding_a_field_takes_it_away_in_the_same_moment(look) -> None:
    published(people.expert(), seen_by=3, **full_values())
    client = look("stranger")
    assert client.get("/api/v1/experts/", {"q": "papyrus"}).json()["count"] == 1
    write_profile(people.expert(), seen_by=int(Visibility.MEMBERS))
    assert client.get("/api/v1/experts/", {"q": "papyrus"}).json()["count"] == 0
    assert client.get("/api/v1/experts/", {"tag": "papyrus"}).json()["count"] == 0


def test_leaving_a_community_closes_what_its_members_saw(look, company: set[str]) -> None:
    published(people.expert(), seen_by=int(Visibility.CIRCLES), **full_values())
    assert look("fellow").get("/api/v1/experts/", {"tag": "papyrus"}).json()["count"] == 1
    company.discard(people.expert().email)
    actions.circles_changed(user=people.expert())
    assert look("fellow").get("/api/v1/experts/", {"tag": "papyrus"}).json()["count"] == 0
    assert look("fellow").get("/api/v1/search/", {"q": "papyrus"}).json()["groups"] == []


def test_what_everybody_is_in_makes_no_circle(look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(circles._entries, "careless", lambda user: {"member", "everyone"})
    published(people.expert(), seen_by=int(Visibility.CIRCLES), **full_values())
    assert look("member").get("/api/v1/experts/", {"tag": "papyrus"}).json()["count"] == 0
    assert look("stranger").get("/api/v1/experts/", {"tag": "papyrus"}).json()["count"] == 0


def test_a_hidden_field_does_not_sort(look) -> None:
    """Two people found by a public word: a hidden mention of it must not lift one of them."""
    first = published(person(1, "Adan"), seen_by={"tags": 3}, tags=["reef"])
    second = published(
        person(2, "Bea"), seen_by={"tags": 3, "subjects": 0, "biography": 0}, tags=["reef"],
        biography="<p>reef reef reef</p>", subjects=[term("subject", "dry-lands")],
    )  # fmt: skip
    items = look("stranger").get("/api/v1/experts/", {"q": "reef", "sort": "relevance"}).json()["items"]
    assert [item["card"]["name"] for item in items] == [first.user.name, second.user.name]


def test_cards_come_for_everybody_asked_for_in_three_queries(django_assert_max_num_queries) -> None:
    shown = published(people.expert(), seen_by=3, **full_values())
    others = [person(number) for number in range(30)]
    for other in others[:10]:
        published(other, country=term("country", "KE"))
    viewer = people.viewer(people.member())
    with django_assert_max_num_queries(3):
        cards = disclosure.cards_for(viewer, [shown.user_id, None, *[user.pk for user in others], 10**9])
    assert cards.keys() == {shown.user_id, *[user.pk for user in others]}
    assert cards[shown.user_id].country == "Kenya"
    assert cards[others[20].pk].url == ""


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Amina Wanjiru", "AW"),
        ("Nguyễn Thị Lan", "NL"),
        ("Suharto", "S"),
        ("李晓梅", "李"),
        ("فاطمة الزهراء", "فا"),
        ("Élodie d’Arc-Durand", "ÉD"),
        ("", "?"),
        ("🌱", "?"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert disclosure.initials_of(name) == initials
