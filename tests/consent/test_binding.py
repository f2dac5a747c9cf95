"""Tokens become text for whoever may read, and for nobody else, in every format."""

import csv
import io
import json

import pytest

from network.consent import actions
from network.consent.egress import bind, bind_for
from network.consent.formats import FORMATS
from network.consent.models import ItemKey, Release
from network.foundations.viewer import EVERYONE, MEMBER, anonymous
from tests import people
from tests.consent.factories import CANARY, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def shared(of):
    """An item that everybody may read."""
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


def test_without_consent_nobody_reads_and_the_holders_words_stand_there(of):
    of.withheld_words = "We keep this."
    of.save()
    token = item(of).token("body")
    for viewer in (anonymous(), people.viewer(with_standing(of)), people.viewer(people.administrator())):
        text = bind_for(viewer, f"Before {token} after", exit="page", format="text")
        assert CANARY not in text
        assert "We keep this." in text
        assert text.startswith("Before ")
    assert not Release.objects.exists()


def test_what_is_shared_is_released_and_logged(shared):
    member = people.member()
    assert CANARY in bind_for(people.viewer(member), str(shared.token("body")), exit="page")
    assert CANARY in bind_for(anonymous(), str(shared.token("body")), exit="page")
    logged = Release.objects.order_by("id")
    assert [(row.exit, row.actor) for row in logged] == [("page", member.actor_id), ("page", None)]


def test_an_unknown_exit_or_format_releases_nothing(shared):
    token = str(shared.token("body"))
    assert bind_for(anonymous(), token, exit="fax", format="text").startswith("[")
    assert bind_for(anonymous(), token, exit="fax") == token
    assert bind_for(anonymous(), token, exit="page", format="runes") == token


@pytest.mark.parametrize(
    "inert",
    [
        "[[tk:not-a-uuid:body]]",
        "[[tk:00000000-0000-0000-0000-000000000000:BODY]]",
        "[[tk:[[tk:00000000]]:body]]",
        "[[tk:",
        "[[tk:00000000-0000-0000-0000-00000000000g:body]]",
    ],
)
def test_what_only_looks_like_a_token_stays_as_it_is(inert):
    assert bind_for(anonymous(), f"<p>{inert}</p>", exit="page") == f"<p>{inert}</p>"


def test_a_token_of_nothing_is_a_placeholder():
    token = "[[tk:00000000-0000-4000-8000-000000000000:body]]"
    assert "keep it to themselves" in bind_for(anonymous(), token, exit="page", format="text")


def test_a_token_inside_a_sealed_text_would_never_be_opened(of, shared):
    from network.consent import gate
    from network.consent.models import Part

    inner = str(item(of).token("body"))
    part = Part.objects.get(item=shared)
    part.ciphertext = gate.seal(shared.pk, "body", "en", f"nested {inner}")
    part.save()
    assert inner in bind_for(anonymous(), str(shared.token("body")), exit="page", format="text")


class TestHtml:
    def test_alone_in_a_paragraph_it_is_a_block_with_its_terms(self, shared):
        html = bind_for(anonymous(), f'<p class="x"> {shared.token("body")} </p><p>end</p>', exit="page")
        assert html.startswith("<figure")
        assert html.endswith("</figure><p>end</p>")
        assert "How you may use this" in html
        assert "Imagined people of the reef" in html
        assert "555 0100" in html

    def test_inside_a_sentence_it_is_a_span_with_its_attribution(self, shared):
        html = bind_for(anonymous(), f"<p>They say {shared.token('body')} there</p>", exit="page")
        assert html.startswith("<p>They say <span")
        assert "Imagined people of the reef" in html
        assert "<figure" not in html

    @pytest.mark.parametrize(
        "place",
        [
            '<meta name="description" content="{}">',
            "<meta property='og:title' content='{}'>",
            "<title>On {}</title>",
            '<img src="/x.png" alt="{}">',
            "<select><option>{}</option></select>",
        ],
    )
    def test_titles_and_attributes_carry_neutral_words(self, shared, place):
        html = bind_for(anonymous(), place.format(shared.token("body")), exit="page")
        assert "Traditional knowledge" in html
        assert CANARY not in html
        assert not Release.objects.exists()

    @pytest.mark.parametrize(
        "place",
        [
            "<textarea>{}</textarea>",
            '<input value="{}">',
            '<script type="application/json">{{"a": "{}"}}</script>',
            "<!-- {} -->",
            '<a href="/x?{}">x</a>',
            "<style>{}</style>",
        ],
    )
    def test_forms_scripts_and_addresses_keep_the_token(self, shared, place):
        page = place.format(shared.token("body"))
        assert bind_for(anonymous(), page, exit="page") == page

    def test_sealed_markup_is_shown_and_not_run(self, of):
        made = item(of, text="<script>alert(1)</script> & \"'")
        consent(made, of, clause(EVERYONE))
        html = bind_for(anonymous(), f"<p>{made.token('body')}</p><b>{made.token('body')}</b>", exit="page")
        assert "<script>" not in html
        assert html.count("&lt;script&gt;") == 2

    def test_a_hostile_page_takes_no_time(self):
        page = '<p title="[[tk:' * 2000
        assert bind_for(anonymous(), page, exit="page") == page


class TestOtherFormats:
    def test_json_escapes_and_tells_html_from_text(self, of):
        made = item(of, text=f'"{CANARY}" <b> \n')
        consent(made, of, clause(EVERYONE))
        token = str(made.token("body"))
        document = json.dumps({"text": token, "html": token, "list": [f"<p>{token}</p>", 3, None]})
        bound = json.loads(bind_for(anonymous(), document, exit="api"))
        assert bound["text"].startswith(f'"{CANARY}" <b>')
        assert "&lt;b&gt;" in bound["html"]
        assert bound["list"][0].startswith("<figure")
        assert bound["list"][1:] == [3, None]

    def test_broken_json_keeps_its_tokens(self, shared):
        broken = f'{{"a": "{shared.token("body")}"'
        assert bind_for(anonymous(), broken, exit="api") == broken

    def test_a_feed_escapes_twice_and_has_neutral_titles(self, of):
        made = item(of, text=f"a < b {CANARY}")
        consent(made, of, clause(EVERYONE))
        token = made.token("body")
        feed = f"<rss><item><title>{token}</title><description>{token}</description></item></rss>"
        bound = bind_for(anonymous(), feed, exit="feed")
        assert "<title>Traditional knowledge</title>" in bound
        assert f"a &amp;lt; b {CANARY}" in bound

    def test_cdata_cannot_be_left(self, of):
        made = item(of, text="]]><script>")
        consent(made, of, clause(EVERYONE))
        bound = bind_for(
            anonymous(),
            f"<rss><description><![CDATA[{made.token('body')}]]></description></rss>",
            exit="feed",
        )
        assert bound.count("]]>") == 1
        assert "<script>" not in bound

    def test_a_table_keeps_its_shape_and_runs_no_formula(self, of):
        made = item(of, text='=cmd("x"), and\nmore')
        consent(made, of, clause(EVERYONE))
        rows = bind_for(anonymous(), f"name,text\r\nA,{made.token('body')}\r\n", exit="table")
        parsed = list(csv.reader(io.StringIO(rows, newline="")))
        assert len(parsed) == 2
        assert parsed[1][1].startswith("'=cmd")

    def test_a_calendar_is_unfolded_bound_and_folded(self, of):
        made = item(of, text=f"one; two, {CANARY}\nthree " + "ü" * 80)
        consent(made, of, clause(EVERYONE))
        line = f"DESCRIPTION:Come and hear {made.token('body')}"
        folded = line[:40] + "\r\n " + line[40:]
        bound = bind_for(
            anonymous(),
            f"BEGIN:VEVENT\r\nSUMMARY:{made.token('body')}\r\n{folded}\r\nEND:VEVENT\r\n",
            exit="calendar",
        )
        assert all(len(row.encode()) <= 75 for row in bound.split("\r\n"))
        unfolded = bound.replace("\r\n ", "")
        assert "SUMMARY:Traditional knowledge\r\n" in unfolded
        assert f"one\\; two\\, {CANARY}\\nthree" in unfolded


class TestFailing:
    """Whatever breaks, a placeholder stands there, and no trace of the text in the log."""

    @pytest.mark.parametrize(
        "broken", ["gate._candidates", "gate._keys", "gate._log", "decision.decide", "keyring.decrypt"]
    )
    def test_an_error_in_the_gate(self, shared, broken, monkeypatch, caplog):
        def fail(*args, **kwargs):
            raise RuntimeError(f"secret {CANARY}")

        monkeypatch.setattr(f"network.consent.{broken}", fail)
        text = bind_for(anonymous(), str(shared.token("body")), exit="page", format="text")
        assert CANARY not in text
        assert text.startswith("[")
        assert "RuntimeError" in caplog.text
        assert CANARY not in caplog.text

    def test_an_error_in_an_adapter_leaves_words(self, shared, monkeypatch):
        monkeypatch.setattr("network.consent.egress._fill", lambda *args: 1 / 0)
        assert "keep it to themselves" in bind_for(anonymous(), str(shared.token("body")), exit="page")

    def test_an_error_in_a_format_leaves_tokens(self, shared, monkeypatch):
        monkeypatch.setitem(FORMATS, "html", lambda *args: 1 / 0)
        token = str(shared.token("body"))
        assert bind_for(anonymous(), token, exit="page") == token

    def test_a_missing_key(self, shared):
        ItemKey.objects.all().delete()
        assert CANARY not in bind_for(anonymous(), str(shared.token("body")), exit="page")

    def test_another_key_encryption_key(self, shared, settings):
        settings.KEY_ENCRYPTION_KEY = "somebody else's"
        assert CANARY not in bind_for(anonymous(), str(shared.token("body")), exit="page")

    def test_a_ciphertext_that_was_moved(self, of, shared):
        from network.consent.models import Part

        other = item(of, parts={"title": f"other {CANARY}"})
        consent(other, of, clause(EVERYONE))
        Part.objects.filter(item=other).update(name="summary")
        assert CANARY not in bind_for(anonymous(), str(other.token("summary")), exit="page")


def test_three_queries_whatever_the_number_of_tokens(of, django_assert_num_queries):
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    second = holder("Second imagined people")
    texts = []
    for number in range(20):
        made = item(of, second, text=f"{number}")
        consent(made, of, clause(EVERYONE), clause(MEMBER))
        consent(made, second, clause(EVERYONE))
        texts.append(str(made.token("body")))
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        bound = bind(anonymous(), " ".join(texts), exit="page")
    assert bound.released
    assert len(main) == 2
    assert len(keys) == 1


def test_a_page_without_tokens_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert bind_for(anonymous(), "<p>nothing here</p>", exit="page") == "<p>nothing here</p>"


def test_the_readers_language_comes_first(of):
    made = item(of)
    actions.seal_part(
        item=made, name="body", language="fr", text="en français", by=people.viewer(people.steward())
    )
    consent(made, of, clause(EVERYONE))
    assert "en français" in bind_for(anonymous("fr"), str(made.token("body")), exit="page")
    assert CANARY in bind_for(anonymous("ar"), str(made.token("body")), exit="page")
