"""Knowledge on a page: each reader sees what the holders allow, and the page itself holds no word of it."""

import pytest
from wagtail.models import Revision

from home.pages.models import HomePage, StandardPage
from network.accounts import demo as accounts_demo
from network.consent import demo as consent_demo
from network.consent.models import KnowledgeItem
from tests import people

pytestmark = pytest.mark.django_db

WORDS = {
    "public": "second line of palms",
    "members": "branch with white cloth",
    "holders": "names the four winds",
}


@pytest.fixture
def page(settings) -> StandardPage:
    settings.DEMO_SIGN_INS = True
    accounts_demo.seed()
    consent_demo.seed()
    titles = (consent_demo.SEABIRDS, consent_demo.RESTING_REEF, consent_demo.PLANTING_SONG)
    blocks = [("knowledge", {"item": consent_demo.item(title), "parts": ["body"]}) for title in titles]
    made = StandardPage(title="Shared", body=blocks)
    HomePage.objects.get(locale__language_code="en").add_child(instance=made)
    made.save_revision().publish()
    return made


def seen(client, page) -> set[str]:
    content = client.get(page.url).content.decode()
    assert "[[tk:" not in content
    return {name for name, words in WORDS.items() if words in content}


def test_each_reader_sees_what_the_holders_allow(client, page):
    assert seen(client, page) == {"public"}
    people.sign_in(client, people.member())
    assert seen(client, page) == {"public", "members"}
    for who in (people.editor(), people.administrator(), people.secretariat()):
        people.sign_in(client, who)
        assert seen(client, page) == {"public", "members"}, who
    holder = type(people.member()).objects.get(email="holder@demo.example")
    people.sign_in(client, holder)
    assert seen(client, page) == {"public", "members", "holders"}


def test_neither_page_nor_revision_nor_search_holds_a_word_of_it(client, page):
    stored = str(StandardPage.objects.get(pk=page.pk).body.raw_data) + str(
        Revision.objects.filter(object_id=str(page.pk)).values_list("content", flat=True)
    )
    for words in WORDS.values():
        assert words not in stored
    assert page.title not in client.get("/search/?q=palms").content.decode()


def test_an_item_that_is_gone_leaves_a_page_that_stands(client, page):
    raw = page.body.raw_data
    raw[0]["value"]["item"] = "00000000-0000-4000-8000-000000000000"
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200
    assert KnowledgeItem.objects.count() == 4
