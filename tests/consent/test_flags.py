"""Others warn the holders: it is theirs to read and to settle, and it freezes nothing."""

import pytest
from django.urls import reverse

from network.consent.egress import bind_for
from network.consent.models import Flag
from network.foundations.viewer import EVERYONE, anonymous
from network.notifications.models import Notification
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db

WORDS = "zqwarning: this is from another valley"


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def shared(of):
    user = with_standing(of)
    authority(of, user)
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


def warn(client, made, who=people.member, **fields):
    people.sign_in(client, who())
    return client.post(reverse("consent:warn", args=[made.pk]), {"text": WORDS, "language": "en"} | fields)


def test_it_freezes_nothing_and_says_so(client, shared):
    people.sign_in(client, people.member())
    assert "stops nothing by itself" in client.get(reverse("consent:warn", args=[shared.pk])).content.decode()
    assert warn(client, shared).status_code == 302
    assert CANARY in bind_for(anonymous(), str(shared.token("body")), exit="page")


def test_holders_and_stewards_read_it_on_the_items_page(client, shared):
    warn(client, shared)
    for who in (people.holder, people.steward):
        people.sign_in(client, who())
        assert WORDS in client.get(shared.get_absolute_url()).content.decode()
    people.sign_in(client, people.expert())
    assert WORDS not in client.get(reverse("consent:about", args=[shared.pk])).content.decode()


def test_one_at_a_time_until_it_is_settled(client, shared):
    assert warn(client, shared).status_code == 302
    assert warn(client, shared).status_code == 422
    flag = Flag.objects.get()
    settle = reverse("consent:settle", args=[shared.pk, flag.pk])
    assert client.post(settle).status_code == 404
    people.sign_in(client, people.holder())
    assert client.post(settle).status_code == 302
    assert WORDS not in client.get(shared.get_absolute_url()).content.decode()
    assert client.post(settle).status_code == 404
    assert warn(client, shared).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"text": ""}, "text"), ({"language": "zzq"}, "language"), ({"text": "[[tk:x"}, "text")],
)
def test_what_is_wrong_stands_beside_its_field(client, shared, wrong, field):
    response = warn(client, shared, **wrong)
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not Flag.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client, shared):
    assert warn(client, shared, people.stranger).status_code == 302
    assert not Flag.objects.exists()


def test_holders_and_stewards_learn_of_it(client, shared, work_off):
    people.steward()
    warn(client, shared)
    work_off()
    told = Notification.objects.filter(kind="consent.flag").values_list("recipient", flat=True)
    assert set(told) == {people.holder().pk, people.steward().pk}
