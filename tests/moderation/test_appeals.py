"""Appeals: once, to somebody else, with an effect; and what members read of decisions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from communities import actions as communities
from communities.enums import Act, MemberRole
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.models import Membership
from communities.moderation import actions
from communities.moderation.models import Appeal, ModerationLogEntry
from network.notifications.kinds import render_each
from network.notifications.models import Notification
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import thread

pytestmark = pytest.mark.django_db


def entry(act: Act) -> ModerationLogEntry:
    return ModerationLogEntry.objects.filter(act=act).latest("pk")


def appealed(act: Act, who=None) -> Appeal:
    viewer = people.viewer(who or people.community_member())
    return actions.appeal(viewer=viewer, entry=entry(act), words="Look again.")


def hidden(place):
    post = place.say(by=people.community_member())
    forums.hide(viewer=people.viewer(people.moderator()), post=post, reason="No.")
    return post


def test_an_appeal_goes_to_another_moderator_and_has_an_effect(client, place, worked):
    post = hidden(place)
    people.sign_in(client, people.community_member())
    mine = client.get(reverse("moderation:mine")).content.decode()
    assert "hid a post" in mine
    assert "No." in mine
    url = reverse("moderation:appeal", args=[entry(Act.POST_HIDDEN).pk])
    assert url in mine
    assert client.get(url).status_code == 200
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "a\x00b"}).status_code == 422
    assert client.post(url, {"words": "Look again."}).status_code == 302
    assert client.post(url, {"words": "And again."}).status_code == 302
    appeal = Appeal.objects.get()
    worked()
    asked = Notification.objects.filter(kind="moderation.appeal").values_list("recipient", flat=True)
    assert list(asked) == [people.person("second").pk]

    case = reverse("moderation:decide", args=["appeal", appeal.pk])
    for who in (people.moderator(), people.community_member(), people.facilitator()):
        people.sign_in(client, who)
        assert client.post(case, {"decision": "grant", "reason": "x"}).status_code == 404, who
    people.sign_in(client, people.person("second"))
    assert "Look again." in client.get(case).content.decode()
    assert client.post(case, {"decision": "grant"}).status_code == 422
    client.post(case, {"decision": "grant", "reason": "You are right."})
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
    worked()
    assert Notification.objects.filter(recipient=people.community_member(), kind="moderation.appeal_answer")
    people.sign_in(client, people.community_member())
    assert "You are right." in client.get(reverse("moderation:mine")).content.decode()


def test_nobody_else_appeals(client, place):
    hidden(place)
    url = reverse("moderation:appeal", args=[entry(Act.POST_HIDDEN).pk])
    for who in (people.member(), people.moderator(), people.site_moderator()):
        people.sign_in(client, who)
        assert client.get(url).status_code == 404, who
        with pytest.raises(PermissionDenied):
            actions.appeal(viewer=people.viewer(who), entry=entry(Act.POST_HIDDEN), words="x")


@pytest.mark.parametrize(
    ("deed", "act", "key"),
    [("silence", Act.MEMBER_SILENCED, "silenced"), ("suspend", Act.MEMBER_SUSPENDED, "")],
)
def test_granting_ends_what_was_imposed(place, deed, act, key):
    moderator = people.viewer(people.moderator())
    getattr(communities, deed)(viewer=moderator, membership=place.author, reason="Stop.")
    viewer = people.viewer(people.community_member())
    assert viewer.has(f"community:{place.here.pk}") == (deed == "silence")
    assert viewer.has(f"silenced:{place.here.pk}") == (deed == "silence")
    appeal = appealed(act)
    actions.grant(viewer=people.viewer(people.person("second")), appeal=appeal, reason="Enough.")
    viewer = people.viewer(people.community_member())
    assert viewer.has(f"community:{place.here.pk}")
    assert not viewer.has(f"silenced:{place.here.pk}")


def test_a_dismissed_appeal_leaves_all_and_can_be_taken_back(place):
    post = hidden(place)
    appeal = appealed(Act.POST_HIDDEN)
    second = people.viewer(people.person("second"))
    actions.dismiss_appeal(viewer=second, appeal=appeal, reason="It stands.")
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    actions.reopen_appeal(viewer=second, appeal=appeal)
    assert Appeal.objects.waiting().count() == 1


def test_where_nobody_else_moderates_the_site_decides_and_reads_nothing_else(client, place):
    secret = community("Secret", visibility="hidden")
    belongs(people.moderator(), secret, MemberRole.MODERATOR)
    member = belongs(people.community_member(), secret)
    communities.warn(viewer=people.viewer(people.moderator()), membership=member, reason="Be kind.")
    appeal = appealed(Act.MEMBER_WARNED)
    people.sign_in(client, people.site_moderator())
    case = reverse("moderation:decide", args=["appeal", appeal.pk])
    everything = client.get(reverse("moderation:everything")).content.decode()
    assert "Look again." in everything
    assert "Secret" not in everything
    assert "Secret" not in client.get(case).content.decode()
    answer = client.post(case, {"decision": "grant", "reason": "So."})
    assert answer.url == reverse("moderation:everything")
    assert Appeal.objects.get().decided_by == people.site_moderator()


def test_where_another_moderates_the_site_does_not_decide_for_members_only(place):
    here = community("Inner", visibility="members")
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.person("second"), here, MemberRole.MODERATOR)
    member = belongs(people.community_member(), here)
    communities.warn(viewer=people.viewer(people.moderator()), membership=member, reason="Be kind.")
    appeal = appealed(Act.MEMBER_WARNED)
    assert not Appeal.objects.decidable_by(people.viewer(people.site_moderator())).exists()
    with pytest.raises(PermissionDenied):
        actions.grant(viewer=people.viewer(people.site_moderator()), appeal=appeal, reason="x")


def test_a_warning_reaches_the_member_and_takes_nothing(client, place, worked):
    people.sign_in(client, people.moderator())
    url = reverse("communities:act_on_member", args=[place.here.slug, place.author.pk, "warn"])
    assert client.post(url, {"warn-reason": ""}).status_code == 422
    assert client.post(url, {"warn-reason": "Be kind."}).status_code == 302
    worked()
    assert Notification.objects.filter(recipient=people.community_member(), kind="moderation.acted").exists()
    people.sign_in(client, people.community_member())
    assert "Be kind." in client.get(reverse("moderation:mine")).content.decode()
    assert place.say(by=people.community_member()).state == PostState.PUBLISHED


def test_who_is_silenced_reads_and_does_not_write(client, place, worked):
    people.sign_in(client, people.moderator())
    url = reverse("communities:act_on_member", args=[place.here.slug, place.author.pk, "silence"])
    client.post(url, {"silence-reason": "A week of quiet."})
    worked()
    thread = place.say(by=people.person("second")).thread
    people.sign_in(client, people.community_member())
    page = client.get(thread.get_absolute_url())
    assert page.status_code == 200
    assert "you read here and do not write for now" in page.content.decode()
    reply = reverse("forums:reply", args=[place.here.slug, place.room.slug, thread.pk, thread.slug])
    assert client.post(reply, {"html": "<p>But</p>"}).status_code == 403
    membership = reverse("communities:membership", args=[place.here.slug])
    assert "A week of quiet." in client.get(membership).content.decode()
    told = Notification.objects.filter(recipient=people.community_member(), kind="communities.silenced")
    assert told.exists()
    communities.lift_silence(
        viewer=people.viewer(people.moderator()), membership=Membership.objects.get(pk=place.author.pk)
    )
    assert client.post(reply, {"html": "<p>But</p>"}).status_code == 302


def test_nobody_silences_or_warns_herself_or_without_office(place):
    own = Membership.objects.get(community=place.here, user=people.moderator())
    for who, member in (
        (people.moderator(), own),
        (people.facilitator(), place.author),
        (people.member(), place.author),
    ):
        for deed in (communities.silence, communities.warn):
            with pytest.raises(PermissionDenied):
                deed(viewer=people.viewer(who), membership=member, reason="x")


def test_who_wrote_without_a_name_hears_of_it_and_appeals_without_being_named(client, place, worked):
    place.room.takes_unnamed = True
    place.room.save()
    author = people.person("zebedee-quillfeather", "Zebedee Quillfeather")
    belongs(author, place.here)
    started = thread(place.room, people.moderator())
    post = forums.reply(
        viewer=people.viewer(author), thread=started, html="<p>The reef was sold.</p>", mask=forums.Mask()
    )
    forums.hide(viewer=people.viewer(people.moderator()), post=post, reason="Prove it.")
    worked()
    told = Notification.objects.get(kind="forums.hidden", recipient=author)
    assert render_each([(told.kind, told.ids)], people.viewer(author))[0].text == "Prove it."
    assert entry(Act.POST_HIDDEN).concerns is None

    mine = people.sign_in(Client(), author)
    page = mine.get(reverse("moderation:mine")).content.decode()
    assert "Prove it." in page
    url = reverse("moderation:appeal", args=[entry(Act.POST_HIDDEN).pk])
    assert url in page
    for other in (people.community_member(), people.person("second")):
        assert people.sign_in(Client(), other).get(url).status_code == 404
    assert mine.post(url, {"words": "Here is the deed."}).status_code == 302
    worked()

    appeal = Appeal.objects.get()
    second = people.sign_in(client, people.person("second"))
    case = reverse("moderation:decide", args=["appeal", appeal.pk])
    for address in (reverse("moderation:everything"), case):
        page = second.get(address).content.decode()
        assert "Here is the deed." in page
        assert "Participant 1" in page
        assert "Quillfeather" not in page
    [asked] = Notification.objects.filter(kind="moderation.appeal")
    assert "Quillfeather" not in str(
        render_each([(asked.kind, asked.ids)], people.viewer(people.person("second")))
    )
    assert second.post(case, {"decision": "grant", "reason": "It is proved."}).status_code == 302
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
    worked()
    assert Notification.objects.filter(kind="moderation.appeal_answer", recipient=author).exists()
    assert not ModerationLogEntry.objects.filter(concerns=author.actor_id).exists()
    log = second.get(reverse("moderation:log", args=[place.here.slug])).content.decode()
    assert "Quillfeather" not in log
