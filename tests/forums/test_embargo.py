"""A mail waits for a minute, so that a slip can be mended before it stands in anybody's mailbox."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F

from communities.enums import MemberRole
from communities.forums import actions
from network.notifications import actions as notifications
from network.notifications.enums import Channel, MailState, Timing
from network.notifications.models import OutgoingMail
from network.notifications.sending import send_due
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """A reply that the thread's author is told of."""
    here = community()
    for who in (people.community_member(), people.expert()):
        belongs(who, here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    started = thread(forum(here), people.expert())
    work_off()
    OutgoingMail.objects.all().delete()
    at_once = {("forums.reply", Channel.MAIL): Timing.AT_ONCE}
    notifications.choose(person_id=people.expert().pk, choices=at_once)
    post = reply(started, people.community_member(), "<p>Two hundred seedlnigs.</p>")
    work_off()
    return post


def work_off() -> None:
    while outbox.work_off():
        pass


def a_minute_later() -> None:
    OutgoingMail.objects.update(next_try_at=F("next_try_at") - timedelta(seconds=60))


def test_what_was_mended_in_time_is_what_is_sent(written):
    assert send_due() == 0
    author = people.viewer(people.community_member())
    actions.edit(viewer=author, post=written, html="<p>Two hundred seedlings.</p>", version=1)
    assert mail.outbox == []
    a_minute_later()
    assert send_due() == 1
    [sent] = mail.outbox
    assert "seedlings" in sent.body
    assert "seedlnigs" not in sent.body


def test_what_was_hidden_in_time_is_never_sent(written):
    actions.hide(viewer=people.viewer(people.moderator()), post=written, reason="Off the subject.")
    a_minute_later()
    assert send_due() == 0
    assert OutgoingMail.objects.filter(state=MailState.NOTHING).count() == 1
    assert mail.outbox == []
