"""What scripts add to one's own profile: a draft by itself, another row, the square of a photo by keys."""

from io import BytesIO

import pytest
from PIL import Image

from tests.engine.browsing import assert_accessible

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def two_halves() -> bytes:
    """Left of the middle it is teal, right of it orange."""
    picture = Image.new("RGB", (900, 600), "teal")
    picture.paste("orange", (450, 0, 900, 600))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_what_is_typed_on_a_phone_is_kept_and_rows_are_added(page_as):
    page = page_as("expert", viewport=PHONE)
    page.goto("/experts/me/experience/")
    rows = page.locator("[data-entries]").first.locator(".entries__row")
    before = rows.count()
    page.get_by_role("button", name="Another row").first.click()
    assert rows.count() == before + 1
    rows.last.locator("input").first.fill("Keeper of the reed list")
    page.locator("[data-autosave-status][data-state='good']").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    page.goto("/experts/me/experience/")
    assert "Keeper of the reed list" in page.content()
    page.get_by_role("button", name="Delete the draft").click()
    page.wait_for_load_state()
    assert "Keeper of the reed list" not in page.content()


def test_the_square_of_a_photo_is_chosen_with_keys(page_as):
    page = page_as("expert")
    page.goto("/experts/me/photo/")
    page.set_input_files(
        "input[name=photo]", {"name": "me.png", "mimeType": "image/png", "buffer": two_halves()}
    )
    square = page.locator("canvas")
    square.focus()
    for _step in range(20):
        page.keyboard.press("ArrowRight")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    shown = page.locator("#photo img").get_attribute("src")
    with Image.open(BytesIO(page.request.get(shown).body())) as picture:
        red, _green, blue = picture.convert("RGB").getpixel((30, 48))
    assert red > blue, "in the middle this would still be teal"
