"""A CV, a nomination form and an interest disclosure, checked on a page and made from one profile."""

from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from network.experts.documents import PAPERS
from network.experts.enums import SELF_DESCRIPTION, Field
from tests import people
from tests.experts.factories import full_values, published
from tests.experts.test_fields import SECRETS, values

pytestmark = pytest.mark.django_db

NAMES = ["فاطمة الزهراء الإدريسي", "李晓梅", "Suharti"]


@pytest.fixture
def expert(client: Client) -> Client:
    published(people.expert(), **full_values() | values())
    return people.sign_in(client, people.expert())


def sent(client: Client, paper: str, **changes) -> dict:
    form = client.get(f"/experts/me/documents/{paper}/").context["form"]
    return {field.name: field.value() or "" for field in form} | changes


def words_of(content: bytes) -> str:
    file = Document(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/experts/me/documents/").status_code == 302
    assert client.post("/experts/me/documents/cv/", {"name": "X"}).status_code == 302


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_filled_in_checked_and_made(expert: Client, paper: str) -> None:
    page = expert.get(f"/experts/me/documents/{paper}/").content.decode()
    assert "Amina Wanjiru" in page
    for field in SELF_DESCRIPTION:
        assert SECRETS[field] not in page, "what she says of herself is never filled in"
    content = expert.post(
        f"/experts/me/documents/{paper}/", sent(expert, paper, affiliation="Mended here", **{"as": "docx"})
    ).content
    words = words_of(content)
    assert "Amina Wanjiru" in words
    assert "Mended here" in words
    assert SECRETS[Field.ROLES] in words
    assert "birth" not in words.casefold()


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_come_out_right(expert: Client, name: str) -> None:
    told = sent(expert, "cv", name=name)
    word = expert.post("/experts/me/documents/cv/", told | {"as": "docx"}).content
    heading = next(one for one in Document(BytesIO(word)).paragraphs if one.text == name)
    assert (heading._p.pPr.find(qn("w:bidi")) is not None) == (name == NAMES[0])
    answer = expert.post("/experts/me/documents/cv/", told | {"as": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    read = PdfReader(BytesIO(answer.content))
    assert read.metadata.author == name
    if name != NAMES[0]:  # a reader gives Arabic as shaped, in its own order
        assert name in read.pages[0].extract_text()


def test_what_looks_like_markup_is_text(expert: Client) -> None:
    typed = '#read("/etc/passwd") *bold* $x$ \\ "'
    answer = expert.post("/experts/me/documents/cv/", sent(expert, "cv", biography=typed))
    assert answer.status_code == 200
    assert "root:" not in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def test_a_paper_without_a_name_and_one_too_long_come_back(expert: Client) -> None:
    answer = expert.post("/experts/me/documents/cv/", sent(expert, "cv", name="", biography="kept"))
    assert answer.status_code == 422
    assert "kept" in answer.content.decode()
    assert (
        expert.post("/experts/me/documents/cv/", sent(expert, "cv", biography="x" * 20_001)).status_code
        == 422
    )
    assert expert.get("/experts/me/documents/none/").status_code == 404
