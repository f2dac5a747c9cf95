"""The demo's inboxes: a few unread, no mails for what was made up, the same after a second run."""

import pytest

from network.notifications import demo
from network.notifications.models import Notification, OutgoingMail, Preference
from tests import people

pytestmark = pytest.mark.django_db


def state():
    return (
        list(Notification.objects.order_by("pk").values_list("pk", "read_at")),
        list(Preference.objects.order_by("pk").values_list("pk", "timing")),
        OutgoingMail.objects.count(),
    )


def test_a_few_are_unread_and_no_mail_is_owed(tell):
    expert = people.User.objects.create_user(demo.HEARS_BY_MAIL)
    people.member()
    real = people.User.objects.create_user("somebody@example.org")
    demo.seed()
    rows = [row for _ in range(6) for row in tell(people.member(), expert)]
    tell(real)
    demo.seed()
    assert len(rows) == 12
    assert OutgoingMail.objects.get(recipient=real)
    assert not OutgoingMail.objects.filter(recipient=people.member()).exists()
    assert OutgoingMail.objects.filter(recipient=expert).count() == 6  # she has begun to hear by mail
    before = state()
    demo.seed()
    assert state() == before


def test_what_the_chapters_did_is_mostly_read(tell):
    person = people.member()
    for _ in range(7):
        tell(person)
    demo.seed()
    assert Notification.objects.unread().count() == demo.UNREAD
