"""Pages of the CMS: found in six languages, in the search, and never past the gates."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.images.models import Image
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from home.pages.models import AwardResultsPage, HomePage, NewsIndexPage, NewsPage, Slot, StandardPage
from network.calls import actions as engine
from tests import people
from tests.awards import stage
from tests.events.factories import event

pytestmark = pytest.mark.django_db


def home() -> HomePage:
    return HomePage.objects.get(locale__language_code="en")


def standard(
    title: str = "How we work", body: str = "<p>Quietly.</p>", parent: Page | None = None
) -> StandardPage:
    page = StandardPage(title=title, body=[("text", RichText(body))])
    (parent or home()).add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("prefix", ["", "/ar", "/es", "/fr", "/ru", "/zh-hans"])
def test_the_front_door_opens_in_each_language_and_empty(client, prefix):
    answer = client.get(f"{prefix}/")
    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.content.decode() or prefix != "/ar"
    for address in ("/events/", "/news/"):
        assert client.get(f"{prefix}{address}").status_code == 200


def test_six_languages_are_there_from_the_start():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {
        "ar",
        "en",
        "es",
        "fr",
        "ru",
        "zh-hans",
    }


def test_a_page_without_translation_is_found_under_a_translated_front_door(client):
    page = standard()
    home().copy_for_translation(Locale.objects.get(language_code="ru")).save_revision().publish()
    assert client.get(f"/ru/{page.slug}/").status_code == 200
    assert client.get("/ru/nowhere/").status_code == 404


def test_pages_are_found_by_their_words_and_drafts_are_not(client):
    page = standard("Peatlands", "<p>Sphagnum keeps water.</p>")
    assert "Peatlands" in client.get("/search/?q=sphagnum").content.decode()
    page.unpublish()
    assert "Peatlands" not in client.get("/search/?q=sphagnum").content.decode()


def test_a_restricted_page_is_not_found_by_its_words(client):
    page = standard("Peatlands", "<p>Sphagnum keeps water.</p>")
    page.view_restrictions.create(restriction_type="login")
    page.save_revision().publish()
    for address in ("/search/?q=sphagnum", "/search/?q=peatlands", "/"):
        assert "Peatlands" not in client.get(address).content.decode()


def test_news_stand_newest_first(client):
    index = NewsIndexPage.objects.get()
    for title in ("First words", "Second words"):
        page = NewsPage(title=title, introduction="In short")
        index.add_child(instance=page)
        page.save_revision().publish()
    content = client.get("/news/").content.decode()
    assert content.index("Second words") < content.index("First words")
    assert "Second words" in client.get("/").content.decode()


def test_an_editor_cannot_smuggle_a_script_into_a_page(client):
    page = standard(
        body='<p onclick="x()">Hello <script>alert(1)</script><a href="javascript:alert(1)">there</a></p>'
    )
    people.sign_in(client, people.editor())
    content = client.get(page.url).content.decode()
    assert "script-src" in client.get(page.url)["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get(page.url)["Content-Security-Policy"]
    assert "Hello" in content


def test_released_results_become_a_page_in_the_same_act(client):
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award, "KE", "gold")
    assert not AwardResultsPage.objects.exists()
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    page = AwardResultsPage.objects.get()
    assert page.live
    content = client.get(page.url).content.decode()
    assert "Gold" in content
    assert "Kenya" in content
    assert page.title in client.get("/news/").content.decode()
    assert page.slug in client.get("/search/?q=results").content.decode()


def test_results_are_public_on_page_and_edition_or_on_neither(client, monkeypatch):
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award, "KE", "gold")
    stage.close(award)
    monkeypatch.setattr(AwardResultsPage, "save_revision", lambda self, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        engine.release(call=award.call, by=people.secretariat())
    assert not AwardResultsPage.objects.exists()
    assert "Gold" not in client.get("/awards/2026/").content.decode()


def test_editors_change_the_words_around_results_and_not_the_facts(client):
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award)
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    people.sign_in(client, people.editor())
    page = AwardResultsPage.objects.get()
    form = client.get(f"/cms/pages/{page.pk}/edit/")
    assert form.status_code == 200
    assert 'name="edition"' not in form.content.decode()


def picture_bytes() -> bytes:
    from io import BytesIO

    from PIL import Image as Drawing

    buffer = BytesIO()
    Drawing.new("RGB", (40, 30), "green").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Wagtail leaves a file open
def test_renditions_are_served_as_images_and_nothing_else_is(client):
    image = Image(title="A leaf", file=ContentFile(picture_bytes(), "leaf.png"))
    image.save()
    rendition = image.get_rendition("width-20")
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    default_storage.save("images/evil.html", ContentFile(b"<script>alert(1)</script>"))
    default_storage.save("secret.png", ContentFile(b"x"))
    for path in ("images/evil.html", "images/..%2fsecret.png", f"{image.file.name}", "images/none.png"):
        assert client.get(f"/media/{path}").status_code == 404


def test_every_block_has_a_preview_or_an_icon():
    from home.blocks import BodyBlock

    for name, block in BodyBlock().child_blocks.items():
        assert str(block.label), name
        assert block.meta.icon, name


def test_a_call_to_action_needs_one_place_to_lead_to():
    from django.core.exceptions import ValidationError

    from home.blocks.body import ActBlock

    block = ActBlock()
    for page, url in ((None, ""), (home(), "https://x.example/")):
        with pytest.raises(ValidationError):
            block.clean(block.normalize({"words": "Go", "page": page, "url": url}))
    assert block.clean(block.normalize({"words": "Go", "page": None, "url": "https://x.example/"}))


def test_the_first_row_of_the_front_door_holds_what_editors_chose_and_never_a_hole(client):
    index = NewsIndexPage.objects.get()
    for title in ("Old words", "New words"):
        page = NewsPage(title=title, introduction="In short")
        index.add_child(instance=page)
        page.save_revision().publish()
    chosen = standard("Chosen guidance")
    over = event("Over", days=-9)
    door = home()
    door.slots = [Slot(page=over, sort_order=0), Slot(page=chosen, sort_order=1)]
    door.save_revision().publish()

    def row() -> list[str]:
        page = BeautifulSoup(client.get("/").content, "html.parser")
        return [card.get_text(strip=True) for card in page.select("section[aria-labelledby=chosen] h3")]

    assert row() == ["Chosen guidance", "New words", "Old words"]
    chosen.view_restrictions.create(restriction_type="login")
    chosen.save_revision().publish()
    assert row() == ["New words", "Old words"]
    event("Ahead")
    assert row() == ["Ahead", "New words", "Old words"]
