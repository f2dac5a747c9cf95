"""Results for everybody and for programs: the map, the feed, the interface; nothing before the release."""

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.awards import actions
from network.awards.enums import Awarded
from network.awards.models import Edition, Laureate
from network.calls import actions as engine
from network.calls.models import PanelMember
from network.foundations.exceptions import Refused
from tests import people
from tests.awards import stage
from tests.awards.test_results import closed, out

pytestmark = pytest.mark.django_db

EXITS = ["/awards/map/", "/awards/map/?country=KE", "/awards/feed.atom", "/api/v1/awards/laureates"]


def test_before_the_release_no_list_of_results_tells(client):
    closed()
    before = [client.get(address).content.decode().count("2026") for address in EXITS]
    tells = [client.get(address).content.decode() for address in EXITS]
    assert not any("Biodiversity network" in one for one in tells)
    assert client.get("/api/v1/awards/editions").json()["items"][0]["released_at"] is None
    assert before[-1] == 0


def test_laureates_stand_on_the_map_in_the_feed_and_in_the_interface(client):
    award, _nominations = out()
    page = client.get("/awards/map/").content.decode()
    assert "Kenya" in page
    assert "Mexico" in page, "editions that were run elsewhere count, too"
    chosen = client.get("/awards/map/?country=ke")
    assert {one.party.code for one in chosen.context["laureates"]} == {"KE"}
    assert client.get("/awards/map/?country=%00'").status_code == 200
    feed = client.get("/awards/feed.atom")
    entries = ElementTree.fromstring(feed.content).findall("{*}entry")
    titles = [entry.findtext("{*}title") for entry in entries]
    assert titles == ["Kenya: Gold"]
    newest = client.get("/api/v1/awards/laureates?country=ke").json()["items"][0]
    assert (newest["edition"], newest["medal"], newest["country_code"]) == ("2026", "gold", "KE")
    assert client.get(f"/awards/certificates/{newest['certificate']}/").status_code == 200
    assert client.get("/api/v1/awards/laureates?edition=nothing").json()["items"] == []
    laureate = Laureate.objects.get(edition=award)
    actions.revoke_result(laureate=laureate, reason="Not theirs", by=people.secretariat())
    for address in ("/awards/feed.atom", "/api/v1/awards/laureates?edition=2026"):
        assert "gold" not in client.get(address).content.decode().lower()


def test_map_and_interface_ask_no_more_for_many(client):
    edition = Edition.objects.filter(call=None).first()
    asked = {}
    for number in (1, 30):
        for place in range(number):
            Laureate.objects.get_or_create(
                edition=edition, category="new", medal="certificate", awarded_to=f"Region {place}"
            )
        for address in EXITS:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            asked.setdefault(address, []).append(len(queries))
    assert all(first == second for first, second in asked.values()), asked


@pytest.mark.parametrize(
    ("awarded", "given", "refused"),
    [
        (Awarded.MEDALS, "gold", "progress"),
        (Awarded.BOTH, "progress", "platinum"),
        (Awarded.PROGRESS, "progress", "gold"),
    ],
)
def test_an_edition_gives_what_it_said_at_its_opening(client, awarded, given, refused):
    award = stage.edition(quorum=1, awarded=awarded)
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    stage.score(nomination, juror)
    people.sign_in(client, stage.executive())
    address = f"{nomination.get_absolute_url()}decide/"
    assert client.post(address, {"outcome": refused}).status_code == 422
    with pytest.raises(Refused):
        engine.decide(case=nomination.case, outcome=refused, by=stage.executive())
    assert client.post(address, {"outcome": given}).status_code == 302
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    assert Laureate.objects.get(edition=award).medal == given


def test_the_secretariat_says_at_the_opening_what_is_awarded_and_how_one_appeals(client):
    people.sign_in(client, people.secretariat())
    form = {
        "name": "Award 2031", "year": 2031, "zone": "UTC", "opens_at": "2031-01-01T00:00",
        "closes_at": "2031-02-01T00:00", "quorum": 2, "awarded": "progress", "appeal_days": 14,
        "discrepancy": 30, "weight_content": 3,
    }  # fmt: skip
    assert client.post("/awards/new/", {**form, "discrepancy": 0, "awarded": "x"}).status_code == 422
    assert client.post("/awards/new/", {**form, "slug": "map"}).status_code == 422
    assert client.post("/awards/new/", form).status_code == 302
    rules = Edition.objects.get(slug="award-2031").call.rules
    assert (rules["appeal_days"], rules["discrepancy"]) == (14, 0.3)
    weights = {criterion["code"]: criterion["weight"] for criterion in rules["criteria"]}
    assert (weights["content"], weights["services"]) == (3, 1)
    assert rules["stages"][-1] == {"kind": "decide", "outcomes": ["progress", "none"]}


def test_an_interpreter_is_named_for_a_juror_who_does_not_read_the_language(client):
    award = stage.edition(quorum=1)
    juror = stage.juror(award, languages=("fr",))
    nomination = stage.with_jury(award)
    people.sign_in(client, people.secretariat())
    address = f"{nomination.get_absolute_url()}excuse/"
    assert "Who does not read the language" in client.get(address).content.decode()
    seat = PanelMember.objects.get(call=award.call)
    assignment = seat.assignments.get()
    sent = client.post(address, {"reader": assignment.pk, "interpreter": "Awa Diop"})
    assert sent.status_code == 302
    assert client.post(address, {"reader": "9999999", "interpreter": "X"}).status_code == 404
    people.sign_in(client, juror)
    assert "Awa Diop" in client.get(f"{nomination.get_absolute_url()}score/").content.decode()
    assert client.post(address, {"reader": assignment.pk, "interpreter": "Me"}).status_code == 403
