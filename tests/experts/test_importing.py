"""Lists of people as offices have them: brought in, told what was wrong, safe to repeat."""

import codecs
import io
import re
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from network.accounts.models import User
from network.experts import actions
from network.experts.enums import State
from network.experts.importing import headers
from network.experts.models import ExpertProfile
from network.foundations import tables
from tests import people
from tests.experts.factories import published

pytestmark = pytest.mark.django_db

ENGLISH = "Name,E-mail,Country,Affiliation,Expertise\n"
FRENCH = (
    "Nom et prénom;Courriel;Pays;Organisme;Langues de travail;Mots-clés;Cibles\n"
    "OUÉDRAOGO, Élodie;elodie@terre.example;Burkina Faso;Terre vive;français, anglais;zaï, Forêts;2 et 10\n"
)
RUSSIAN = "ФИО\tЭл. почта\tСтрана\tДолжность\nОльга Соколова\tolga@obs.example\tРоссия\tИсследователь\n"
CHINESE = "姓名,电子邮件,国家,单位,专业领域\n李晓梅,li@water.example,中国,水资源中心,湿地恢复、流域管理\n"
ARABIC = "الاسم,البريد الإلكتروني,البلد,اللغات\nفاطمة الزهراء,fatima@oases.example,المغرب,العربية، الفرنسية\n"
SPANISH = (
    "Nombres;Apellidos;Correo electrónico;País;Cargo\nSofía;Méndez;sofia@paramos.example;Colombia;Bióloga\n"
)


def bring_in(path: Path, content: str | bytes, **options) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    told = io.StringIO()
    call_command("import_experts", path, stdout=told, stderr=io.StringIO(), **options)
    return told.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roster.csv"


def profile(email: str) -> ExpertProfile:
    return ExpertProfile.objects.get(user__email=email)


def words(found: ExpertProfile, field: str) -> set[str]:
    return {entry.term.code for entry in found.terms.filter(field=field)}


def test_french_with_semicolons_in_windows_letters(file: Path) -> None:
    told = bring_in(file, FRENCH.encode("cp1252"))
    found = profile("elodie@terre.example")
    assert found.user.name == "Élodie OUÉDRAOGO"
    assert found.country.code == "BF"
    assert found.affiliation == "Terre vive"
    assert words(found, "languages") == {"fr", "en"}
    assert words(found, "subjects") == {"forests"}
    assert words(found, "targets") == {"2", "10"}
    assert [tag.name for tag in found.tags.all()] == ["zaï"]
    assert "1 added" in told


def test_russian_with_tabs_in_utf16(file: Path) -> None:
    bring_in(file, codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le"))
    found = profile("olga@obs.example")
    assert (found.user.name, found.country.code, found.designation) == (
        "Ольга Соколова",
        "RU",
        "Исследователь",
    )


def test_chinese(file: Path) -> None:
    bring_in(file, CHINESE.encode("utf-8-sig"))
    found = profile("li@water.example")
    assert (found.user.name, found.country.code, found.affiliation) == ("李晓梅", "CN", "水资源中心")
    assert {tag.name for tag in found.tags.all()} == {"湿地恢复", "流域管理"}


def test_arabic(file: Path) -> None:
    bring_in(file, ARABIC)
    found = profile("fatima@oases.example")
    assert (found.user.name, found.country.code) == ("فاطمة الزهراء", "MA")
    assert words(found, "languages") == {"ar", "fr"}


def test_spanish_with_the_name_in_two_columns(file: Path) -> None:
    bring_in(file, SPANISH)
    assert profile("sofia@paramos.example").user.name == "Sofía Méndez"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KE", "KE"), ("kenya", "KE"), ("Кения", "KE"), ("UK", "GB"), ("États-Unis", "US"),
        ("Ivory Coast", "CI"), ("Tanzania", "TZ"), ("Viet Nam", "VN"), ("Vietnam", "VN"),
        ("Iran (Islamic Republic of)", "IR"), ("  FIJI ", "FJ"),
    ],
)  # fmt: skip
def test_countries_by_any_name(file: Path, written: str, code: str) -> None:
    bring_in(file, f"{ENGLISH}Ada,ada@x.example,{written},,\n")
    assert profile("ada@x.example").country.code == code


def test_bad_rows_are_told_and_can_be_mended(file: Path) -> None:
    told = bring_in(
        file,
        ENGLISH
        + "Good One,good@x.example,Kenya,,\n"
        + "No Mail,,Kenya,,\n"
        + "Bad Mail,not-an-address,Kenya,,\n"
        + ",noname@x.example,Kenya,,\n"
        + "Lost,lost@x.example,Atlantis,,\n"
        + "Twice,good@x.example,Kenya,,\n"
        + f"{'x' * 200},long@x.example,Kenya,,\n"
        + '"=HYPERLINK(""http://x"")",,Kenya,,\n',
    )
    assert "8 rows read, 7 rejected." in told
    assert "Line 6: “Atlantis” is no country" in told
    mendable = file.with_name("roster.rejected.csv")
    content = mendable.read_text(encoding="utf-8-sig")
    assert "Why it was not taken" in content
    assert "'=HYPERLINK" in content, "no cell is run by a spreadsheet"
    assert User.objects.filter(email="good@x.example").count() == 1
    told = bring_in(mendable, content.replace("Atlantis", "Fiji"))
    assert profile("lost@x.example").country.code == "FJ"
    assert "7 rows read, 5 rejected." in told
    assert not file.with_name("roster.rejected.rejected.csv").exists()


def test_repeating_changes_nothing_and_a_newer_list_changes_what_differs(file: Path) -> None:
    bring_in(file, FRENCH)
    told = bring_in(file, FRENCH)
    assert "1 unchanged" in told
    assert "1 changed" in bring_in(file, FRENCH.replace("Terre vive", "Terre neuve"))
    assert profile("elodie@terre.example").affiliation == "Terre neuve"
    assert User.objects.filter(email="elodie@terre.example").count() == 1


def test_a_dry_run_writes_nothing(file: Path) -> None:
    told = bring_in(file, FRENCH + "X;;;;;;\n", dry_run=True)
    assert "1 added" in told
    assert "Nothing was changed" in told
    assert not User.objects.filter(email="elodie@terre.example").exists()
    assert not file.with_name("roster.rejected.csv").exists()


def test_imported_people_wait_as_drafts_or_are_published_by_wish(file: Path, client: Client) -> None:
    bring_in(file, FRENCH)
    assert profile("elodie@terre.example").state == State.DRAFT
    assert "Élodie" not in client.get("/experts/").content.decode()
    bring_in(file, FRENCH, publish=True)
    assert "Élodie" in client.get("/experts/").content.decode()


def test_what_somebody_keeps_herself_is_left_alone(file: Path) -> None:
    kept = published(people.expert(), affiliation="My own words")
    told = bring_in(file, f"{ENGLISH}Somebody Else,EXPERT@cast.example,Fiji,Theirs,\n")
    kept.refresh_from_db()
    assert kept.affiliation == "My own words"
    assert "1 left alone" in told


def test_an_imported_person_claims_her_profile_with_a_code(file: Path, client: Client) -> None:
    bring_in(file, FRENCH)
    client.post("/accounts/login/code/", {"email": "elodie@terre.example"})
    (letter,) = mail.outbox
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", letter.body).group()
    client.post("/accounts/login/code/confirm/", {"code": code})
    page = client.get("/experts/me/")
    assert page.status_code == 200
    assert "Terre vive" in page.content.decode()
    assert "1 left alone" in bring_in(file, FRENCH.replace("Terre vive", "Terre neuve"))


def test_only_those_who_run_the_network_enter_people() -> None:
    for who in (people.member(), people.editor(), people.site_moderator(), people.steward()):
        with pytest.raises(PermissionDenied):
            actions.enter_person(by=people.viewer(who), email="a@x.example", name="A", values={})
    for number, who in enumerate((people.secretariat(), people.administrator())):
        by = people.viewer(who)
        assert (
            actions.enter_person(by=by, email=f"{number}@x.example", name="A", values={})
            is actions.Entered.ADDED
        )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "no table"),
        ("just words\nand more", "no table"),
        ("Name,Country\nA,B\n", "the e-mail address"),
        ("E-mail,Country\na@x.example,B\n", "the name"),
    ],
)
def test_what_is_no_list_of_people_says_so(file: Path, content: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        bring_in(file, content)


def test_a_missing_file_says_so(file: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_experts", file)


def test_a_title_above_the_table_is_passed_over(file: Path) -> None:
    bring_in(file, "Roster of experts 2026\n\n" + FRENCH)
    assert profile("elodie@terre.example")


def test_headers_with_remarks_and_stars_are_understood() -> None:
    found = headers.columns(["NAME *", "E-Mail (work)", "Country of residence:", "Shoe size"])
    assert found == {0: "name", 1: "email", 2: "country"}


def test_a_table_survives_being_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [["=1+1", "a;b", "Ł"], ["-5", "+49 30", "plain"]]
    tables.write(path, ["A", "B", "C"], rows, ";")
    read = tables.read(path.read_bytes(), headers.how_many)
    assert [cells for _line, cells in read.rows] == rows
