"""A form sent twice does its deed once."""

import threading
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.cache import cache
from django.db import connections

from network.foundations.exceptions import Refused
from network.foundations.once import OnceFormMixin, new_key, once, once_then_redirect

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


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_do_it_once():
    key, together, made, answers = new_key(), threading.Barrier(2), [], []

    def deed():
        made.append(1)
        time.sleep(0.2)
        return "/done/"

    def press():
        together.wait(5)
        try:
            answers.append(once(person=1, key=key, deed=deed))
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press) for _hand in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert len(made) == 1
    assert sorted(answer.repeated for answer in answers) == [False, True]


def test_a_person_is_told_and_led_to_the_first_result(client, rf):
    request = rf.post("/x/")
    request.user, request.session = AnonymousUser(), client.session
    request._messages = FallbackStorage(request)
    key = new_key()
    for _press in range(2):
        answer = once_then_redirect(request, key, lambda: "/thing/1/")
        assert (answer.status_code, answer["Location"]) == (302, "/thing/1/")
    assert ["sent twice" in str(message) for message in request._messages] == [True]
