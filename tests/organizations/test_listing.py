"""Lists of organizations as offices have them: read, looked at, taken in, mended, taken in again."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import Workbook

from network.organizations.listing import Unreadable, read
from network.organizations.models import Organization
from tests import people

pytestmark = pytest.mark.django_db

GOOD = (
    "Nom;Sigle;Pays;Type;Site;Notes\n"
    "Observatoire du lac;OL;Sénégal;Institut de recherche;ol.example;x\n"
    "Réseau des récifs;;FJ;network;;\n"
    ";;;;;\n"
    ";XX;KE;;;\n"
    "Nowhere Institute;;Atlantis;;;\n"
    "Observatoire du lac;OL;SN;;;\n"
    "Bad site;;;;http://[;\n"
)


def bring(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_organizations", str(path), *options, stdout=out, no_color=True)
    return out.getvalue()


@pytest.fixture
def office_list(tmp_path) -> Path:
    path = tmp_path / "offices.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_dry_run_changes_nothing(office_list) -> None:
    said = bring(office_list, "--dry-run")
    assert "2 added" in said
    assert "Nothing was changed" in said
    assert not Organization.objects.exists()
    assert not office_list.with_name("offices.rejected.csv").exists()


def test_a_workbook_and_an_old_encoding_are_read(tmp_path) -> None:
    """As people's lists are: the same reader."""
    book = Workbook()
    book.active.append(["Organizations of the region"])
    book.active.append(["Название", "Сокращение", "Страна"])
    book.active.append(["Озёрная обсерватория", "ОО", "Кения"])
    book.save(tmp_path / "offices.xlsx")
    assert "1 added" in bring(tmp_path / "offices.xlsx")
    assert Organization.objects.get().country.code == "KE"
    old = "Название;Страна\nОзёрная обсерватория;Кения\n".encode("cp1251")
    (tmp_path / "old.csv").write_bytes(old)
    assert "1 unchanged" in bring(tmp_path / "old.csv")


def test_taken_in_mended_and_repeated(office_list) -> None:
    said = bring(office_list)
    assert "2 added" in said
    assert "4 rejected" in said
    assert "Left alone: Notes" in said
    lake = Organization.objects.get(acronym="OL")
    assert (lake.country.code, lake.website) == ("SN", "https://ol.example")
    rejected = office_list.with_name("offices.rejected.csv")
    text = rejected.read_text(encoding="utf-8-sig")
    assert "Atlantis" in text
    rejected.write_text(text.replace("Atlantis", "Kenya"), encoding="utf-8-sig")
    assert "1 added" in bring(rejected)
    again = bring(office_list)
    assert "0 added" in again
    assert "2 unchanged" in again


def test_an_empty_cell_changes_nothing_and_a_full_one_does(tmp_path, office_list) -> None:
    bring(office_list)
    path = tmp_path / "more.csv"
    path.write_text("name,country,acronym,website\nObservatoire du lac,SN,,https://new.example\n")
    assert "1 changed" in bring(path)
    lake = Organization.objects.get(sort_name="observatoire du lac")
    assert (lake.acronym, lake.website) == ("OL", "https://new.example")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    found = read("Nom,Pays\nRéseau d’été,Sénégal\n".encode(encoding))
    assert found.rows[0].values["name"] == "Réseau d’été"
    assert found.rows[0].values["country"].code == "SN"


@pytest.mark.parametrize(
    ("header", "country"), [("名称,国家", "中国"), ("الاسم,البلد", "كينيا"), ("название,страна", "Кения")]
)
def test_headers_and_countries_in_their_languages(header: str, country: str) -> None:
    [row] = read(f"{header}\nX Institute,{country}\n".encode()).rows
    assert row.reason == ""
    assert row.values["country"].code in ("CN", "KE")


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"a,b\n1,2\n", b'name\n"open'])
def test_what_is_no_list(content: bytes) -> None:
    try:
        found = read(content)
    except Unreadable:
        return
    assert all(row.reason or row.values["name"] for row in found.rows)


def test_no_file(tmp_path) -> None:
    with pytest.raises(CommandError):
        bring(tmp_path / "none.csv")


def test_on_a_page_with_a_look_before(client: Client) -> None:
    people.sign_in(client, people.secretariat())
    look = client.post("/organizations/import/", {"file": SimpleUploadedFile("offices.csv", GOOD.encode())})
    assert look.status_code == 200
    assert not Organization.objects.exists()
    assert "Atlantis" in look.content.decode()
    done = client.post("/organizations/import/", {"text": look.context["text"], "confirmed": "yes"})
    assert done.status_code == 200
    assert Organization.objects.count() == 2
    assert client.post("/organizations/import/", {}).status_code == 422
    empty = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    assert client.post("/organizations/import/", {"file": empty}).status_code == 422


@pytest.mark.parametrize("who", ["member", "editor", "stranger"])
def test_nobody_else_brings_lists(client: Client, who: str) -> None:
    people.sign_in(client, getattr(people, who)())
    denied = 302 if who == "stranger" else 403
    assert client.post("/organizations/import/", {"text": GOOD, "confirmed": "yes"}).status_code == denied
    assert not Organization.objects.exists()


def test_rejected_rows_run_no_cell(tmp_path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("name,country\n=cmd|' /C calc'!A0,Atlantis\n")
    bring(path)
    assert "'=cmd" in path.with_name("x.rejected.csv").read_text(encoding="utf-8-sig")
