"""Each of the cast asks each address, and the answer is the one that ``matrix`` declares."""

from collections.abc import Iterable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from tests import people
from tests.alarms.matrix import CAST, ELSEWHERE, MATRIX


def _addresses(patterns: Iterable[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address without a part that varies."""
    for pattern in patterns:
        own = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        address = before + own
        if any(sign in address for sign in "<(^$\\") or address.startswith(ELSEWHERE):
            continue
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, address)
        else:
            yield address


def test_every_address_is_declared_and_no_other():
    assert set(_addresses(get_resolver().url_patterns)) == set(MATRIX)


@pytest.mark.django_db
@pytest.mark.parametrize("name", CAST)
def test_the_answer_is_the_declared_one(name):
    client = Client(raise_request_exception=False)
    person = getattr(people, name)()
    if name != "stranger":
        client.force_login(person)
    column = CAST.index(name)
    wrong = {}
    for address, statuses in MATRIX.items():
        answer = client.get(address).status_code
        if answer != int(statuses.split()[column]):
            wrong[address] = answer
        if not client.session.get("_auth_user_id") and name != "stranger":
            client.force_login(person)
    assert wrong == {}
