"""Questions beside the criteria: typed, versioned, answered on the page and in the workbook."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from network.awards.models import Nomination, SiteLook
from network.calls.models import Amendment
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db

NUMBER = {
    "kind": "number",
    "words": "How many pages are there?",
    "required": "on",
    "asked": "on",
    "reason": "Asked for by COP",
}
CHOICE = {
    "kind": "choice",
    "words": "Who pays?",
    "options": "State\nDonor",
    "asked": "on",
    "reason": "Budget",
}
LINK = {"kind": "link", "words": "Where is the report?", "asked": "on", "reason": "Evidence"}


def asking(client, slug="2026"):
    people.sign_in(client, people.secretariat())
    for form in (NUMBER, CHOICE, LINK):
        assert client.post(f"/awards/{slug}/questions/", form).status_code == 302


def answers(nomination, **more) -> dict:
    nomination.refresh_from_db()
    return {**stage.ANSWERS, "version": nomination.version, **more}


def test_each_answer_is_of_its_kind_and_keeps_the_version_that_it_answers(client):
    award = stage.edition()
    nomination = stage.draft(award)
    asking(client)
    assert "How many pages" in client.get("/awards/2026/").content.decode(), "told in the open"
    people.sign_in(client, stage.focal_point("KE"))
    address = f"{nomination.get_absolute_url()}edit/"
    for field, typed in (
        ("asked_q1", "many"), ("asked_q2", "Nobody"), ("asked_q3", "http://10.0.0.1/"), ("asked_q3", "no"),
    ):  # fmt: skip
        refused = client.post(address, answers(nomination, save="", **{field: typed}))
        assert refused.status_code == 422, field
        assert field in refused.context["form"].errors
        assert typed in refused.content.decode()
    missing = client.post(address, answers(nomination, submit=""))
    assert "asked_q1" in missing.context["form"].errors, "it has to be answered"
    given = {"asked_q1": "260", "asked_q2": "Donor", "asked_q3": "https://report.example/2026"}
    assert client.post(address, answers(nomination, save="", **given)).status_code == 302
    people.sign_in(client, people.secretariat())
    again = {**NUMBER, "words": "How many pages, images left out?"}
    assert client.post("/awards/2026/questions/?question=q1", again).status_code == 302
    nomination = Nomination.objects.get(pk=nomination.pk)
    assert nomination.more["q1"] == {"version": 1, "value": "260"}
    people.sign_in(client, stage.focal_point("KE"))
    page = client.get(nomination.get_absolute_url()).content.decode()
    assert "images left out" in page
    assert "Given to an earlier wording" in page
    assert (
        client.post(address, answers(nomination, submit="", **{**given, "asked_q1": "250"})).status_code
        == 302
    )
    nomination.refresh_from_db()
    assert nomination.more["q1"] == {"version": 2, "value": "250"}
    assert nomination.more["q2"] == {"version": 1, "value": "Donor"}
    assert SiteLook.objects.filter(url="https://report.example/2026").exists(), "a link is looked at"
    assert Amendment.objects.filter(call=award.call).count() == 4


def test_the_workbook_asks_them_too_and_meets_the_same_checks(client):
    nomination = stage.draft(stage.edition())
    asking(client)
    people.sign_in(client, stage.focal_point("KE"))
    address = nomination.get_absolute_url()

    def filled(value) -> SimpleUploadedFile:
        book = load_workbook(io.BytesIO(client.get(f"{address}questionnaire.xlsx").content))
        sheet = book.worksheets[0]
        row = next(row for row in sheet.iter_rows() if row[0].value == "asked_q1")
        assert row[1].value == "How many pages are there?"
        row[3].value = value
        made = io.BytesIO()
        book.save(made)
        return SimpleUploadedFile("answers.xlsx", made.getvalue())

    assert client.post(f"{address}offline/", {"file": filled("many")}).status_code == 422
    assert client.post(f"{address}offline/", {"file": filled(260)}).status_code == 302
    assert Nomination.objects.get(pk=nomination.pk).more["q1"]["value"] == "260"


def test_who_may_ask_and_what_is_refused_beside_its_field(client):
    award = stage.edition()
    for who, status in ((people.stranger(), 302), (people.member(), 403), (people.administrator(), 403)):
        people.sign_in(client, who)
        assert client.post("/awards/2026/questions/", NUMBER).status_code == status
    people.sign_in(client, people.secretariat())
    for changed, field in (
        ({**CHOICE, "options": "Only one"}, "options"), ({**NUMBER, "reason": ""}, "reason"),
        ({**NUMBER, "kind": "file"}, "kind"), ({**NUMBER, "words": ""}, "words"),
    ):  # fmt: skip
        refused = client.post("/awards/2026/questions/", changed)
        assert refused.status_code == 422
        assert field in refused.context["form"].errors
    assert client.post("/awards/2026/questions/", NUMBER).status_code == 302
    kept = client.post("/awards/2026/questions/?question=q1", {**CHOICE})
    assert "kind" in kept.context["form"].errors
    gone = {name: value for name, value in NUMBER.items() if name != "asked"}
    assert client.post("/awards/2026/questions/?question=q1", gone).status_code == 302
    nomination = stage.draft(award)
    people.sign_in(client, stage.focal_point("KE"))
    assert "How many pages" not in client.get(f"{nomination.get_absolute_url()}edit/").content.decode()
