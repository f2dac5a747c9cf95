"""The search page and its interface for machines."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.search.query import parse
from network.search.snippets import Part, mark, snippet
from network.search.sources import Segment

pytestmark = pytest.mark.django_db


def page_of(client: Client, **asked: str) -> str:
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "What are you looking for?"),
        ("   ", "What are you looking for?"),
        ("?!…", "There are no words in this"),
        ("xyzzy", "Nothing found"),
        ("word " * 300, "The first of them were searched"),
        ("\x00", "There are no words in this"),
        ("' OR 1=1 --", "Nothing found"),
        ('"unbalanced AND (NEAR', "Nothing found"),
        ("a:* | !b & <->", "Nothing found"),
    ],
)
def test_any_typed_text_gets_a_helpful_page(client: Client, typed: str, sentence: str) -> None:
    assert sentence in page_of(client, q=typed)
    assert client.get("/api/v1/search/", {"q": typed[:2000]}).status_code == 200


def test_hits_are_marked_and_safe(client: Client, note) -> None:
    note(
        segments=[
            Segment("Heron <script>alert(1)</script>"),
            Segment("All about the <b>heron</b> & more herons"),
        ]
    )
    page = page_of(client, q="heron")
    assert "<mark>Heron</mark>" in page
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;<mark>heron</mark>&lt;/b&gt; &amp; more <mark>herons</mark>" in page


def test_what_is_typed_is_escaped(client: Client) -> None:
    assert "<script>alert" not in page_of(client, q="<script>alert(1)</script>")


def test_snippets_hold_only_what_the_viewer_may_read(client: Client, note) -> None:
    note(segments=[Segment("Heron"), Segment("The heron and the wolverine", frozenset({"member"}))])
    page = page_of(client, q="heron")
    assert "wolverine" not in page
    assert "wolverine" not in client.get("/api/v1/search/", {"q": "heron"}).content.decode()


def test_kinds_are_counted_and_paged(client: Client, note) -> None:
    for number in range(25):
        note(f"Heron {number:02}")
    for number in range(9):
        note(f"Heron secret {number}", keys={"member"})
    everything = page_of(client, q="heron")
    assert everything.count("<mark>Heron</mark>") == 5
    assert "All 25" in everything
    first = client.get("/search/", {"q": "heron", "kind": "notes"})
    cursor = first.context["page"].next
    second = client.get("/search/", {"q": "heron", "kind": "notes", "cursor": cursor})
    titles = {hit.title for hit in [*first.context["page"], *second.context["page"]]}
    assert len(titles) == 25
    assert client.get("/search/", {"q": "heron", "kind": "nothing"}).status_code == 404
    assert client.get("/search/", {"q": "heron", "kind": "notes", "cursor": "junk"}).status_code == 404
    answer = client.get("/api/v1/search/", {"q": "heron", "kind": "notes"}).json()
    assert answer["groups"][0]["count"] == 25
    assert len(answer["groups"][0]["hits"]) == 20
    assert answer["next"]


def test_words_that_are_found_by_but_not_read_are_not_shown(client: Client, note) -> None:
    note(segments=[Segment("Stork"), Segment("ciconia aves", shown=False)])
    page = page_of(client, q="ciconia")
    assert "Stork" in page
    assert "aves" not in page


def test_addresses_follow_the_reader(client: Client, note) -> None:
    pk = note("Heron")
    assert f'href="/ar/notes/{pk}/"' in client.get("/ar/search/", {"q": "heron"}).content.decode()
    assert f'href="/notes/{pk}/"' in page_of(client, q="heron")


def test_few_and_many_hits_cost_the_same(client: Client, note) -> None:
    note("Heron")
    client.get("/search/", {"q": "heron"})
    with CaptureQueriesContext(connection) as few:
        page_of(client, q="heron")
    for number in range(30):
        note(f"Heron {number}")
    with CaptureQueriesContext(connection) as many:
        page_of(client, q="heron")
    assert len(many) == len(few)
    assert len(many) <= 12


def test_a_long_text_is_cut_around_the_word() -> None:
    text = "forest " * 200 + "the grey heron stands " + "water " * 200
    parts = snippet([text], parse("herons"))
    assert Part("heron", marked=True) in parts
    assert parts[0].text == "… "
    assert parts[-1].text == " …"
    assert sum(len(part.text) for part in parts) < 260


def test_chinese_words_are_marked_inside_a_sentence() -> None:
    assert mark("江淮水资源中心", parse("水资源")) == [
        Part("江淮"), Part("水资源", marked=True), Part("中心"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["Élodie", "elodie", "ELODIE"])
def test_accents_are_marked_as_written(typed: str) -> None:
    assert mark("Élodie Ouédraogo", parse(typed))[0] == Part("Élodie", marked=True)
