"""How often somebody may do a thing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpResponse

from network.foundations import ratelimit


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def test_beyond_the_limit_it_says_when_to_come_back():
    for _time in range(3):
        ratelimit.limit("report", "user:1", times=3, seconds=600)
    with pytest.raises(ratelimit.TooOften) as refused:
        ratelimit.limit("report", "user:1", times=3, seconds=600)
    assert 0 < refused.value.wait <= 601
    assert "Try again in" in refused.value.sentence
    ratelimit.limit("report", "user:2", times=3, seconds=600)
    ratelimit.limit("other", "user:1", times=3, seconds=600)


@pytest.mark.django_db
def test_a_decorated_view_answers_429(rf):
    @ratelimit.limited("ask", times=1, seconds=60)
    def view(request):
        return HttpResponse("ok")

    def post():
        request = rf.post("/x/")
        request.user = AnonymousUser()
        return view(request)

    assert post().status_code == 200
    answer = post()
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    request = rf.get("/x/")
    request.user = AnonymousUser()
    assert view(request).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "9.9.9.9", "127.0.0.1"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 9.9.9.9, 10.0.0.1", "9.9.9.9"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_forged_header_does_not_hide_the_caller(rf, settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", HTTP_X_FORWARDED_FOR=forwarded)
    assert ratelimit.client_address(request) == address


def test_a_household_counts_as_one(rf):
    def who(address):
        request = rf.get("/", REMOTE_ADDR=address)
        request.user = AnonymousUser()
        return ratelimit.who_is(request)

    assert who("2001:db8:1:2::1") == who("2001:db8:1:2:ffff::9")
    assert who("2001:db8:1:2::1") != who("2001:db8:1:3::1")
    assert who("nonsense") == "ip:unknown"
