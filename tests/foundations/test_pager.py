"""Paging: an address that was not made here is not found, whatever stands in its cursor."""

import base64
import json

import pytest
from django.http import Http404

from network.foundations.pager import paginate
from network.thesaurus.models import Term

pytestmark = pytest.mark.django_db
KEYS = ["code", "id"]


def cursor(said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def page(at: str = ""):
    return paginate(Term.objects.all(), KEYS, at, size=3)


def test_pages_follow_one_another_and_lead_back():
    first = page()
    second = page(first.next)
    assert not {term.pk for term in first} & {term.pk for term in second}
    assert [term.pk for term in page(second.previous)] == [term.pk for term in first]


@pytest.mark.parametrize(
    "forged",
    [
        "x",
        "é",
        base64.urlsafe_b64encode(b"[" * 20_000).decode(),
        cursor({"after": 1}),
        cursor(["sideways", ["KE", 1]]),
        cursor(["after", ["KE"]]),
        cursor(["after", ["KE", None]]),
        cursor(["after", ["KE", "one"]]),
        cursor(["after", ["KE\x00", 1]]),
        cursor(["before", ["KE", float("nan")]]),
    ],
    ids=["text", "foreign", "deep", "object", "way", "short", "none", "wrong", "nul", "nan"],
)
def test_a_forged_cursor_is_not_found(forged):
    with pytest.raises(Http404):
        page(forged)


def test_a_number_beyond_every_row_ends_the_list():
    assert not page(cursor(["after", ["zz", 10**30]]))
