"""Returning a post to its author, and editing somebody else's words for all to see."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.moderation import actions
from communities.moderation.cases import find
from network.foundations.exceptions import Refused, StaleEdit
from network.notifications.models import Notification
from tests import people

pytestmark = pytest.mark.django_db


def mend_url(place, post) -> str:
    thread = post.thread
    return reverse("forums:mend", args=[place.here.slug, place.room.slug, thread.pk, thread.slug, post.pk])


def test_a_returned_post_is_mended_and_waits_anew(client, place, worked):
    post = place.held()
    moderator = people.viewer(people.moderator())
    case = find(moderator, "held", post.pk)
    actions.settle(viewer=moderator, case=case, verb="return", reason="Without the shop, please.")
    assert find(moderator, "held", post.pk) is None
    worked()
    assert Notification.objects.filter(recipient=people.person("newcomer"), kind="forums.returned").exists()
    people.sign_in(client, people.person("newcomer"))
    url = mend_url(place, post)
    assert url in client.get(post.thread.get_absolute_url()).content.decode()
    page = client.get(url)
    assert "Without the shop, please." in page.content.decode()
    assert client.post(url, {"html": "", "version": 1}).status_code == 422
    assert client.post(url, {"html": "<p>x</p>", "version": 7}).status_code == 422
    assert client.post(url, {"html": "<p>Without.</p>", "version": 1}).status_code == 302
    assert client.post(url, {"html": "<p>Again.</p>", "version": 2}).status_code == 403
    post.refresh_from_db()
    assert (post.html, post.version) == ("<p>Without.</p>", 2)
    found = find(moderator, "held", post.pk)
    assert found is not None
    assert post.edits.count() == 1


def test_only_the_author_mends_and_only_what_was_returned(client, place):
    post = place.held()
    url = mend_url(place, post)
    for who, status in ((people.person("newcomer"), 403), (people.moderator(), 403), (people.member(), 404)):
        people.sign_in(client, who)
        assert client.get(url).status_code == status, who
    with pytest.raises(Refused):
        forums.mend(viewer=people.viewer(people.person("newcomer")), post=post, html="<p>x</p>", version=1)


def test_a_moderator_edits_for_all_to_see(client, place, worked):
    post = place.say(by=people.community_member())
    people.sign_in(client, people.moderator())
    url = f"{post.get_absolute_url()}amend/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"html": "<p>Milder.</p>", "version": 1, "note": ""}).status_code == 422
    assert client.post(url, {"html": "<p>Milder.</p>", "version": 9, "note": "x"}).status_code == 422
    sent = {"html": "<p>Milder.</p>", "version": 1, "note": "Took out a name."}
    assert client.post(url, sent).status_code == 302
    client.logout()
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert "Took out a name." in page
    assert "Milder." in page
    assert "somebody minds" in client.get(f"{post.get_absolute_url()}history/").content.decode()
    worked()
    assert Notification.objects.filter(recipient=people.community_member(), kind="forums.amended").exists()


def test_nobody_edits_others_without_office_or_puts_knowledge_in(place):
    post = place.say(by=people.community_member())
    for who in (people.community_member(), people.facilitator(), people.member()):
        with pytest.raises(PermissionDenied):
            forums.amend(viewer=people.viewer(who), post=post, html="<p>x</p>", version=1, note="n")
    moderator = people.viewer(people.moderator())
    token = "[[tk:00000000-0000-4000-8000-000000000000:body]]"
    with pytest.raises(Refused):
        forums.amend(viewer=moderator, post=post, html=f"<p>{token}</p>", version=1, note="n")
    with pytest.raises(StaleEdit):
        forums.amend(viewer=moderator, post=post, html="<p>x</p>", version=5, note="n")
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
