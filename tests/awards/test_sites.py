"""The addresses that a nominator gives are looked at until the deadline; it informs and never scores."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.awards import actions, tasks
from network.awards.looking import look
from network.awards.models import NationalSite, SiteLook
from network.calls import actions as engine
from network.calls import dossier, replay
from network.calls.models import Case, Event, Review
from network.foundations.exceptions import Refused
from network.foundations.outward import NotFetched
from tests import people
from tests.awards import stage
from tests.foundations.elsewhere import PUBLIC, elsewhere

SITE = """<html lang="fr"><head><title>Centre d’échange</title>
<meta name="viewport" content="width=device-width">
<meta property="article:modified_time" content="2026-02-03T10:00">
<link rel="alternate" hreflang="en" href="/en/"><link rel="alternate" type="application/rss+xml" href="/feed">
<script>var hidden = 1;</script></head><body><main><h1>Bienvenue</h1><img src="a.png"><img src="b.png" alt="">
<label for="q">Chercher</label><input id="q"><input name="other"><time datetime="2026-03-04">hier</time>
<time datetime="9999-99-99">?</time></main></body></html>"""


@pytest.fixture
def world():
    with elsewhere() as world:
        world.lives["biodiversity.example"] = [PUBLIC]
        world.page("biodiversity.example/", SITE)
        yield world


def http(nomination):
    """The stage's address, on the line that these tests have."""
    nomination.site_url = "http://biodiversity.example/"
    nomination.save(update_fields=["site_url"])
    return nomination


def test_signs_of_a_page(world):
    found = look("http://biodiversity.example/", world.line())
    assert (found["status"], found["https"], found["title"]) == (200, False, "Centre d’échange")
    assert found["languages"] == ["en", "fr"]
    assert found["newest"] == "2026-03-04"
    assert found["feeds"] == 1
    assert "Bienvenue" in found["excerpt"]
    assert "hidden" not in found["excerpt"]
    assert found["access"]["images_without_text"] == 1
    assert found["access"]["fields_without_label"] == 1
    assert found["access"]["main"]


def test_whoever_does_not_want_to_be_looked_at_is_left_alone(world):
    world.page("biodiversity.example/robots.txt", "User-agent: *\nDisallow: /", content_type="text/plain")
    with pytest.raises(NotFetched) as refused:
        look("http://biodiversity.example/", world.line())
    assert refused.value.code == "robots"
    assert world.asked == ["biodiversity.example/robots.txt"]


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00<html", b"<" * 50_000, b"<!--" + b"x" * 9_000, b"<html lang='" + b"y" * 900, b""]
)
def test_a_broken_page_is_a_page(world, body):
    world.page("biodiversity.example/", body, content_type="text/html; charset=no-such")
    assert look("http://biodiversity.example/", world.line())["status"] == 200


@pytest.mark.django_db
def test_what_was_seen_stands_on_the_file_and_changes_no_score(client, world):
    award = stage.edition(quorum=1)
    nomination = http(stage.draft(award))
    nomination.links = "http://nobody.example/report"
    nomination.save(update_fields=["links"])
    engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    assert SiteLook.objects.filter(looked_at=None).count() == 2
    assert tasks.look_at_sites(world.line()) == 2
    assert tasks.look_at_sites(world.line()) == 0
    assert not Review.objects.exists()
    for who in (stage.focal_point("KE"), people.secretariat()):
        people.sign_in(client, who)
        page = client.get(nomination.get_absolute_url()).content.decode()
        assert "Centre d’échange" in page
        assert "No host of this name was found" in page
    juror = stage.juror(award)
    engine.screen(case=nomination.case, outcome="eligible", by=people.secretariat())
    people.sign_in(client, juror)
    assert "Centre d’échange" in client.get(nomination.get_absolute_url()).content.decode()
    told = Event.objects.filter(case=nomination.case_id, kind="looked-at")
    assert told.count() == 2
    assert {event.actor for event in told} == {None}
    assert replay.disagreements(award.call) == []
    case = Case.objects.select_related("call", "party").prefetch_related("runs").get(pk=nomination.case_id)
    assert [one["fault"] for one in dossier._case(case)["evidence"]] == ["", "unknown-host"]


@pytest.mark.django_db
def test_evidence_is_frozen_at_the_deadline(world, monkeypatch):
    award = stage.edition()
    nomination = http(stage.handed_in(award))
    SiteLook.objects.update(url=nomination.site_url)
    tasks.look_at_sites(world.line())
    first = SiteLook.objects.get()
    closes_at = award.call.closes_at
    world.page("biodiversity.example/", "<title>Rebuilt since</title>")
    monkeypatch.setattr(timezone, "now", lambda: closes_at - timedelta(microseconds=1))
    assert actions.ask_look(nomination=nomination, by=people.secretariat()) == 1
    monkeypatch.setattr(timezone, "now", lambda: closes_at)
    with pytest.raises(PermissionDenied):
        actions.ask_look(nomination=nomination, by=people.secretariat())
    monkeypatch.setattr(timezone, "now", lambda: closes_at + timedelta(hours=1))
    tasks.look_at_sites(world.line())
    assert list(SiteLook.objects.all()) == [first]
    assert actions.keep_look(look=first, findings={"title": "Forged"}) is None
    first.refresh_from_db()
    assert first.findings["title"] == "Centre d’échange"


@pytest.mark.django_db
def test_sites_are_asked_politely_and_once_a_day_while_the_call_is_open(world, monkeypatch):
    award = stage.edition(closes_at=timezone.now() + timedelta(days=9))
    nomination = http(stage.handed_in(award))
    SiteLook.objects.update(url=nomination.site_url)
    tasks.look_at_sites(world.line())
    with pytest.raises(Refused):
        actions.ask_look(nomination=nomination, by=people.secretariat())
    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert tasks.look_at_sites(world.line()) == 1
    assert tasks.look_at_sites(world.line()) == 0


@pytest.mark.django_db
def test_who_may_have_a_site_looked_at(client):
    award = stage.edition()
    nomination = stage.draft(award)
    address = f"{nomination.get_absolute_url()}look/"
    for who, status in (
        (people.stranger(), 302), (people.member(), 404), (people.administrator(), 404),
        (stage.focal_point("FR"), 404), (people.secretariat(), 404), (stage.focal_point("KE"), 302),
    ):  # fmt: skip
        people.sign_in(client, who)
        assert client.post(address).status_code == status, who
    assert SiteLook.objects.count() == 1
    assert (
        "addresses are being looked at"
        in client.get(f"{nomination.get_absolute_url()}edit/").content.decode()
    )
    engine.submit(case=nomination.case, by=stage.focal_point("KE"))
    engine.raise_conflict(
        case=nomination.case, person=stage.executive(), reason="Built it", by=people.secretariat()
    )
    with pytest.raises(PermissionDenied):
        actions.ask_look(nomination=nomination, by=stage.executive())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("site_url", "http://127.0.0.1/"), ("site_url", "http://localhost:8000/"), ("links", "http://[::1]/"),
        ("links", "https://chm.example/\nhttp://10.0.0.1/"), ("links", "javascript:alert(1)"),
        ("links", "\n".join(f"https://chm.example/{number}" for number in range(11))),
    ],
)  # fmt: skip
def test_an_address_that_leads_inward_is_refused_beside_its_field(client, field, typed):
    nomination = stage.draft(stage.edition())
    people.sign_in(client, stage.focal_point("KE"))
    form = {**stage.ANSWERS, "version": nomination.version, "save": "", field: typed}
    answer = client.post(f"{nomination.get_absolute_url()}edit/", form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert typed.splitlines()[0] in answer.content.decode()


@pytest.mark.django_db
def test_the_secretariat_sees_which_parties_have_no_site(client):
    stage.handed_in(stage.edition(), "KE")
    stage.focal_point("FR")
    for who, status in ((people.stranger(), 302), (people.member(), 403), (people.administrator(), 403)):
        people.sign_in(client, who)
        assert client.get("/awards/outreach/").status_code == status
        assert client.get("/awards/outreach/parties.csv").status_code == status
    people.sign_in(client, people.secretariat())
    page = client.get("/awards/outreach/").content.decode()
    codes = [party.code for party, _people in client.get("/awards/outreach/").context["rows"]]
    assert "KE" not in codes
    assert "MX" not in codes, "it was awarded, so there is one"
    assert "US" not in codes, "no Party"
    assert "FR" in codes
    assert "focal-point-fr" in page.lower() or "nobody here yet" in page
    assert client.post("/awards/outreach/", {"party": "", "url": "no"}).status_code == 422
    noted = client.post(
        "/awards/outreach/", {"party": stage.country("FR").pk, "url": "https://fr.chm.example/"}
    )
    assert noted.status_code == 302
    assert NationalSite.objects.get().party == stage.country("FR")
    table = client.get("/awards/outreach/parties.csv").content.decode("utf-8-sig")
    assert "\r\nFR," not in table
    assert "\r\nUG," in table
