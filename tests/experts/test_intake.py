"""Lists of people as offices really have them: workbooks, old encodings, strange cells, hostile files."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from network.accounts.models import ListSuggestion, User
from network.experts.importing import headers
from network.experts.importing.rows import Rejection, Vocabularies, person_in
from network.experts.models import ExpertProfile
from network.foundations import tables
from network.foundations.spreadsheets import FORMULA_SIGNS, harmless, plain, write_rows
from network.foundations.tables import workbook
from tests.experts.test_importing import ENGLISH, bring_in

HEADER = ["Name", "E-mail", "Country", "Affiliation", "Expertise"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roster.xlsx"


def xlsx(rows, *, merge=(), prepare=None) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cells in merge:
        sheet.merge_cells(cells)
    if prepare:
        prepare(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rows_of(content: bytes) -> list[list[str]]:
    return [cells for _line, cells in tables.read(content, headers.how_many).rows]


# --- workbooks ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_workbook_is_brought_in_like_a_csv(file):
    told = bring_in(file, xlsx([HEADER, ["Ada Abara", "ada@x.example", "KEN", "Herbarium", "Forests"]]))
    assert "1 added" in told
    assert ExpertProfile.objects.get(user__email="ada@x.example").country.code == "KE"


def test_numbers_and_days_read_as_people_see_them():
    seen = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - cells have no zone
    row = ["Ada", 254712345678, date(2026, 3, 1), seen, 0.5, True]
    content = xlsx([["Name", "Phone", "Since", "Seen", "Share", "Member"], row])
    assert rows_of(content) == [["Ada", "254712345678", "2026-03-01", "2026-03-01 09:30", "0.5", "yes"]]


def test_a_title_over_the_whole_table_is_passed_over_also_when_merged():
    content = xlsx([["Roster 2026", "", "", "", ""], HEADER, ["Ada", "a@x.example"]], merge=["A1:E1"])
    assert tables.read(content, headers.how_many).header == HEADER


def test_what_is_merged_downwards_holds_for_every_row():
    rows = [["Ada", "a@x.example", "Fiji"], ["Bo", "b@x.example", None], ["Cy", "c@x.example", None]]
    content = xlsx([HEADER, *rows], merge=["C2:C4"])
    assert [row[2] for row in rows_of(content)] == ["Fiji", "Fiji", "Fiji"]


def test_a_header_over_two_columns_takes_both():
    content = xlsx([["Name", None, "E-mail"], ["Ada", "Abara", "a@x.example"]], merge=["A1:B1"])
    found = tables.read(content, headers.how_many)
    assert headers.told_by(found.rows[0][1], headers.columns(found.header))["name"] == "Ada Abara"


def test_the_visible_sheet_with_the_most_is_read():
    def prepare(book):
        notes = book.create_sheet("Notes", 0)
        notes.append(["For your information"])
        hidden = book.create_sheet("Hidden")
        for number in range(20):
            hidden.append(["secret", number, "x", "x", "x", "x"])
        hidden.sheet_state = "hidden"

    content = xlsx([HEADER, ["Ada", "a@x.example"]], prepare=prepare)
    assert rows_of(content)[0][:2] == ["Ada", "a@x.example"]


def test_a_formula_is_never_computed_and_never_kept():
    content = xlsx([HEADER, ['=HYPERLINK("http://evil.example","Ada")', "a@x.example", "=1+1"]])
    assert "HYPERLINK" not in str(rows_of(content))


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same workbook with parts added or replaced."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return written.getvalue()


GOOD = xlsx([HEADER, ["Ada", "a@x.example"]])
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<worksheet>&b;</worksheet>"
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (repacked(GOOD, **{"xl/vbaProject.bin": b"x"}), "macros"),
        (repacked(GOOD, **{"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
        (repacked(GOOD, **{"xl/media/image.bin": b"\0" * 100_000_001}), "unpacks to far more"),
        (repacked(GOOD, **{f"x{number}": b"" for number in range(1001)}), "unpacks to far more"),
        (repacked(GOOD, **{"xl/worksheets/sheet1.xml": BOMB}), "damaged"),
        (repacked(GOOD, **{"xl/worksheets/sheet1.xml": b"<worksheet"}), "damaged|no table"),
        (repacked(GOOD, **{"xl/workbook.xml": b"nonsense"}), "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
        (b"%PDF-1.7 and so on", "no table"),
        (b"a,b\n" * 2_500_001, "10 MB"),
        (b"a,b\n1,2\n" + b"x,y\n" * 20_001, "20,000"),
        (b"," * 300 + b"\nx,y\n", "200 columns"),
    ],
    ids=range(14),
)  # fmt: skip
def test_traps_are_refused_with_a_sentence(content, sentence):
    with pytest.raises(tables.Unreadable, match=sentence):
        tables.read(content, headers.how_many)


def test_a_sheet_that_says_it_is_endless_ends():
    big = xlsx([HEADER, ["Ada", "a@x.example"]])
    sheet = zipfile.ZipFile(io.BytesIO(big)).read("xl/worksheets/sheet1.xml")
    liar = sheet.replace(b'<dimension ref="A1:E2"', b'<dimension ref="A1:XFD1048576"')
    assert liar != sheet
    assert len(rows_of(repacked(big, **{"xl/worksheets/sheet1.xml": liar}))) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(content):
    for bytes_ in (content, b"PK\x03\x04" + content):
        try:
            tables.read(bytes_, headers.how_many)
        except tables.Unreadable:
            continue


# --- letters and headers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ФИО;Эл. почта;Страна\nОльга Соколова;o@x.example;Россия\n", "cp1251"),
        ("ФИО;Эл. почта;Страна\nОльга Соколова;o@x.example;Россия\n", "koi8_r"),
        ("ФИО;Эл. почта;Страна\nОльга Соколова;o@x.example;Россия\n", "utf-16-le"),
        ("姓名,电子邮件,国家\n李晓梅,li@x.example,中国\n", "gb18030"),
        ("الاسم;البريد الإلكتروني;البلد\nفاطمة;f@x.example;المغرب\n", "cp1256"),
        ("Nom et prénom;Adresse électronique;Pays\nÉlodie;e@x.example;Sénégal\n", "cp1252"),
        ("Nom et prénom;Adresse électronique;Pays\nÉlodie;e@x.example;Sénégal\n", "mac_roman"),
    ],
)
def test_old_encodings_are_known_by_their_headers(text, encoding):
    found = tables.read(text.encode(encoding), headers.how_many)
    assert set(headers.columns(found.header).values()) == {"name", "email", "country"}
    assert found.rows[0][1][0] == text.splitlines()[1].split(found.separator)[0]


@pytest.mark.parametrize(
    "field", ["name", "email", "country", "affiliation", "designation", "expertise", "languages"]
)
def test_headers_have_ten_spellings_in_each_of_six_languages(field):
    """At least fifty in all: what is written the same in two languages counts once."""
    spellings = [title for title, found in headers._fields().items() if found == field]
    assert len(spellings) >= 35
    assert all(headers.field_of(title) == field for title in spellings)


def test_what_profiles_do_not_keep_is_known_and_left_out():
    columns = headers.columns(["Name", "E-mail", "Telephone", "Date of birth"])
    assert headers.told_by(["Ada", "a@x.example", "123", "1980"], columns) == {
        "name": "Ada",
        "email": "a@x.example",
    }


# --- names, countries, cells --------------------------------------------------------------------------------


@pytest.fixture
def known(db):
    return Vocabularies()


def told(known, **cells):
    return person_in({"email": "a@x.example", "name": "Ada", **cells}, known)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("WANJIRU, Amina", "Amina WANJIRU"),
        ("Wanjiru，Amina", "Amina Wanjiru"),
        ("الخليل، محمد", "محمد الخليل"),
        ("Okafor, Chidi, PhD", "Chidi Okafor"),
        ("Suharto", "Suharto"),
        ("Sam 🌱 Verde", "Sam 🌱 Verde"),
        ("محمد بن سلمان", "محمد بن سلمان"),
        ("\u202eevil\u202c", "evil"),
        ("Wanjiru,", "Wanjiru"),
        ("李晓梅", "李晓梅"),
    ],
)
def test_names_as_people_write_them(known, written, name):
    assert told(known, name=written).name == name


@pytest.mark.parametrize("written", ["", "🌱🌱", "12345", "\u202e", "x" * 151])
def test_what_is_no_name_is_told(known, written):
    with pytest.raises(Rejection):
        told(known, name=written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KEN", "KE"), ("404", "KE"), ("Zaire", "CD"), ("ZR", "CD"), ("Заир", "CD"), ("Burma", "MM"),
        ("BU", "MM"), ("East Germany", "DE"), ("DDR", "DE"), ("Swaziland", "SZ"), ("Türkiye", "TR"),
        ("Bolivie", "BO"), ("السنغال", "SN"), ("刚果民主共和国", "CD"), ("Côte d’Ivoire", "CI"),
        ("Micronesia (Federated States of)", "FM"),
    ],
)  # fmt: skip
def test_countries_by_name_code_and_those_that_are_no_more(known, written, code):
    from network.thesaurus.models import Term

    assert Term.objects.get(pk=told(known, country=written).values["country"]).code == code


@pytest.mark.parametrize(
    ("written", "named"),
    [("Soviet Union", "Ukraine"), ("SU", "Georgia"), ("СССР", "Armenia"), ("Yugoslavia", "Croatia"),
     ("Czechoslovakia", "Slovakia"), ("CSK", "Slovakia"), ("Serbia and Montenegro", "Montenegro")],
)  # fmt: skip
def test_a_country_that_is_several_today_is_asked_about(known, written, named):
    with pytest.raises(Rejection, match=named):
        told(known, country=written)


def test_several_values_in_a_cell(known):
    found = told(
        known, languages="English\nfrançais", worked="Kenya; Viet Nam / Peru", targets="T2, target 10"
    )
    assert len(found.values["languages"]) == len(found.values["targets"]) == 2
    assert len(found.values["worked"]) == 3


@pytest.mark.parametrize(
    "field", ["biography", "name", "expertise", "affiliation", "website", "email", "country"]
)
def test_ten_megabytes_in_one_cell_cost_the_row_and_no_more(known, field):
    content = f"Name,E-mail,{field}\nAda,a@x.example,{'x ' * 4_900_000}\nBo,b@x.example,\n"
    found = tables.read(content.encode(), headers.how_many)
    assert len(found.rows) == 2
    with pytest.raises(Rejection):
        person_in({"name": "Ada", "email": "a@x.example", field: found.rows[0][1][2]}, known)


# --- tables that leave the house ----------------------------------------------------------------------------


@given(st.text(max_size=40))
def test_no_cell_is_ever_run_and_what_was_in_it_comes_back(text):
    safe = harmless(text)
    assert not safe.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA_SIGNS)
    assert plain(safe) == text or text.startswith("'")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1", "\ufeff=1"]
)
def test_formulas_become_text(cell):
    written = io.StringIO()
    write_rows(written, [[cell, 5, -5, None]])
    (row,) = csv.reader(io.StringIO(written.getvalue(), newline=""))
    assert row[0] == f"'{cell}"
    assert row[1:] == ["5", "-5", ""]


def test_nobody_in_the_house_writes_a_table_by_herself():
    """``csv.writer`` and ``DictWriter`` stand in one module, which makes cells harmless."""
    root = Path(__file__).resolve().parents[2]
    found = {
        str(path.relative_to(root))
        for room in ("network", "communities", "home")
        for path in (root / room).rglob("*.py")
        if any(name in path.read_text(encoding="utf-8") for name in ("csv.writer", "DictWriter"))
    }
    assert found == {"network/foundations/spreadsheets.py"}


# --- repeating ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_rejected_rows_of_a_workbook_are_mended_in_the_same_columns(file):
    bring_in(
        file, xlsx([HEADER, ["Ada", "a@x.example", "Atlantis", "=cmd", "x"], ["Bo", "b@x.example", "Fiji"]])
    )
    mend = file.with_name("roster.rejected.csv")
    content = mend.read_text(encoding="utf-8-sig")
    assert content.splitlines()[0] == ",".join([*HEADER, "Why it was not taken"])
    assert "1 added" in bring_in(mend, content.replace("Atlantis", "Fiji", 1))


@pytest.mark.django_db
def test_columns_can_be_told_on_the_command_line(file):
    rows = [["Wer", "Wohin", "Land", "Nummer"], ["Ada", "a@x.example", "Kenya", "5"]]
    with pytest.raises(CommandError):
        bring_in(file, xlsx(rows))
    told = bring_in(file, xlsx(rows), column=["Wer=name", "Wohin=email", "Land=country", "Nummer="])
    assert "1 added" in told
    with pytest.raises(CommandError, match="not understood"):
        call_command("import_experts", file, column=["Wer=shoe"])


@pytest.mark.django_db
def test_what_a_list_says_otherwise_is_suggested_to_its_person_and_never_written(file):
    from tests import people
    from tests.experts.factories import published

    kept = published(people.expert(), affiliation="My own words")
    bring_in(file, f"{ENGLISH}Amina Wanjiru,expert@cast.example,Fiji,Theirs,\n", name="Roster 2026")
    kept.refresh_from_db()
    assert kept.affiliation == "My own words"
    suggestion = ListSuggestion.objects.get(person=people.expert())
    assert suggestion.list_name == "Roster 2026"
    assert suggestion.values["affiliation"] == "Theirs"
    before = suggestion.at
    bring_in(file, f"{ENGLISH}Amina Wanjiru,expert@cast.example,Fiji,Theirs,\n", name="Roster 2026")
    suggestion.refresh_from_db()
    assert suggestion.at == before, "the same file twice changes nothing"
    assert User.objects.filter(email="expert@cast.example").count() == 1


def test_limits_are_those_that_the_form_tells():
    assert workbook.MAX_ROWS == 20_000
    assert tables.MAX_BYTES == 10_000_000
