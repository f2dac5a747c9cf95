"""Leaving and taking one's data out, through the rooms where people write and belong."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from communities.enums import MemberRole
from communities.forums import actions as forums
from communities.forums.models import Post, PostEdit, ReadMark, Thread, Watch
from communities.models import Community, Invitation, JoinRequest, Membership
from communities.moderation.models import ModerationReason, Report
from network.accounts import actions
from network.accounts.enums import Leaving
from network.accounts.models import User
from network.accounts.personal_data import personal_data
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = community("Mangroves")
    belongs(people.moderator(), home, MemberRole.MODERATOR)
    for who in (people.community_member(), people.facilitator()):
        belongs(who, home)
    return home


@pytest.fixture
def talk(home):
    """The member starts a thread, the facilitator answers, the member answers back and edits it."""
    started = thread(forum(home), people.community_member(), title="My crabs", html="<p>My own words.</p>")
    reply(started, people.facilitator(), "<p>Somebody else’s words.</p>")
    answer = reply(started, people.community_member(), "<p>My second words.</p>")
    forums.edit(
        viewer=people.viewer(people.community_member()),
        post=answer,
        html="<p>My third words.</p>",
        version=answer.version,
    )
    return started


def told(room: str) -> str:
    holding = personal_data.get(room)
    return json.dumps(holding.export(people.community_member()), cls=DjangoJSONEncoder, ensure_ascii=False)


@pytest.mark.parametrize("room", personal_data.names())
def test_every_room_can_be_taken_out_by_somebody_of_whom_it_holds_nothing(room):
    json.dumps(personal_data.get(room).export(people.outsider()), cls=DjangoJSONEncoder)


@pytest.mark.parametrize("room", personal_data.names())
@pytest.mark.parametrize("keep", [True, False])
def test_every_room_erases_somebody_of_whom_it_holds_nothing(room, keep):
    personal_data.get(room).erase(people.outsider(), keep)


def test_what_she_wrote_is_in_her_copy_and_what_others_wrote_is_not(talk):
    copy = told("forums")
    assert "My own words." in copy
    assert "My third words." in copy
    assert "Somebody else" not in copy


def test_kept_contributions_stand_under_former_member(client, talk):
    actions.leave(person=people.community_member(), choice=Leaving.KEEP)
    assert Thread.objects.get().title == "My crabs"
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "My own words." in page
    assert "Former member" in page
    assert "Farida" not in page


def test_erased_contributions_leave_a_sentence_and_every_number_in_place(client, talk):
    numbers = list(Post.objects.order_by("number").values_list("number", "state"))
    before = Community.objects.get().post_count
    actions.leave(person=people.community_member(), choice=Leaving.ERASE)
    assert list(Post.objects.order_by("number").values_list("number", "state")) == numbers
    assert Community.objects.get().post_count == before
    assert not PostEdit.objects.exists()
    left = Thread.objects.get()
    page = client.get(left.get_absolute_url()).content.decode()
    assert page.count("Erased by its author.") >= 2
    assert "Somebody else’s words." in page
    for own in ("My own words", "My second words", "My third words", "My crabs", "my-crabs"):
        assert own not in page


def test_what_she_follows_and_read_goes_in_any_case(talk):
    member = people.community_member()
    actions.leave(person=member, choice=Leaving.KEEP)
    assert not Watch.objects.filter(user=member).exists()
    assert not ReadMark.objects.filter(user=member).exists()


def test_she_belongs_nowhere_and_the_count_is_true(home):
    member = people.community_member()
    JoinRequest.objects.create(community=community("Reefs"), user=member, message="May I?")
    assert "Mangroves" in told("communities")
    assert "May I?" in told("communities")
    before = Community.objects.get(pk=home.pk).member_count
    actions.leave(person=member, choice=Leaving.KEEP)
    assert Community.objects.get(pk=home.pk).member_count == before - 1
    assert not Membership.objects.filter(user=member).exists()
    assert not JoinRequest.objects.exists()
    assert not Invitation.objects.filter(email="community-member@cast.example").exists()


def test_the_last_moderator_may_leave_the_network(home):
    actions.leave(person=people.moderator(), choice=Leaving.KEEP)
    assert User.objects.get(pk=people.facilitator().pk).community_memberships.exists()


def test_her_reports_lose_their_words_and_the_reasons_about_her_go(home, talk):
    first = Post.objects.order_by("number").first()
    forums.hide(viewer=people.viewer(people.moderator()), post=first, reason="Named a farmer")
    answer = Post.objects.get(author=people.facilitator())
    Report.objects.create(
        post=answer, version=1, by=people.community_member(), reason="other", note="He lies"
    )
    assert "He lies" in told("moderation")
    assert "Named a farmer" in told("moderation")
    actions.leave(person=people.community_member(), choice=Leaving.KEEP)
    report = Report.objects.get()
    assert (report.note, report.by) == ("", None)
    assert not ModerationReason.objects.filter(text="Named a farmer").exists()
