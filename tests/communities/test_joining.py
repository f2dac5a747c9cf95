"""Ways into a community and out of it."""

import re

import pytest
from django.urls import reverse

from communities import actions
from communities.enums import Joining, MemberRole, Visibility
from communities.models import Community, Invitation, JoinRequest, Membership
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community

pytestmark = pytest.mark.django_db

#: The code of conduct that every community begins with.
AGREED = {"conduct": "0"}


def is_member(who, of) -> bool:
    return people.viewer(who).has(f"community:{of.pk}")


def test_joining_an_open_community_by_its_button(client):
    here, who = community(), people.member()
    people.sign_in(client, who)
    assert "Join" in client.get(here.get_absolute_url()).content.decode()
    answer = client.post(reverse("communities:join", args=[here.slug]), AGREED)
    assert answer.status_code == 302
    assert is_member(who, here)
    here.refresh_from_db()
    assert here.member_count == 1
    assert client.get(answer.url).status_code == 200


def test_joining_twice_makes_one_membership(client):
    here, who = community(), people.member()
    people.sign_in(client, who)
    for _ in range(2):
        client.post(reverse("communities:join", args=[here.slug]), AGREED)
    actions.join(viewer=people.viewer(who), community=here)
    assert Membership.objects.filter(user=who).count() == 1
    here.refresh_from_db()
    assert here.member_count == 1


def test_a_stranger_is_asked_to_sign_in_first(client):
    here = community()
    answer = client.get(reverse("communities:join", args=[here.slug]))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url
    page = client.get(here.get_absolute_url()).content.decode()
    assert "Sign in to join" in page
    assert '<form method="post"' not in page


def test_asking_and_being_let_in(client):
    here = community(joining=Joining.REQUEST)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    people.sign_in(client, people.member())
    url = reverse("communities:join", args=[here.slug])
    assert client.post(url, {"message": "", **AGREED}).status_code == 422
    client.post(url, {"message": "I plant mangroves in Senegal.", **AGREED})
    client.post(url, {"message": "Again.", **AGREED})
    [request] = JoinRequest.objects.all()
    assert request.message == "I plant mangroves in Senegal."
    assert "Your request waits" in client.get(here.get_absolute_url()).content.decode()

    people.sign_in(client, people.facilitator())
    answer = reverse("communities:answer", args=[here.slug, request.pk])
    assert client.post(answer, {"accept": "no"}).status_code == 422
    assert client.post(answer, {"accept": "yes"}).status_code == 302
    assert is_member(people.member(), here)
    # A second answer changes nothing and breaks nothing.
    assert client.post(answer, {"accept": "no", "reason": "Too late."}).status_code == 302
    request.refresh_from_db()
    assert request.decision == "accepted"


def test_taking_a_request_back(client):
    here = community(joining=Joining.REQUEST)
    people.sign_in(client, people.member())
    client.post(reverse("communities:join", args=[here.slug]), {"message": "Hello", **AGREED})
    client.post(reverse("communities:withdraw_request", args=[here.slug]))
    assert not JoinRequest.objects.waiting().exists()
    assert client.post(reverse("communities:withdraw_request", args=[here.slug])).status_code == 404


def test_an_invitation_is_good_once(client, mailoutbox):
    here = community(joining=Joining.INVITATION, visibility=Visibility.HIDDEN)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    people.sign_in(client, people.moderator())
    client.post(
        reverse("communities:invitations", args=[here.slug]),
        {"email": "new@example.org", "role": "member", "language": "fr"},
    )
    outbox.work_off()
    [letter] = mailoutbox
    assert letter.to == ["new@example.org"]
    path = re.search(r"http://[^/]+(/\S+/invitations/\S+/)", letter.body).group(1)

    people.sign_in(client, people.member())
    assert client.get(here.get_absolute_url()).status_code == 404
    assert here.name in client.get(path).content.decode()
    assert client.post(path, AGREED).status_code == 302
    assert is_member(people.member(), here)

    people.sign_in(client, people.outsider())
    assert client.post(path, AGREED).status_code == 422
    assert "can no longer be used" in client.get(path.removeprefix("/fr")).content.decode()
    assert not is_member(people.outsider(), here)


@pytest.mark.parametrize("token", ["x", "x:y:z", "%00", "MQ:1abc:def"])
def test_a_forged_invitation_is_not_found(client, token):
    assert client.get(f"/communities/invitations/{token}/").status_code == 404


def test_inviting_again_replaces_the_first_letter():
    here = community()
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    viewer = people.viewer(people.moderator())
    for _ in range(2):
        actions.invite(viewer=viewer, community=here, email="New@example.org", language="en")
    assert Invitation.objects.count() == 2
    assert Invitation.objects.open().count() == 1


def test_leaving_and_coming_back(client):
    here, who = community(), people.member()
    people.sign_in(client, who)
    client.post(reverse("communities:join", args=[here.slug]), AGREED)
    client.post(reverse("communities:leave", args=[here.slug]))
    assert not is_member(who, here)
    client.post(reverse("communities:join", args=[here.slug]), AGREED)
    assert is_member(who, here)
    assert Membership.objects.filter(user=who).count() == 2
    here.refresh_from_db()
    assert here.member_count == 1


def test_the_last_moderator_does_not_leave(client):
    here = community()
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    people.sign_in(client, people.moderator())
    answer = client.post(reverse("communities:leave", args=[here.slug]), follow=True)
    assert "no other moderator" in answer.content.decode()
    assert is_member(people.moderator(), here)


def test_a_suspended_member_holds_no_key_and_does_not_come_back(client):
    here = community()
    membership = belongs(people.suspended_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    moderator = people.viewer(people.moderator())
    actions.suspend(viewer=moderator, membership=membership, reason="Insults")
    assert not is_member(people.suspended_member(), here)
    people.sign_in(client, people.suspended_member())
    answer = client.post(reverse("communities:join", args=[here.slug]), AGREED)
    assert answer.status_code == 422
    assert "suspended" in answer.content.decode()
    actions.lift_suspension(viewer=moderator, membership=membership)
    assert is_member(people.suspended_member(), here)


def test_counts_are_true_after_everything():
    here = community()
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    who = people.viewer(people.member())
    membership = actions.join(viewer=who, community=here)
    actions.remove_member(viewer=people.viewer(people.moderator()), membership=membership, reason="Asked to")
    assert Community.objects.get().member_count == here.memberships.current().count() == 1
