"""Whatever stands in the session's cookie, its bearer is a stranger or herself."""

import pytest
from django.conf import settings

from tests import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "cookie",
    ['"abcdefgh\\000ijklmnop"', "x" * 4000, "'; drop table--", '"\\303\\251t\\303\\251-abcdefgh"', ""],
)
def test_a_broken_cookie_is_a_stranger(client, cookie):
    answer = client.get("/inbox/", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={cookie}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_whole_cookie_is_herself(client):
    people.sign_in(client, people.member())
    assert client.get("/inbox/").status_code == 200
