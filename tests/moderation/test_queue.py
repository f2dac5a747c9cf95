"""The queue: what it holds, how it is narrowed, what it costs, deciding one and many, taking back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from communities import actions as communities
from communities.enums import Act, Joining, MemberRole
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.forums.models import Hold, Post
from communities.models import Community, JoinRequest
from communities.moderation import actions
from communities.moderation.cases import find
from communities.moderation.models import Look, ModerationLogEntry, Move, Report
from communities.moderation.queue import waiting_for
from network.foundations.exceptions import Refused
from network.notifications.models import Notification
from network.outbox.models import Delivery
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


def fill(place, number: int) -> None:
    """Posts that wait, by the hundred: written as rows, because nobody writes ten thousand by hand."""
    started = thread(place.room, people.moderator())
    author = people.person("many")
    posts = Post.objects.bulk_create(
        [
            Post(thread=started, author=author, html=f"<p>{n}</p>", excerpt=str(n), state=PostState.HELD)
            for n in range(number)
        ]
    )
    Hold.objects.bulk_create([Hold(post=post, rules=["first_posts"]) for post in posts])


def names(queue) -> list[str]:
    return [case.name for case in queue.cases]


def of_each_kind(place) -> None:
    place.held()
    post = place.say()
    actions.report(viewer=people.viewer(people.member()), post=post, reason="spam")
    Community.objects.filter(pk=place.here.pk).update(joining=Joining.REQUEST)
    place.here.refresh_from_db()
    communities.request_to_join(
        viewer=people.viewer(people.outsider()), community=place.here, message="May I?"
    )
    communities.warn(
        viewer=people.viewer(people.person("second")), membership=place.author, reason="Be kind."
    )
    entry = ModerationLogEntry.objects.get(act=Act.MEMBER_WARNED)
    actions.appeal(viewer=people.viewer(people.community_member()), entry=entry, words="I was kind.")


def test_everything_that_waits_stands_in_one_list_the_oldest_first(place):
    of_each_kind(place)
    queue = waiting_for(people.viewer(people.moderator()), place.here)
    assert names(queue) == ["held", "report", "request", "appeal"]
    assert names(waiting_for(people.viewer(people.person("second")), place.here)) == [
        "held",
        "report",
        "request",
    ]
    assert names(waiting_for(people.viewer(people.facilitator()), place.here)) == ["request"]
    assert names(waiting_for(people.viewer(people.community_member()), place.here)) == []
    assert len(waiting_for(people.viewer(people.site_moderator()))) == 4


def test_it_is_narrowed_by_kind_language_age_and_community(place):
    of_each_kind(place)
    viewer = people.viewer(people.moderator())
    assert names(waiting_for(viewer, place.here, {"kind": "report"})) == ["report"]
    assert names(waiting_for(viewer, place.here, {"language": "fr"})) == []
    assert names(waiting_for(viewer, None, {"community": community("Other")})) == []
    assert names(waiting_for(viewer, place.here, {"age": "day"})) == []
    Report.objects.update(at=timezone.now() - timedelta(days=2))
    assert names(waiting_for(viewer, place.here, {"age": "day"})) == ["report"]


def test_pages_follow_one_another_without_gap_or_repetition(place):
    fill(place, 45)
    viewer = people.viewer(people.moderator())
    seen, cursor = [], ""
    for size in (20, 20, 5):
        queue = waiting_for(viewer, place.here, None, cursor)
        assert len(queue) == size
        seen += [case.row.pk for case in queue.cases]
        cursor = queue.page.next
    assert not cursor
    assert len(set(seen)) == 45
    back = waiting_for(viewer, place.here, None, queue.page.previous)
    assert [case.row.pk for case in back.cases] == seen[20:40]


@pytest.mark.parametrize("number", [40, 10_000])
def test_ten_thousand_cost_the_same_questions(client, place, number, django_assert_num_queries):
    of_each_kind(place)
    fill(place, number)
    viewer = people.viewer(people.moderator())
    waiting_for(viewer, place.here)
    with django_assert_num_queries(13):
        waiting_for(viewer, place.here)


def test_one_press_decides_and_one_takes_back(client, place):
    post = place.held()
    people.sign_in(client, people.moderator())
    case = reverse("moderation:decide", args=["held", post.pk])
    page = client.get(reverse("moderation:queue", args=[place.here.slug])).content.decode()
    assert "It takes its place at the end of the thread" in page
    with override_settings(UNDO_SECONDS=30):
        assert client.post(case, {"decision": "approve"}).status_code == 302
        move = Move.objects.get()
        page = client.get(reverse("moderation:queue", args=[place.here.slug])).content.decode()
        assert reverse("moderation:undo", args=[move.pk]) in page
        client.post(reverse("moderation:undo", args=[move.pk]))
        post.refresh_from_db()
        # It was out for a moment, so its place stays; nobody reads it until somebody decides.
        assert post.state == PostState.HIDDEN
        assert ModerationLogEntry.objects.filter(act=Act.DECISION_UNDONE).count() == 1
        client.post(reverse("moderation:undo", args=[move.pk]))
        assert ModerationLogEntry.objects.filter(act=Act.DECISION_UNDONE).count() == 1
    client.post(case, {"decision": "approve"})
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED


@pytest.mark.parametrize("verb", ["return", "turn_down"])
def test_what_is_taken_back_waits_as_before_and_nobody_is_told(place, verb, worked):
    post = place.held()
    viewer = people.viewer(people.moderator())
    with override_settings(UNDO_SECONDS=30):
        move = actions.settle(viewer=viewer, case=find(viewer, "held", post.pk), verb=verb, reason="No.")
        assert find(viewer, "held", post.pk) is None
        actions.undo(viewer=viewer, move=move)
    assert find(viewer, "held", post.pk) is not None
    worked()
    told = Notification.objects.filter(recipient=people.person("newcomer"))
    assert not told.filter(kind__in=["forums.turned_down", "forums.returned"]).exists()


def test_taking_back_is_for_whoever_decided_and_for_half_a_minute(place):
    post = place.held()
    viewer = people.viewer(people.moderator())
    move = actions.settle(viewer=viewer, case=find(viewer, "held", post.pk), verb="approve")
    with pytest.raises(PermissionDenied):
        actions.undo(viewer=people.viewer(people.person("second")), move=move)
    Move.objects.update(at=timezone.now() - timedelta(minutes=2))
    with pytest.raises(Refused, match="too late"):
        actions.undo(viewer=viewer, move=move)


def test_a_handler_that_waits_leaves_a_deed_alone(place, monkeypatch):
    from dataclasses import replace

    from network.outbox.handlers import handlers

    patient = replace(handlers.get("forums.tell_author"), wait=timedelta(seconds=30))
    monkeypatch.setitem(handlers._entries, "forums.tell_author", patient)
    post = place.say()
    forums.hide(viewer=people.viewer(people.moderator()), post=post, reason="No.")
    owed = Delivery.objects.get(handler="forums.tell_author", entry__kind="hidden")
    assert owed.due_at > timezone.now() + timedelta(seconds=20)


def test_many_are_decided_with_one_reason(client, place):
    posts = [place.held(f"newcomer-{n}") for n in range(3)]
    people.sign_in(client, people.moderator())
    url = reverse("moderation:decide_many")
    keys = [f"held:{post.pk}" for post in posts]
    assert client.post(url, {"decision": "turn_down"}).status_code == 302
    assert client.post(url, {"case": keys, "decision": "turn_down"}).status_code == 422
    assert client.post(url, {"case": keys, "decision": "nonsense"}).status_code == 422
    client.post(
        url, {"case": [*keys, "held:99", "x", "held:9" * 40], "decision": "turn_down", "reason": "No."}
    )
    assert set(Post.objects.filter(pk__in=[p.pk for p in posts]).values_list("state", flat=True)) == {
        PostState.REJECTED
    }
    actions.undo(viewer=people.viewer(people.moderator()), move=Move.objects.get())
    assert Post.objects.held().count() == 3


def test_a_request_that_was_let_in_by_a_slip_waits_again(place):
    of_each_kind(place)
    viewer = people.viewer(people.moderator())
    request = JoinRequest.objects.get()
    move = actions.settle(viewer=viewer, case=find(viewer, "request", request.pk), verb="accept")
    assert people.viewer(people.outsider()).has(f"community:{place.here.pk}")
    actions.undo(viewer=viewer, move=move)
    assert not people.viewer(people.outsider()).has(f"community:{place.here.pk}")
    assert find(viewer, "request", request.pk) is not None


def test_who_looks_is_named_to_the_others(client, place):
    post = place.held()
    for who in (people.moderator(), people.person("second")):
        people.sign_in(client, who)
        assert client.get(reverse("moderation:decide", args=["held", post.pk])).status_code == 200
    assert Look.objects.get().by == people.moderator()
    queue = reverse("moderation:queue", args=[place.here.slug])
    assert "Mateus Ferreira is looking at this now" in client.get(queue).content.decode()
    told = client.post(
        reverse("moderation:look"), {"case": f"held:{post.pk}"}, headers={"X-Requested-With": "fetch"}
    )
    assert told.json() == {"mine": False}
    assert client.post(reverse("moderation:look"), {"case": "held:0"}).status_code == 404


def test_handing_over_is_seen_by_the_others(client, place):
    people.sign_in(client, people.moderator())
    away = reverse("moderation:away")
    assert client.post(away, {"hours": "x"}).status_code == 422
    client.post(away, {"hours": "1", "note": "Kamala knows the two reports."})
    people.sign_in(client, people.person("second"))
    queue = reverse("moderation:queue", args=[place.here.slug])
    assert "Kamala knows the two reports." in client.get(queue).content.decode()
    people.sign_in(client, people.moderator())
    client.post(away, {"back": "yes"})
    assert "Kamala knows" not in client.get(queue).content.decode()


@pytest.mark.parametrize("query", ["kind=%00", "age=x", "language=xx", "community=99", "community=a"])
def test_a_filter_that_nobody_offered_changes_nothing(client, place, query):
    place.held()
    people.sign_in(client, people.moderator())
    assert client.get(f"{reverse('moderation:everything')}?{query}").status_code == 200
    assert client.get(f"{reverse('moderation:everything')}?cursor=nonsense").status_code == 404


#: Each role x what a case lets it do.
MATRIX = {
    "moderator": {"held": 302, "report": 302, "request": 302},
    "site_moderator": {"held": 302, "report": 302, "request": 302},
    "facilitator": {"held": 404, "report": 404, "request": 302},
    "community_member": {"held": 404, "report": 404, "request": 404},
    "member": {"held": 404, "report": 404, "request": 404},
    "outsider": {"held": 404, "report": 404, "request": 404},
    "suspended_member": {"held": 404, "report": 404, "request": 404},
    "secretariat": {"held": 404, "report": 404, "request": 404},
}


@pytest.mark.parametrize("role", MATRIX)
def test_each_role_decides_what_is_hers(client, place, role):
    of_each_kind(place)
    rows = {
        "held": Post.objects.held().get().pk,
        "report": Report.objects.get().pk,
        "request": JoinRequest.objects.get().pk,
    }
    words = {"held": "approve", "report": "dismiss", "request": "accept"}
    people.sign_in(client, getattr(people, role)())
    for kind, pk in rows.items():
        url = reverse("moderation:decide", args=[kind, pk])
        assert client.post(url, {"decision": words[kind], "reason": "So."}).status_code == MATRIX[role][kind]


def test_a_hidden_community_stays_with_its_own(client, place):
    secret = community("Secret", visibility="hidden")
    belongs(people.moderator(), secret, MemberRole.MODERATOR)
    belongs(people.person("newcomer"), secret)
    started = thread(forum(secret), people.moderator())
    post = reply(started, people.person("newcomer"), '<p><a href="https://x.example">x</a></p>')
    assert names(waiting_for(people.viewer(people.site_moderator()))) == []
    people.sign_in(client, people.site_moderator())
    assert client.get(reverse("moderation:decide", args=["held", post.pk])).status_code == 404
