"""Taking people out: what the viewer sees and no more, with a purpose that everybody on it can read."""

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest
import vobject
from django.test import Client
from django.utils import timezone

from network.experts import actions, listpersonal
from network.experts.actions import exporting as deeds
from network.experts.exporting.files import defused
from network.experts.models import DirectoryExport, ExportedPerson
from network.notifications.models import Notification
from network.outbox.actions import work_off
from tests import people
from tests.experts.factories import full_values, person, published, term

pytestmark = pytest.mark.django_db

PURPOSE = "To invite reviewers of wetlands"


@pytest.fixture
def two() -> None:
    published(people.expert(), seen_by=3, **full_values())
    published(
        person(1, '=HYPERLINK("http://x.example")'),
        seen_by={"designation": 0, "country": 3},
        designation="Secret post",
        country=term("country", "KE"),
        tags=["+44 reefs"],
    )


def take(client: Client, format: str, **asked: str) -> bytes:
    people.sign_in(client, people.member())
    answer = client.post(
        f"/experts/export/?{'&'.join(f'{k}={v}' for k, v in asked.items())}",
        {"format": format, "purpose": PURPOSE},
    )
    assert answer.status_code == 302, answer.content.decode()
    export = DirectoryExport.objects.latest("pk")
    page = client.get("/experts/exports/").content.decode()
    assert f"/experts/exports/{export.pk}/file/" in page
    return client.get(f"/experts/exports/{export.pk}/file/").content


def test_csv_holds_what_is_seen_and_no_formula(client: Client, two: None) -> None:
    rows = list(csv.DictReader(io.StringIO(take(client, "csv").decode("utf-8-sig"))))
    by_name = {row["Name"]: row for row in rows}
    assert set(by_name) == {"Amina Wanjiru", '\'=HYPERLINK("http://x.example")'}
    assert by_name["Amina Wanjiru"]["Position"] == "Senior hydrologist"
    other = by_name['\'=HYPERLINK("http://x.example")']
    assert other["Position"] == ""
    assert other["Country"] == "Kenya"
    assert other["Keywords"] == "'+44 reefs"
    assert "@" not in "".join(by_name["Amina Wanjiru"].values())


def test_a_spreadsheet_holds_words_only(client: Client, two: None) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(take(client, "xlsx", country="KE"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert "Amina Wanjiru" in {cell.value for cell in cells}


def test_calling_cards_and_linked_data(client: Client, two: None) -> None:
    cards = list(vobject.readComponents(take(client, "vcard", subject="dry-lands").decode()))
    assert [card.fn.value for card in cards] == ["Amina Wanjiru"]
    assert cards[0].org.value == ["Lake Basin Authority"]
    graph = json.loads(take(client, "jsonld", subject="dry-lands"))["@graph"]
    assert [one["name"] for one in graph] == ["Amina Wanjiru"]
    assert graph[0]["knowsLanguage"] == ["Swahili"]


def test_a_purpose_is_asked_and_somebody_must_be_there(client: Client, two: None) -> None:
    people.sign_in(client, people.member())
    for sent in ({"format": "csv", "purpose": "short"}, {"format": "exe", "purpose": PURPOSE}, {}):
        assert client.post("/experts/export/", sent).status_code == 422
    nobody = client.post("/experts/export/?country=XX", {"format": "csv", "purpose": PURPOSE})
    assert nobody.status_code == 422
    assert not DirectoryExport.objects.exists()
    client.logout()
    assert client.get("/experts/export/").status_code == 302


def test_a_file_is_for_whoever_asked_and_for_a_day(client: Client, two: None) -> None:
    take(client, "csv")
    export = DirectoryExport.objects.get()
    for who in (people.outsider(), people.administrator(), people.expert()):
        people.sign_in(client, who)
        assert client.get(f"/experts/exports/{export.pk}/file/").status_code == 404
    DirectoryExport.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    people.sign_in(client, people.member())
    assert client.get(f"/experts/exports/{export.pk}/file/").status_code == 404
    assert actions.drop_old_exports() == 1
    assert DirectoryExport.objects.get().file is None


def test_everybody_on_it_can_read_who_when_and_why(client: Client, two: None) -> None:
    take(client, "csv")
    assert ExportedPerson.objects.count() == 2
    (row,) = listpersonal.export(people.expert())["I was part of an export"]
    assert (row["By"], row["Purpose"]) == ("Chen Wei", PURPOSE)
    (seen,) = listpersonal.looks(people.expert())
    assert (seen.who, seen.purpose) == (people.member(), PURPOSE)
    listpersonal.erase(people.member(), True)
    (row,) = listpersonal.export(people.expert())["I was part of an export"]
    assert row["By"] == ""
    assert DirectoryExport.objects.get().file is None


def test_many_are_written_by_the_worker_once(client: Client, two: None, monkeypatch) -> None:
    monkeypatch.setattr(deeds, "AT_ONCE", 1)
    viewer = people.viewer(people.member())
    export = actions.ask_for_export(viewer=viewer, format="csv", purpose=PURPOSE)
    assert export.ready_at is None
    people.sign_in(client, people.member())
    assert "It is being made" in client.get("/experts/exports/").content.decode()
    work_off()
    work_off()
    export.refresh_from_db()
    assert export.number == 2
    assert ExportedPerson.objects.count() == 2
    assert Notification.objects.get().kind == "experts.export_ready"


def test_there_is_a_measure(two: None, monkeypatch) -> None:
    viewer = people.viewer(people.member())
    monkeypatch.setattr(deeds, "MOST", 1)
    with pytest.raises(deeds.Refused, match="5,000"):
        actions.ask_for_export(viewer=viewer, format="csv", purpose=PURPOSE)
    monkeypatch.setattr(deeds, "MOST", 10)
    monkeypatch.setattr(deeds, "MOST_A_DAY", 3)
    actions.ask_for_export(viewer=viewer, format="csv", purpose=PURPOSE)
    with pytest.raises(deeds.Refused, match="today"):
        actions.ask_for_export(viewer=viewer, format="csv", purpose=PURPOSE)


def test_a_shortlist_goes_out_in_its_order(client: Client, two: None) -> None:
    viewer = people.viewer(people.member())
    made = actions.make_shortlist(viewer=viewer, name="Panel")
    actions.put_on_shortlist(viewer=viewer, shortlist=made, slugs=[people.expert().expert_profile.slug])
    text = take(client, "csv", list=made.key).decode("utf-8-sig")
    assert "Amina" in text
    assert "HYPERLINK" not in text
    people.sign_in(client, people.outsider())
    assert client.get(f"/experts/export/?list={made.key}").status_code == 404


@pytest.mark.parametrize("typed", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "＝1", "\ufeff=1"])
def test_no_text_is_a_formula(typed: str) -> None:
    assert defused(typed).startswith("'")


@pytest.mark.parametrize("typed", ["Amina", "1-2", "a=b", "", "\x00Bo"])
def test_other_texts_stay(typed: str) -> None:
    assert defused(typed) == typed.replace("\x00", "")
