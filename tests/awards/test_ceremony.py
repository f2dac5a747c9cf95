"""Told early under embargo, printed for the stage; published to learn from with leave, and never without."""

import io
import re

import pytest
from django.core import mail
from pypdf import PdfReader

from home.pages.models import PracticePage
from network.awards import actions
from network.awards.models import Certificate, EarlyNotice, Laureate
from network.calls import actions as engine
from network.calls.models import Event
from network.organizations.models import Affiliation, Organization
from network.outbox.actions import work_off
from network.search.models import SearchDocument
from tests import people
from tests.awards import stage
from tests.awards.test_results import closed, out

pytestmark = pytest.mark.django_db

WHO = {"name": "Wanjiku Kamau", "email": "minister@ke.example", "reason": "Receives the medal on stage"}


def link(letter) -> str:
    return re.search(r"https?://[^/\s]+(/awards/early/\S+)", letter.body)[1]


def told(client, nomination):
    """The notice, sent by the page; the link in the mail."""
    people.sign_in(client, people.secretariat())
    assert client.post(f"{nomination.get_absolute_url()}early/", WHO).status_code == 302
    while work_off():
        pass
    return link(next(one for one in mail.outbox if one.to == [WHO["email"]]))


def test_a_named_person_reads_one_result_before_the_release_and_prints_its_certificate(client):
    award, (won, _lost) = closed()
    way = told(client, won)
    letter = next(one for one in mail.outbox if one.to == [WHO["email"]])
    assert "old" not in letter.subject + letter.body, "the mail says nothing of what it is about"
    client.logout()
    promise = client.get(way)
    assert "Gold" not in promise.content.decode()
    assert EarlyNotice.objects.get().opened_at is None, "a scanner that opens links has read nothing"
    assert "Gold" in client.post(way).content.decode()
    file = client.post(way, {"file": "certificate"})
    code = EarlyNotice.objects.get().code
    text = PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    assert "Gold" in text
    assert code in text
    assert client.get(f"/awards/certificates/{code}/").status_code == 404
    assert not Laureate.objects.filter(edition=award).exists()
    events = list(Event.objects.filter(case=won.case_id).values_list("kind", flat=True))
    assert events[-3:] == ["told-early", "early-opened", "early-opened"]
    engine.release(call=award.call, by=people.secretariat())
    assert Certificate.objects.get().code == code, "what was printed is what counts"
    assert client.get(f"/awards/certificates/{code}/").status_code == 200
    assert client.get(way).status_code == 302


def test_letters_are_read_by_the_secretariat_before_they_go_out_and_by_nobody_else(client):
    _award, (won, lost) = closed()
    for nomination, result in ((won, "Gold"), (lost, "No award")):
        address = f"{nomination.get_absolute_url()}feedback/letter.pdf"
        for who in (stage.focal_point("KE"), stage.focal_point("FR"), people.juror(), people.administrator()):
            people.sign_in(client, who)
            assert client.get(address).status_code in (403, 404)
        people.sign_in(client, people.secretariat())
        letter = PdfReader(io.BytesIO(client.get(address).content)).pages[0].extract_text()
        assert result in letter
        assert client.get(f"{nomination.get_absolute_url()}feedback/").status_code == 403
    assert "Preview the letter" in client.get("/awards/2026/release/").content.decode()


def test_hosting_by_the_secretariat_stands_on_the_file(client):
    nomination = stage.handed_in(stage.edition())
    host = Organization.objects.create(slug="scbd", name="The Secretariat")
    actions.name_supporter(nomination=nomination, organization=host, kind="hosted", by=people.secretariat())
    people.sign_in(client, stage.focal_point("KE"))
    sentence = "A body whose people work in the secretariat hosts this site"
    assert sentence not in client.get(nomination.get_absolute_url()).content.decode()
    Affiliation.objects.create(person=stage.executive(), organization=host)
    assert sentence in client.get(nomination.get_absolute_url()).content.decode()


def test_a_closed_link_opens_nothing_and_a_forged_one_neither(client):
    _award, (won, _lost) = closed()
    way = told(client, won)
    page = client.get(f"{won.get_absolute_url()}early/").content.decode()
    assert WHO["name"] in page
    notice = EarlyNotice.objects.get()
    again = client.post(f"{won.get_absolute_url()}early/", WHO)
    assert again.status_code == 422
    assert WHO["reason"] in again.content.decode()
    assert client.post(f"{won.get_absolute_url()}early/", {"close": notice.pk}).status_code == 302
    assert client.post(f"{won.get_absolute_url()}early/", {"close": "x"}).status_code == 404
    assert client.get(way).status_code == 404
    assert client.post(way).status_code == 404
    assert client.get("/awards/early/1:forged/").status_code == 404


def test_nobody_but_the_secretariat_without_a_tie_tells_and_only_of_what_was_decided(client):
    _award, (won, lost) = closed()
    address = f"{won.get_absolute_url()}early/"
    for who, status in (
        (people.stranger(), 302), (people.member(), 404), (people.administrator(), 404),
        (people.juror(), 403), (stage.focal_point("KE"), 403), (people.secretariat(), 200),
    ):  # fmt: skip
        people.sign_in(client, who)
        assert client.get(address).status_code == status, who
    assert client.get(f"{lost.get_absolute_url()}early/").status_code == 403, "no award, nothing to tell"
    engine.raise_conflict(case=won.case, person=stage.executive(), reason="Host", by=people.secretariat())
    people.sign_in(client, stage.executive())
    assert client.get(address).status_code == 404


def test_winning_answers_become_a_draft_with_leave_and_go_when_it_is_taken_back(client):
    _award, (won, lost) = out()
    address = f"{won.get_absolute_url()}leave/"
    for who, status in (
        (people.stranger(), 302), (people.member(), 404), (people.secretariat(), 403),
        (stage.focal_point("FR"), 404), (stage.focal_point("KE"), 200),
    ):  # fmt: skip
        people.sign_in(client, who)
        assert client.get(address).status_code == status, who
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"answers": ["progress"]}).status_code == 422
    assert client.post(address, {"answers": ["services", "content"]}).status_code == 302
    page = PracticePage.objects.get()
    assert not page.live
    assert client.get(page.url).status_code == 404
    body = str(page.body)
    assert "Answer on services" in body
    assert "Answer on governance" not in body
    page.get_latest_revision().publish()
    while work_off():
        pass
    page.refresh_from_db()
    assert "Answer on content" in client.get(page.url).content.decode()
    assert SearchDocument.objects.filter(title__contains="Good practice").exists()
    assert "Take leave back" in client.get(address).content.decode()
    assert client.post(address, {"take-back": "yes"}).status_code == 302
    while work_off():
        pass
    assert not PracticePage.objects.exists()
    assert client.get(page.url).status_code == 404
    assert not SearchDocument.objects.filter(title__contains="Good practice").exists()
    actions.give_leave(nomination=won, answers=["content"], by=stage.focal_point("KE"))
    assert PracticePage.objects.count() == 1
    people.sign_in(client, stage.focal_point("FR"))
    assert client.get(f"{lost.get_absolute_url()}leave/").status_code == 403


def test_what_people_typed_is_never_markup_on_the_page(client):
    award = stage.edition(quorum=1)
    stage.juror(award)
    draft = stage.draft(award)
    draft = actions.save_nomination(
        nomination=draft, version=draft.version, by=stage.focal_point("KE"),
        answers={**stage.ANSWERS, "content": "<script>alert(1)</script>\n\nSecond paragraph"},
    )  # fmt: skip
    engine.submit(case=draft.case, by=stage.focal_point("KE"))
    engine.screen(case=draft.case, outcome="eligible", by=people.secretariat())
    stage.score(draft, people.juror())
    engine.decide(case=draft.case, outcome="gold", by=stage.executive())
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    actions.give_leave(nomination=draft, answers=["content"], by=stage.focal_point("KE"))
    page = PracticePage.objects.get()
    page.get_latest_revision().publish()
    shown = client.get(page.url).content.decode()
    assert "<script>alert(1)" not in shown
    assert "Second paragraph" in shown
