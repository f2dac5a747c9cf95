"""The award's pages: each audience does its work on them; nobody else gets in."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.awards.enums import SCORED
from network.awards.models import Edition, Laureate, Nomination
from network.calls import actions as engine
from network.calls.models import Call, Case, Conflict, PanelMember
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def answers(nomination, **changes) -> dict:
    return {**stage.ANSWERS, "version": nomination.version, **changes}


def test_past_editions_stand_from_the_start(client):
    page = client.get("/awards/").content.decode()
    for name in ("COP 13", "COP 14", "COP 15"):
        assert name in page
    assert Laureate.objects.filter(edition__slug="cop-13", medal="gold").count() == 2
    assert "Philippines" in client.get("/awards/cop-15/").content.decode()
    assert client.get("/ar/awards/cop-15/").status_code == 200


def test_a_focal_point_nominates_on_pages(client):
    award = stage.edition()
    people.sign_in(client, stage.focal_point("KE"))
    assert "Nominate" in client.get("/awards/2026/").content.decode()
    started = client.post("/awards/2026/nominate/", {"party": stage.country("KE").pk})
    nomination = Nomination.objects.get(edition=award)
    assert started["Location"].endswith("/edit/")
    kept = client.post(started["Location"], answers(nomination, content="", save=""))
    assert kept.status_code == 302
    nomination.refresh_from_db()
    refused = client.post(started["Location"], answers(nomination, content="", submit=""))
    assert refused.status_code == 422
    assert "This answer is needed" in refused.content.decode()
    assert "Three languages instead of one" in refused.content.decode(), "nothing typed is lost"
    version = re.search(r'name="version" value="(\d+)"', refused.content.decode())[1]
    handed_in = client.post(started["Location"], answers(nomination, version=version, submit=""))
    assert handed_in.status_code == 302
    assert Case.objects.get().submitted_at is not None
    assert client.get(started["Location"]).status_code == 403


def test_a_stale_save_shows_both_texts(client):
    nomination = stage.draft(stage.edition())
    people.sign_in(client, stage.focal_point("KE"))
    address = f"{nomination.get_absolute_url()}edit/"
    page = client.post(address, answers(nomination, version=nomination.version - 1, content="My other text"))
    assert page.status_code == 422
    assert "My other text" in page.content.decode()
    assert "Answer on content" in page.content.decode()


@pytest.mark.parametrize("field", ["site_url", "category", "content", "version"])
def test_bad_input_is_told_beside_its_field(client, field):
    nomination = stage.draft(stage.edition())
    people.sign_in(client, stage.focal_point("KE"))
    bad = {"site_url": "javascript:alert(1)", "category": "best", "content": "x" * 6001, "version": "new"}[
        field
    ]
    page = client.post(f"{nomination.get_absolute_url()}edit/", answers(nomination, **{field: bad}))
    assert page.status_code == 422


def test_the_secretariat_opens_an_edition_seats_a_juror_and_screens(client):
    people.sign_in(client, people.secretariat())
    opened = client.post("/awards/new/", {
        "name": "Award 2030", "year": 2030, "zone": "Asia/Tokyo", "opens_at": "2026-01-01T09:00",
        "closes_at": "2099-02-01T17:00", "quorum": 2,
    })  # fmt: skip
    assert opened.status_code == 302, opened.context["form"].errors
    call = Edition.objects.get(slug="award-2030").call
    assert call.closes_at.isoformat() == "2099-02-01T08:00:00+00:00", "17:00 in Tokyo"
    assert client.post("/awards/award-2030/desk/", {"email": "nobody@cast.example"}).status_code == 422
    juror = people.juror()
    assert client.post("/awards/award-2030/desk/", {"email": juror.email}).status_code == 302
    assert client.post("/awards/award-2030/desk/", {"email": juror.email}).status_code == 422
    assert PanelMember.objects.get().person == juror


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("closes_at", "2025-01-01T09:00"),
        ("zone", "Mars/Olympus"),
        ("year", "x"),
        ("quorum", "0"),
        ("slug", "new"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(client, field, value):
    people.sign_in(client, people.secretariat())
    data = {
        "name": "Award 2030", "year": 2030, "zone": "UTC", "opens_at": "2026-01-01T09:00",
        "closes_at": "2099-02-01T17:00", "quorum": 2, field: value,
    }  # fmt: skip
    assert client.post("/awards/new/", data).status_code == 422
    assert not Call.objects.filter(procedure="award").exists()


def test_a_juror_discloses_then_scores_on_pages(client):
    award = stage.edition(quorum=1)
    juror = stage.juror(award, disclosed=False)
    nomination = stage.with_jury(award)
    stage.with_jury(award, "FR")
    people.sign_in(client, juror)
    address = nomination.get_absolute_url()
    assert client.get(address).status_code == 404
    assert "Disclose your interests" in client.get("/awards/2026/jury/").content.decode()
    french = Case.objects.get(party=stage.country("FR"))
    assert client.post("/awards/2026/jury/", {"conflicts": [french.pk]}).status_code == 422
    assert client.post("/awards/2026/jury/", {"conflicts": [french.pk], "confirm": "on"}).status_code == 302
    room = client.get("/awards/2026/jury/").content.decode()
    assert "Kenya" in room
    assert "France" not in room
    assert client.get(french.nomination.get_absolute_url()).status_code == 404
    scores = {f"score_{code}": "3" for code in SCORED}
    extreme = client.post(f"{address}score/", {**scores, "score_content": "5"})
    assert extreme.status_code == 422
    assert "Give a reason" in extreme.content.decode()
    assert client.post(f"{address}score/", {**scores, "score_content": "9"}).status_code == 422
    assert client.post(f"{address}score/", scores).status_code == 302
    assert Case.objects.get(pk=nomination.case_id).run.kind == "decide"
    assert client.get(f"{address}score/").status_code == 403
    assert "Totals range from 18 to 18" in client.get(address).content.decode()


def test_stepping_back_closes_the_file(client):
    award = stage.edition()
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    people.sign_in(client, juror)
    address = nomination.get_absolute_url()
    assert client.post(f"{address}recuse/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}recuse/", {"reason": "I hosted the site."}).status_code == 302
    assert client.get(address).status_code == 404
    assert Conflict.objects.get().reason == "I hosted the site."


def test_decision_and_release_on_pages(client):
    award = stage.edition(quorum=1)
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    stage.score(nomination, juror)
    address = nomination.get_absolute_url()
    people.sign_in(client, people.secretariat())
    assert client.get(f"{address}decide/").status_code == 403
    people.sign_in(client, stage.executive())
    assert client.post(f"{address}decide/", {"outcome": "best"}).status_code == 422
    assert client.post(f"{address}decide/", {"outcome": "gold"}).status_code == 302
    assert client.post("/awards/2026/release/").status_code == 422
    stage.close(award)
    assert client.post("/awards/2026/release/").status_code == 302
    client.logout()
    page = client.get("/awards/2026/").content.decode()
    assert "Gold" in page
    assert "Kenya" in page
    assert "Gold" in client.get("/awards/").content.decode()


def test_before_the_release_no_page_tells_the_outcome(client):
    award = stage.edition(quorum=1)
    stage.juror(award)
    gold, none = stage.decided(award, "KE", "gold"), stage.decided(award, "FR", "none")
    people.sign_in(client, stage.focal_point("KE"))
    mine = client.get(gold.get_absolute_url()).content.decode()
    people.sign_in(client, stage.focal_point("FR"))
    theirs = client.get(none.get_absolute_url()).content.decode()
    for page in (mine, theirs):
        assert "With the jury" in page
        assert "Totals range" not in page
    client.logout()
    for address in ("/awards/", "/awards/2026/", "/search/?q=gold"):
        assert "Kenya: Biodiversity" not in client.get(address).content.decode()
    assert "Gold" not in client.get("/awards/2026/").content.decode()


PAGES = {
    "nominate/": {"nominator": 200},
    "desk/": {"secretariat": 200},
    "jury/": {"juror": 200},
    "release/": {"secretariat": 200},
}
FILE = {
    "": {"secretariat": 200, "juror": 200, "focal": 200},
    "edit/": {"secretariat": 403, "juror": 403, "focal": 403},
    "screen/": {"secretariat": 403, "juror": 403, "focal": 403},
    "score/": {"secretariat": 403, "juror": 200, "focal": 403},
    "recuse/": {"secretariat": 403, "juror": 200, "focal": 403},
    "excuse/": {"secretariat": 200, "juror": 403, "focal": 403},
    "decide/": {"secretariat": 403, "juror": 403, "focal": 403},
}
EVERYBODY = [
    "stranger",
    "member",
    "editor",
    "secretariat",
    "administrator",
    "juror",
    "nominator",
    "focal",
    "steward",
]


def somebody(name):
    if name == "focal":
        return stage.focal_point("KE")
    if name == "nominator":
        return stage.focal_point("BR", people.nominator())
    return getattr(people, name)()


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_person_at_every_address(client, who):
    award = stage.edition()
    stage.juror(award)
    nomination = stage.with_jury(award)
    people.sign_in(client, somebody(who))
    for path, allowed in PAGES.items():
        expected = (
            302
            if who == "stranger"
            else allowed.get(who, 200 if (who, path) == ("focal", "nominate/") else 403)
        )
        assert client.get(f"/awards/2026/{path}").status_code == expected, path
    for path, allowed in FILE.items():
        expected = 302 if who == "stranger" else allowed.get(who, 404)
        if who not in allowed and path == "excuse/" and who != "stranger":
            expected = 403
        assert client.get(f"{nomination.get_absolute_url()}{path}").status_code == expected, path
    assert client.get("/awards/new/").status_code == {"stranger": 302, "secretariat": 200}.get(who, 403)


def test_the_desk_asks_the_same_number_of_queries_for_one_and_for_many(client):
    award = stage.edition()
    people.sign_in(client, people.secretariat())
    counts = []
    for codes in (["KE"], ["FR", "BR", "JP", "EG", "RU"]):
        for code in codes:
            stage.handed_in(award, code)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/awards/2026/desk/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_public_pages_cost_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get("/awards/").status_code == 200
    with django_assert_max_num_queries(8):
        assert client.get("/awards/cop-14/").status_code == 200


def test_engine_is_reached_with_the_keys_of_now(client):
    """A focal point who was replaced between opening the form and sending it is refused."""
    nomination = stage.draft(stage.edition())
    nominator = stage.focal_point("KE")
    people.sign_in(client, nominator)
    nominator.focal_points.update(until="2020-01-02")
    with pytest.raises(PermissionDenied):
        engine.submit(case=nomination.case, by=type(nominator).objects.get(pk=nominator.pk))


def test_the_secretariat_says_by_the_official_clock_until_when_a_nomination_can_be_completed(client):
    nomination = stage.handed_in(stage.edition(zone="America/Toronto"))
    people.sign_in(client, people.secretariat())
    address = f"{nomination.get_absolute_url()}screen/"
    assert "by the clock of America/Toronto" in client.get(address).content.decode()
    sent = client.post(
        address, {"outcome": "returned", "reason": "No address.", "due_at": "2050-01-15T12:00"}
    )
    assert sent.status_code == 302
    due_at = Case.objects.get(pk=nomination.case_id).run.due_at
    assert due_at.isoformat() == "2050-01-15T17:00:00+00:00"


def test_the_questionnaire_says_what_it_will_need_in_the_end(client):
    nomination = stage.draft(stage.edition())
    people.sign_in(client, stage.focal_point("KE"))
    page = client.get(f"{nomination.get_absolute_url()}edit/").content.decode()
    assert page.count("needed to hand in") == 9
