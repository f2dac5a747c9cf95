"""Posts in a digest: their first words as the recipient may read them at that moment."""

import pytest
from django.core import mail
from django.utils import timezone

from communities.forums import actions
from communities.forums.models import Post
from network.consent.enums import PartName
from network.consent.models import Part
from network.consent.tokens import Token
from network.notifications import digests
from network.notifications.models import Notification
from network.notifications.sending import send_due
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as consent
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


def work_off() -> None:
    while outbox.work_off():
        pass


@pytest.fixture
def started():
    here = community()
    for who in (people.community_member(), people.expert()):
        belongs(who, here)
    return thread(forum(here), people.expert(), "Seagrass")


def digest_for(person) -> tuple[str, str]:
    work_off()
    Notification.objects.exclude(digest_at=None).update(digest_at=timezone.now())
    digests.gather()
    send_due()
    [sent] = [message for message in mail.outbox if message.to == [person.email]]
    return sent.body, sent.alternatives[0][0]


def test_replies_to_my_thread_come_in_the_daily_digest_with_a_link_to_reply(started):
    for n in range(7):
        reply(started, people.community_member(), f"<p>Answer {n}.</p>")
    for body in digest_for(people.expert()):
        assert "Replies in my threads" in body
        assert "7 replies" in body
        assert "Answer 6." in body
        assert "2 more there" in body
        assert "/reply/" in body
        assert f"{started.get_absolute_url()}posts/8/" in body


def test_what_was_hidden_or_mended_meanwhile_is_told_as_it_is_now(started):
    hidden = reply(started, people.community_member(), "<p>Rude words.</p>")
    mended = reply(started, people.community_member(), "<p>Two hundred seedlnigs.</p>")
    work_off()
    actions.hide(viewer=people.viewer(people.site_moderator()), post=hidden, reason="Rude.")
    author = people.viewer(people.community_member())
    actions.edit(viewer=author, post=mended, html="<p>Two hundred seedlings.</p>", version=1)
    for body in digest_for(people.expert()):
        assert "seedlings" in body
        assert "seedlnigs" not in body
        assert "Rude words" not in body


def test_sealed_knowledge_passes_the_gate_on_its_way_into_a_digest(started, smtp_server):
    item = consent.item(consent.holder())
    part = Part.objects.get(item=item, name=PartName.BODY)
    post = reply(started, people.community_member(), "<p>Before.</p>")
    token = str(Token(item.pk, part.name))
    Post.objects.filter(pk=post.pk).update(html=f"<p>{token}</p>", excerpt=f"Before {token} behind")
    work_off()
    Notification.objects.exclude(digest_at=None).update(digest_at=timezone.now())
    digests.gather()
    send_due()
    hers = [people.expert().email]
    [delivered] = [one for one in smtp_server.delivered if one.recipients == hers]
    for kind in ("plain", "html"):
        body = delivered.message.get_body([kind]).get_content()
        assert "Before" in body
        assert "behind" in body
        assert "[[tk:" not in body
        assert consent.CANARY not in body


def test_who_left_the_community_is_told_nothing_more_of_it(started):
    here = started.forum.community
    here.visibility = "members"
    here.save()
    reply(started, people.community_member())
    work_off()
    here.memberships.filter(user=people.expert()).update(ended_at=timezone.now())
    Notification.objects.exclude(digest_at=None).update(digest_at=timezone.now())
    digests.gather()
    send_due()
    assert [sent for sent in mail.outbox if sent.to == [people.expert().email]] == []
