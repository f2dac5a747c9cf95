"""Workbooks for weak lines: out, filled in, and in again, by the same checks as the pages."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from network.awards.enums import SCORED
from network.awards.models import Nomination
from network.calls.models import Review, ReviewDraft
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def filled(content: bytes, column: int, values: dict[str, object]) -> bytes:
    """The workbook with ``values`` in a column, by the code in the first."""
    book = load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows(min_row=3):
        if row[0].value in values:
            row[column].value = values[row[0].value]
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def upload(content: bytes, name: str = "filled.xlsx") -> dict:
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def draft(client):
    nomination = stage.draft(stage.edition())
    people.sign_in(client, stage.focal_point("KE"))
    return nomination


def test_the_questionnaire_goes_out_and_comes_back_as_a_draft(client, draft):
    address = draft.get_absolute_url()
    sheet = client.get(f"{address}questionnaire.xlsx").content
    back = filled(sheet, 3, {"progress": "Twice as many pages"})
    answer = client.post(f"{address}offline/", upload(back))
    assert answer.status_code == 302
    saved = Nomination.objects.get(pk=draft.pk)
    assert (saved.progress, saved.services) == ("Twice as many pages", stage.ANSWERS["services"])
    assert saved.case.submitted_at is None
    stale = client.post(f"{address}offline/", upload(back))
    assert stale.status_code == 422
    assert "after you had opened it" in stale.content.decode()


def test_an_answer_that_begins_like_a_formula_is_a_text_on_its_way(client, draft):
    Nomination.objects.filter(pk=draft.pk).update(content="=SUM(A1:A9)")
    address = draft.get_absolute_url()
    sheet = client.get(f"{address}questionnaire.xlsx").content
    cells = [cell for row in load_workbook(io.BytesIO(sheet)).active.iter_rows() for cell in row]
    assert any(cell.value == "=SUM(A1:A9)" and cell.data_type == "s" for cell in cells)
    assert client.post(f"{address}offline/", upload(sheet)).status_code == 302


def test_the_same_checks_as_on_the_page(client, draft):
    address = draft.get_absolute_url()
    sheet = client.get(f"{address}questionnaire.xlsx").content
    for values in ({"site_url": "javascript:alert(1)"}, {"content": "x" * 6001}, {"category": "best"}):
        answer = client.post(f"{address}offline/", upload(filled(sheet, 3, values)))
        assert answer.status_code == 422
    assert Nomination.objects.get(pk=draft.pk).version == draft.version


def with_part(content: bytes, name: str) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(name, b"x")
    return packed.getvalue()


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (40 * 1024 * 1024))
    return packed.getvalue()


def foreign() -> bytes:
    packed = io.BytesIO()
    Workbook().save(packed)
    return packed.getvalue()


def test_macros_formulas_links_bombs_and_strangers_are_refused(client, draft):
    address = draft.get_absolute_url()
    sheet = client.get(f"{address}questionnaire.xlsx").content
    other = stage.draft(stage.edition("2025"))
    people.sign_in(client, stage.focal_point("KE"))
    last_edition = client.get(f"{other.get_absolute_url()}questionnaire.xlsx").content
    for content, sentence in (
        (with_part(sheet, "xl/vbaProject.bin"), "macro"),
        (with_part(sheet, "xl/externalLinks/externalLink1.xml"), "link to elsewhere"),
        (filled(sheet, 3, {"content": '=WEBSERVICE("http://127.0.0.1/")'}), "formula"),
        (bomb(), "much larger"),
        (b"PK no archive", "can be read"),
        (foreign(), "given out here"),
        (last_edition, "another nomination or edition"),
        (b"0" * (2 * 1024 * 1024 + 1), "smaller than 2 MB"),
    ):
        answer = client.post(f"{address}offline/", upload(content))
        assert answer.status_code == 422
        assert sentence in answer.content.decode(), sentence
    assert Nomination.objects.get(pk=draft.pk).version == draft.version


def test_scores_come_back_as_drafts_and_are_not_handed_in(client):
    award = stage.edition()
    juror = stage.juror(award)
    first, second = stage.with_jury(award, "KE"), stage.with_jury(award, "FR")
    people.sign_in(client, juror)
    sheet = client.get("/awards/2026/jury/scores.xlsx").content
    mine = {f"{first.case.public_id}:{code}": 4.0 for code in SCORED}
    assert client.post("/awards/2026/jury/offline/", upload(filled(sheet, 4, mine))).status_code == 302
    assert ReviewDraft.objects.get().scores == dict.fromkeys(SCORED, 4)
    assert not Review.objects.exists()
    wrong = {f"{second.case.public_id}:{code}": 9 for code in SCORED}
    told = client.post("/awards/2026/jury/offline/", upload(filled(sheet, 4, wrong)))
    assert told.status_code == 422
    people.sign_in(client, people.member())
    assert client.get("/awards/2026/jury/scores.xlsx").status_code == 403


def test_a_scoring_sheet_holds_the_jurors_own_files_only(client):
    award = stage.edition()
    kenyan = stage.juror(award, "kenyan", represents="KE")
    hidden, shown = stage.with_jury(award, "KE"), stage.with_jury(award, "FR")
    people.sign_in(client, kenyan)
    sheet = load_workbook(io.BytesIO(client.get("/awards/2026/jury/scores.xlsx").content)).active
    codes = " ".join(str(row[0].value) for row in sheet.iter_rows())
    assert shown.case.public_id in codes
    assert hidden.case.public_id not in codes
