"""The site as a visitor meets it: served by web and worker, signed in through the real form."""

import pytest

from tests.engine.browsing import assert_accessible

pytestmark = pytest.mark.browser


def test_the_door_opens_for_a_stranger(page_as):
    page = page_as()
    answer = page.goto("/accounts/login/")
    assert answer.status == 200
    assert_accessible(page)


@pytest.mark.parametrize("handle", ["expert", "moderator", "steward"])
def test_the_demos_people_sign_in_second_factor_included(page_as, handle):
    page = page_as(handle)
    answer = page.goto("/accounts/details/")
    assert "/accounts/login/" not in page.url
    assert answer.status == 200
    assert_accessible(page)


def test_arabic_reads_from_the_right(page_as):
    page = page_as()
    page.goto("/ar/")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
