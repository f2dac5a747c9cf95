"""A form sent twice does its deed once."""

import pytest
from django.core.cache import cache

from network.foundations.exceptions import Refused
from network.foundations.once import OnceFormMixin, new_key, once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def test_the_second_sending_leads_to_the_first_result():
    made = []

    def deed():
        made.append(1)
        return f"/thing/{len(made)}/"

    key = new_key()
    first, second = (once(person=1, key=key, deed=deed) for _ in range(2))
    assert (first.url, first.repeated) == ("/thing/1/", False)
    assert (second.url, second.repeated) == ("/thing/1/", True)
    assert once(person=2, key=key, deed=deed).url == "/thing/2/"
    assert once(person=1, key=new_key(), deed=deed).url == "/thing/3/"
    assert once(person=1, key="", deed=deed).url == "/thing/4/"


def test_a_refused_deed_leaves_the_key_good():
    key = new_key()

    def refuse():
        raise Refused("no")

    with pytest.raises(Refused):
        once(person=1, key=key, deed=refuse)
    assert once(person=1, key=key, deed=lambda: "/done/") == once(
        person=3, key=new_key(), deed=lambda: "/done/"
    )


def test_every_form_has_a_key_of_its_own():
    one, other = OnceFormMixin(), OnceFormMixin()
    assert one["submission_key"].value() != other["submission_key"].value()
    assert 'type="hidden"' in str(one["submission_key"])
