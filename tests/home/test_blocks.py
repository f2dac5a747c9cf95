"""Blocks of editors' pages: what each shows to whom, what is refused, and a look at each first."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image

from communities.enums import Visibility
from home.blocks import BodyBlock
from home.blocks.media import player_of
from home.pages.models import StandardPage
from network.experts import actions as experts
from network.thesaurus.models import Term
from tests import people
from tests.communities.factories import belongs, community
from tests.events.factories import event
from tests.experts.factories import published
from tests.forums import factories as forums
from tests.home.test_pages import home, picture_bytes

pytestmark = pytest.mark.django_db
VIDEO = "https://www.youtube.com/watch?v=abcdef12345"


def shown(*body) -> StandardPage:
    page = StandardPage(title="What we tell", body=list(body))
    home().add_child(instance=page)
    page.save_revision().publish()
    return page


def open_forum():
    mangroves = community()
    belongs(people.member(), mangroves)
    return forums.forum(mangroves)


def video(**values):
    return {
        "title": "At dawn",
        "url": "",
        "file": None,
        "captions": None,
        "still": None,
        "transcript": "",
    } | values


@pytest.mark.parametrize("name", BodyBlock().child_blocks)
def test_each_block_can_be_looked_at_before_it_is_chosen(client, name):
    people.sign_in(client, people.editor())
    block = StandardPage.body.field.stream_block.child_blocks[name]
    assert block.is_previewable
    assert block.get_description()
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    assert "css/network" in answer.content.decode()


def test_lists_on_a_page_are_those_of_its_reader_and_now(client):
    closed = community("Reefs", visibility=Visibility.MEMBERS)
    belongs(people.member(), closed)
    secret = forums.thread(forums.forum(closed), people.member(), "Behind doors")
    forums.thread(open_forum(), people.member(), "In the open")
    event("Crab night")
    theme = Term.objects.get(domain="kmgbf-target", code="2")
    page = shown(
        ("threads", {"heading": "Talk", "community": None, "number": 5}),
        ("events", {"heading": "Soon", "theme": None, "number": 5}),
        (
            "events",
            {"heading": "Later", "theme": theme, "number": 5},
        ),
    )
    told = client.get(page.url).content.decode()
    assert "In the open" in told
    assert secret.title not in told
    assert told.count("Crab night") == 1
    people.sign_in(client, people.member())
    assert secret.title in client.get(page.url).content.decode()


def test_people_on_a_page_are_those_who_have_a_public_profile_now(client):
    profile = published(people.expert())
    page = shown(("people", {"heading": "Who knows", "people": [profile]}))
    assert "Who knows" in client.get(page.url).content.decode()
    experts.hide(viewer=people.viewer(people.expert()))
    told = client.get(page.url).content.decode()
    assert "Who knows" not in told
    assert people.expert().name not in told


def test_what_is_told_in_other_forms_stands_on_the_page(client):
    kenya = Term.objects.get(domain="country", code="KE")
    page = shown(
        ("figures", {"figures": [{"number": "11", "meaning": "coasts"}], "source": "Survey", "url": ""}),
        ("table", StandardPage.body.field.stream_block.child_blocks["table"].get_preview_value()),
        ("timeline", {"moments": [{"when": "May", "title": "We met", "text": ""}] * 2}),
        ("map", {"caption": "Where", "places": [{"country": kenya, "number": 2, "words": "Two nurseries"}]}),
        ("accordion", {"folds": [{"title": "Who may come?", "text": "<p>All.</p>"}]}),
    )
    told = client.get(page.url).content.decode()
    for words in ("coasts", "Survey", "North lagoon", "We met", "Two nurseries", "Who may come?"):
        assert words in told
    assert reverse("countries:detail", args=["KE"]) in told


def test_a_video_asks_nothing_of_anybody_before_somebody_presses(client):
    page = shown(("video", video(url=VIDEO)))
    before = client.get(page.url)
    assert "<iframe" not in before.content.decode()
    assert "youtube-nocookie" not in before.content.decode()
    assert "frame-src" not in before["Content-Security-Policy"]
    after = client.get(page.url, {"play": VIDEO})
    assert 'src="https://www.youtube-nocookie.com/embed/abcdef12345"' in after.content.decode()
    assert "frame-src https://www.youtube-nocookie.com" in after["Content-Security-Policy"]
    for other in ("https://vimeo.com/123456", "https://elsewhere.example/"):
        assert "<iframe" not in (answer := client.get(page.url, {"play": other})).content.decode()
        assert "frame-src" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://youtu.be/abcdef12345", "https://www.youtube-nocookie.com/embed/abcdef12345"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://youtube.com.elsewhere.example/watch?v=abcdef12345", None),
        ("https://elsewhere.example/youtu.be/abcdef12345", None),
        ("https://www.youtube.com/watch?v=../../x", None),
    ],
)
def test_only_known_services_play(url, player):
    assert player_of(url) == player


def test_what_cannot_be_shown_to_everybody_is_refused_with_a_sentence():
    image = Image(title="A leaf", file=ContentFile(picture_bytes(), "leaf.png"))
    image.save()
    image.contextual_alt_text, image.decorative = None, True
    film = Document(title="Film", file=ContentFile(b"x", "film.mov"))
    film.save()
    blocks = BodyBlock().child_blocks
    refused = [
        ("picture", {"image": image, "caption": "", "credit": "Me"}, "Describe the image"),
        ("video", video(), "one of the two"),
        ("video", video(url="https://elsewhere.example/film"), "no address of a video"),
        ("video", video(file=film), "MP4 and WebM"),
        ("video", video(url=VIDEO, captions=film), "WebVTT"),
    ]
    for name, value, sentence in refused:
        with pytest.raises(ValidationError) as why:
            blocks[name].clean(blocks[name].normalize(value))
        said = " ".join(str(e.messages) for e in why.value.block_errors.values())
        assert sentence in said


def test_lists_ask_the_same_however_much_there_is(client):
    forum = open_forum()
    page = shown(("threads", {"heading": "Talk", "community": None, "number": 12}))
    counts = []
    for number in (1, 11):
        for n in range(number):
            forums.thread(forum, people.member(), f"Thread {number} {n}")
        with CaptureQueriesContext(connection) as questions:
            client.get(page.url + "?fresh=1")
        counts.append(len(questions))
    assert counts[0] == counts[1]
