"""An editor places knowledge on a page: the page holds a token, its readers see what they may."""

import pytest

from network.consent import demo
from network.consent.blocks import KnowledgeBlock
from network.consent.egress import bind_for
from network.consent.models import ConsentRecord, KnowledgeItem, Message, Proposal
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, clause, consent, holder, item

pytestmark = pytest.mark.django_db


def placed(made, parts):
    block = KnowledgeBlock()
    return block.render(block.to_python({"item": str(made.pk), "parts": parts}))


def test_a_placed_item_is_a_token_until_it_leaves():
    of = holder()
    made = item(of)
    consent(made, of, clause(EVERYONE))
    html = placed(made, ["body"])
    assert CANARY not in html
    assert f"<p>{made.token('body')}</p>" in html
    bound = bind_for(anonymous(), html, exit="page")
    assert CANARY in bound
    assert "How you may use this" in bound


def test_the_block_stores_nothing_but_ids_and_names():
    made = item(holder())
    block = KnowledgeBlock()
    value = block.to_python({"item": str(made.pk), "parts": ["body"]})
    assert block.get_prep_value(value) == {"item": made.pk, "parts": ["body"]}
    assert CANARY not in str(block.get_searchable_content(value))


def test_a_reference_alone_tells_whom_to_ask():
    of = holder()
    html = placed(item(of, exposure="reference", parts={}, archive_url="https://archive.example/"), [])
    assert "555 0100" in html
    assert "archive.example" in html


def test_a_deleted_item_leaves_an_empty_place():
    made = item(holder())
    pk = made.pk
    made.delete()
    block = KnowledgeBlock()
    assert "section" not in block.render(block.to_python({"item": str(pk), "parts": ["body"]}))


def test_editors_choose_by_neutral_title(client):
    made = item(holder())
    people.sign_in(client, people.editor())
    response = client.get("/cms/knowledge/")
    assert response.status_code == 200
    assert made.title in response.content.decode()
    assert CANARY not in response.content.decode()


def test_the_demo_tells_that_it_is_imagined_and_can_run_twice(settings):
    from network.foundations.demo import in_order

    settings.DEBUG = True
    seeds = dict(in_order())
    for _turn in range(2):
        seeds["accounts"]()
        demo.seed()
    assert KnowledgeItem.objects.count() == 4
    assert ConsentRecord.objects.count() == 3
    assert sorted(Message.objects.values_list("language", flat=True)) == ["en", "es"]
    assert Proposal.objects.open().count() == 1
    text = bind_for(anonymous(), str(demo.item(demo.SEABIRDS).token("body")), exit="page", format="text")
    assert "made up for a demonstration" in text
    assert "noddies" in text
    for title in (demo.RESTING_REEF, demo.PLANTING_SONG):
        assert "Come and sit with us" in bind_for(
            anonymous(), str(demo.item(title).token("body")), exit="page", format="text"
        )
