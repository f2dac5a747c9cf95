"""The demo's inboxes: a few unread, no mails for what was made up, the same after a second run."""

import pytest
from django.utils import timezone

from network.notifications import demo, digests
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


def test_somebody_has_a_digest_due_and_only_one(tell):
    [address, *_others] = demo.DIGESTS
    person = people.User.objects.create_user(address)
    tell(person, note=1)
    Notification.objects.all().delete()
    demo.seed()
    tell(person, note=1)
    tell(person, note=2)
    demo.seed()
    assert not OutgoingMail.objects.exists()
    [due] = set(Notification.objects.values_list("digest_at", flat=True))
    assert due
    Notification.objects.update(digest_at=timezone.now())
    assert digests.gather() == 1


def test_what_the_chapters_did_is_mostly_read(tell):
    person = people.member()
    for _ in range(7):
        tell(person)
    demo.seed()
    assert Notification.objects.unread().count() == demo.UNREAD
