"""The cast itself: made once, each with the keys that its meaning promises."""

import pytest

from network.accounts.models import User
from tests import people

pytestmark = pytest.mark.django_db


def test_the_cast_is_made_once_however_often_it_is_asked_for():
    first, second = people.cast(), people.cast()
    assert [who for _, who in first.items()] == [who for _, who in second.items()]
    assert User.objects.filter(email__endswith="@cast.example").count() == len(first.items()) - 1


def test_a_stranger_and_a_suspended_person_see_as_anybody():
    assert people.viewer(people.stranger()).keys == {"everyone"}
    assert people.viewer(people.barred()).keys == {"everyone"}


def test_signing_in(client):
    people.sign_in(client, people.member())
    assert "_auth_user_id" in client.session
    people.sign_in(client, people.stranger())
    assert "_auth_user_id" not in client.session
