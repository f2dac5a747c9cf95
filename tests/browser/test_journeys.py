"""The main job of each audience, done as a person does it; and what a first visit weighs."""

import pytest

from tests.engine.browsing import assert_accessible

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_a_stranger_finds_an_expert_on_a_phone(page_as):
    page = page_as(viewport=PHONE)
    page.goto("/")
    page.get_by_role("link", name="Find").first.click()
    page.get_by_role("searchbox").first.fill("mangrove")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=mangrove**")
    person = page.locator("main .row__title a").first
    name = person.inner_text()
    person.click()
    assert page.locator("h1").inner_text() == name
    assert "@" not in page.locator("main").inner_text(), "an address is never shown"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_editor_publishes_an_event_that_everybody_finds(page_as, site):
    page = page_as("editor")
    calendar = page.goto(f"/cms/pages/add/events/eventpage/{_calendar_id(site)}/")
    assert calendar.status == 200
    page.fill("#id_title", "Night walk among fireflies")
    page.fill("#id_summary", "Counting by ear and by eye.")
    page.fill("#id_starts_at", "2031-06-02 20:00")
    page.keyboard.press("Escape")
    page.fill("#id_ends_at", "2031-06-02 22:30")
    page.keyboard.press("Escape")
    page.select_option("#id_zone", "Asia/Tokyo")
    page.locator("[data-w-dropdown-target='toggle']").last.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_load_state()
    stranger = page_as()
    stranger.goto("/events/?q=fireflies")
    stranger.get_by_role("link", name="Night walk among fireflies").click()
    facts = stranger.locator(".page__aside").inner_text()
    assert "2 June 2031, 20:00" in facts
    assert "Tokyo" in facts
    assert_accessible(stranger)


def test_an_editor_looks_at_a_block_before_she_chooses_it(page_as, site):
    page = page_as("editor")
    page.goto(f"/cms/pages/add/pages/standardpage/{_home_id(site)}/")
    page.get_by_role("button", name="Insert a block").first.click()
    choices = page.get_by_role("option")
    assert choices.count() >= 16
    _look_at(page, "Timeline")
    frame = page.frame_locator(".w-combobox-preview__iframe")
    assert "The first meeting on the beach" in frame.locator(".timeline").inner_text()
    _look_at(page, "Figures with their source")
    assert "hectares" in frame.locator(".figures").inner_text()
    page.get_by_role("option", name="Timeline").click()
    page.get_by_label("What happened").first.wait_for()


def _look_at(page, name) -> None:
    page.locator(".w-combobox__option-row", has_text=name).get_by_label("Preview").click()


def _home_id(site) -> str:
    return site.manage(
        "shell", "--no-imports", "--verbosity", "0", "-c",
        "from home.pages.models import HomePage; print(HomePage.objects.get(locale__language_code='en').pk)",
    ).strip()  # fmt: skip


def _calendar_id(site) -> str:
    return site.manage(
        "shell", "--no-imports", "--verbosity", "0", "-c",
        "from home.events.models import EventIndexPage; print(EventIndexPage.objects.get().pk)",
    ).strip()  # fmt: skip


def test_a_first_visit_to_a_thread_weighs_less_than_100_kb_and_a_second_less_than_25(page_as):
    page = page_as()
    page.goto("/communities/mangroves-and-coasts/")
    thread = page.locator("main a[href*='/forums/'][href*='-']").last.get_attribute("href")
    fresh = page_as()
    weight = _weigh(fresh)
    fresh.goto(thread)
    fresh.wait_for_load_state("networkidle")
    assert 0 < weight() < 100_000
    again = weight()
    fresh.goto(thread)
    fresh.wait_for_load_state("networkidle")
    assert weight() - again < 25_000


def _weigh(page):
    """Bytes that have come over the wire to this page, headers included, as the browser counts them."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received = [0]

    def count(event) -> None:
        received[0] += event["encodedDataLength"]

    session.on("Network.loadingFinished", count)
    return lambda: received[0]
