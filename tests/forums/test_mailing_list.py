"""A community as a mailing list: every post as its own mail, for whoever wants it so."""

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.enums import Involvement, Visibility
from communities.forums import actions as forums
from communities.forums.notices import tell_of_post
from communities.models import Membership
from network.notifications import actions as notifications
from network.notifications.enums import Channel, Timing
from network.notifications.models import Notification, OutgoingMail, PlaceChoice
from network.notifications.sending import send_due
from network.notifications.special import How
from network.outbox import actions as outbox
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    made = community(visibility=Visibility.MEMBERS)
    for who in (people.community_member(), people.expert(), people.facilitator()):
        belongs(who, made)
    return made


@pytest.fixture
def room(here):
    return forum(here)


def settle() -> None:
    while outbox.work_off():
        pass


def mails_to(person):
    settle()
    OutgoingMail.objects.update(next_try_at=timezone.now())  # the minute of mending slips is over
    send_due()
    return [sent for sent in mail.outbox if sent.to == [person.email]]


def choose(client, who, here, **data):
    people.sign_in(client, who)
    return client.post(f"/inbox/places/community:{here.pk}/", data)


def test_each_post_is_a_mail_and_the_inbox_stays_quiet(client, here, room):
    reader = people.facilitator()
    assert choose(client, reader, here, how="list").status_code == 302
    started = thread(room, people.expert())
    reply(started, people.community_member())
    first, second = mails_to(reader)
    assert first.subject == second.subject == "How to count crabs"
    assert "every post of this community" in first.body
    for message in (first, second):
        head = message.message()
        assert head["References"] == head["In-Reply-To"] == f"<thread-{started.pk}@testserver>"
        assert head["List-Id"].endswith(f"<forum-{room.pk}.community-{here.pk}.testserver>")
        assert head["Precedence"] == "list"
    assert not Notification.objects.filter(recipient=reader, in_inbox=True).exists()


def test_own_posts_come_only_to_whoever_wants_them(client, here, room):
    reader = people.facilitator()
    choose(client, reader, here, how="list")
    thread(room, reader)
    assert mails_to(reader) == []
    choose(client, reader, here, how="list", own_posts="on")
    thread(room, reader, "And shrimps")
    assert [sent.subject for sent in mails_to(reader)] == ["And shrimps"]


def test_who_watches_too_gets_one_mail_of_each_post_at_once(client, here, room):
    reader = people.facilitator()
    choose(client, reader, here, how="list")
    started = thread(room, people.expert())
    settle()
    forums.set_level(viewer=people.viewer(reader), of=started, level=Involvement.EVERYTHING)
    Notification.objects.all().delete()
    reply(started, people.community_member(), "<p>At low tide.</p>")
    settle()
    [row] = Notification.objects.filter(recipient=reader)
    assert (row.kind, row.in_inbox, row.mail) == ("forums.watched", True, Timing.AT_ONCE)


def test_a_muted_thread_is_muted_for_the_list_as_well(client, here, room):
    reader = people.facilitator()
    choose(client, reader, here, how="list")
    started = thread(room, people.expert())
    settle()
    client.post(f"/inbox/places/thread:{started.pk}/", {"how": "muted"})
    Notification.objects.all().delete()
    reply(started, people.community_member())
    settle()
    assert not Notification.objects.filter(recipient=reader).exists()
    page = client.get("/inbox/preferences/").content.decode()
    assert "How to count crabs" in page
    client.post(f"/inbox/places/thread:{started.pk}/", {"how": "usual", "end": "1"})
    reply(started, people.community_member(), "<p>Again.</p>")
    settle()
    assert Notification.objects.filter(recipient=reader).exists()


def test_one_click_ends_the_list(client, here, room):
    reader = people.facilitator()
    choose(client, reader, here, how="list")
    thread(room, people.expert())
    [sent] = mails_to(reader)
    path = sent.message()["List-Unsubscribe"].strip()[1:-1].removeprefix("http://testserver")
    client.logout()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not PlaceChoice.objects.exists()
    thread(room, people.expert(), "And shrimps")
    assert len(mails_to(reader)) == 1


def test_only_members_get_it_and_whoever_leaves_gets_none(client, here, room):
    stranger, reader = people.outsider(), people.facilitator()
    assert choose(client, stranger, here, how="list").status_code == 404
    choose(client, reader, here, how="list")
    Membership.objects.filter(user=reader, community=here).update(ended_at="2026-01-01T00:00Z")
    thread(room, people.expert())
    assert mails_to(reader) == []


def test_leaving_forgets_the_choice(client, here):
    choose(client, people.expert(), here, how="list")
    client.post(f"{here.get_absolute_url()}leave/")
    settle()
    assert not PlaceChoice.objects.exists()


def test_readers_of_a_public_community_are_no_members(client):
    public = community("Open sea")
    assert choose(client, people.outsider(), public, how="list").status_code == 422
    assert choose(client, people.outsider(), public, how="weekly").status_code == 302


def test_it_is_found_on_the_page_of_the_community(client, here, room):
    people.sign_in(client, people.expert())
    address = f"/inbox/places/community:{here.pk}/"
    assert address in client.get(here.get_absolute_url()).content.decode()
    assert address in client.get(f"{here.get_absolute_url()}membership/").content.decode()
    assert "Every post as a mail of its own" in client.get(address).content.decode()


def questions_to_tell_of(post) -> int:
    entry = Entry.objects.filter(kind="posted").latest("pk")
    assert entry.ids["post"] == post.pk
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        tell_of_post(entry)
    return len(asked)


def test_telling_the_list_asks_the_same_for_one_and_for_thirty(here, room):
    def wants_all(who):
        notifications.choose_place(viewer=people.viewer(who), place=f"community:{here.pk}", how=How.LIST)

    wants_all(people.facilitator())
    started = thread(room, people.expert())
    one = questions_to_tell_of(reply(started, people.expert(), "<p>One.</p>"))
    for n in range(30):
        who = people.person(f"listed-{n}")
        belongs(who, here)
        wants_all(who)
    assert questions_to_tell_of(reply(started, people.expert(), "<p>Thirty.</p>")) <= one


def test_a_community_may_come_weekly_while_others_come_daily(client, here, room):
    reader = people.expert()
    choose(client, reader, here, how="weekly")
    notifications.choose(person_id=reader.pk, choices={("forums.reply", Channel.MAIL): Timing.DAILY})
    reply(thread(room, reader), people.community_member())
    settle()
    row = Notification.objects.get(recipient=reader, kind="forums.reply")
    assert (row.in_inbox, row.mail) == (True, Timing.WEEKLY)
