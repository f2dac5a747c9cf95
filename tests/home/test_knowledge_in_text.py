"""Knowledge inside a text of the CMS: it stores a reference, the page shows what each reader may have."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText, expand_db_html

from home.blocks import BodyBlock
from home.blocks.body import FEATURES
from home.pages.models import HomePage, StandardPage
from network.consent import actions
from network.consent.models import KnowledgeItem
from network.foundations.viewer import MEMBER
from tests import people
from tests.consent.factories import CANARY, clause, consent, holder, item

pytestmark = pytest.mark.django_db

WORDS = (
    f"When the noddies of {CANARY} come home before noon and fly low, the canoes go above the second line."
)


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def sealed(of) -> KnowledgeItem:
    return item(of, text=WORDS)


def embed(of: KnowledgeItem, part: str = "body") -> str:
    return f'<embed embedtype="knowledge" id="{of.pk}" part="{part}"/>'


def shown_in(html: str) -> StandardPage:
    page = StandardPage(title="Birds", body=[("text", RichText(html))])
    HomePage.objects.get(locale__language_code="en").add_child(instance=page)
    page.save_revision().publish()
    return page


def test_the_editor_shows_the_title_and_stores_a_reference(sealed):
    converter = ContentstateConverter(features=FEATURES)
    state = converter.from_database_format(f"<p>See:</p>{embed(sealed)}<p>End.</p>")
    [entity] = json.loads(state)["entityMap"].values()
    assert entity["type"] == "KNOWLEDGE"
    assert entity["data"] == {"id": str(sealed.pk), "part": "body", "title": sealed.title}
    stored = converter.to_database_format(state)
    assert f'id="{sealed.pk}"' in stored
    assert 'part="body"' in stored
    assert sealed.title not in stored
    assert CANARY not in state + stored


def test_a_hidden_item_has_no_title_in_the_editor_and_is_not_offered(sealed, settings, client):
    KnowledgeItem.objects.update(exposure="hidden")
    state = ContentstateConverter(features=FEATURES).from_database_format(embed(sealed))
    assert sealed.title not in state
    text = people.sign_in(client, people.editor()).get("/cms/knowledge/").content.decode()
    assert sealed.title not in text


def test_an_editor_chooses_among_neutral_titles(sealed, client):
    people.sign_in(client, people.editor())
    answer = client.get("/cms/knowledge/")
    assert answer.status_code == 200
    assert sealed.title in answer.content.decode()
    page = client.get(
        f"/cms/pages/add/pages/standardpage/{HomePage.objects.get(locale__language_code='en').pk}/"
    )
    text = page.content.decode()
    assert "knowledge-entity" in text
    [[answer]] = [re.findall(r"/cms/knowledge/chosen/[^/]+/", client.get("/cms/knowledge/").json()["html"])]
    assert client.get(answer).json()["result"]["title"] == sealed.title  # what the script reads
    assert "KNOWLEDGE" in text
    assert "chooser-modal" in text


def test_each_reader_sees_what_the_holders_allow(sealed, of):
    consent(sealed, of, clause(MEMBER))
    page = shown_in(f"<p>See:</p>{embed(sealed)}")
    member, stranger = people.sign_in(Client(), people.member()), Client()
    assert CANARY in member.get(page.url).content.decode()
    assert CANARY not in stranger.get(page.url).content.decode()
    assert "keep it to themselves" in stranger.get(page.url).content.decode()
    actions.withdraw(item=sealed, holder=of, by=people.viewer(people.steward()))
    assert CANARY not in member.get(page.url).content.decode()


@pytest.mark.parametrize(
    "attributes",
    ['id="1" part="body"', 'part="body"', 'id="{}" part="held1"', 'id="{}" part="Body"', 'id="{}"'],
)
def test_what_is_no_reference_shows_nothing(sealed, attributes):
    html = f'<p>a</p><embed embedtype="knowledge" {attributes.format(sealed.pk)}/>'
    assert expand_db_html(html) == "<p>a</p>"


def test_a_body_repeats_no_sealed_words(sealed):
    block = BodyBlock()
    for kind, value in (
        ("text", f"<p>They say: {WORDS}</p>"),
        ("quote", {"quote": WORDS, "who": "A warden", "where": ""}),
    ):
        body = block.to_python([{"type": kind, "value": value}])
        with pytest.raises(ValidationError) as refused:
            block.clean(body)
        assert "word for word" in str(refused.value.non_block_errors.as_data())
    block.clean(block.to_python([{"type": "text", "value": f"<p>See</p>{embed(sealed)}"}]))
    block.clean(
        block.to_python([{"type": "text", "value": "<p>Something else, at some length, of our own.</p>"}])
    )


def test_forms_elsewhere_refuse_a_copy_and_point_to_the_reference(sealed):
    from network.foundations.forms import RichTextFormField

    with pytest.raises(ValidationError, match="Insert it as shared knowledge"):
        RichTextFormField().clean(f"<p>{WORDS}</p>")
    assert RichTextFormField().clean("<p>Nothing of it.</p>") == "<p>Nothing of it.</p>"
