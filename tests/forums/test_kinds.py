"""Questions with accepted answers, and announcements."""

import json
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from communities.enums import MemberRole
from communities.forums import actions, personal
from communities.forums.counters import differences
from communities.forums.enums import ForumKind
from communities.forums.models import Forum, Thread, ThreadEvent, Wanted
from network.foundations.exceptions import Refused
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    return of_kind(forum(here), ForumKind.QUESTIONS)


def of_kind(room: Forum, kind: str, **more) -> Forum:
    Forum.objects.filter(pk=room.pk).update(kind=kind, **more)
    room.refresh_from_db()
    return room


@pytest.fixture
def question(room):
    """A question of the member, answered by the facilitator (post 2)."""
    asked = thread(room, people.community_member())
    reply(asked, people.facilitator(), "<p>Only by lamp light.</p>")
    return asked


def accept(client, question: Thread, number: int, accept: str = "yes"):
    return client.post(f"{question.get_absolute_url()}posts/{number}/accept/", {"accept": accept})


def test_who_asked_accepts_an_answer_and_takes_it_back(client, question):
    people.sign_in(client, people.community_member())
    assert "Accept as the answer" in client.get(question.get_absolute_url()).content.decode()
    assert accept(client, question, 2).status_code == 302
    client.logout()
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Answered by" in page
    assert page.count("Only by lamp light.") == 2
    assert "Accepted answer" in page
    assert "accepted an answer" in page
    assert "Answered" in client.get(question.forum.get_absolute_url()).content.decode()
    people.sign_in(client, people.community_member())
    accept(client, question, 2, "no")
    question.refresh_from_db()
    assert question.answer is None
    assert list(ThreadEvent.objects.values_list("kind", flat=True)) == ["answered", "unanswered"]


@pytest.mark.parametrize(
    ("who", "number", "allowed"),
    [
        ("community_member", 2, True),
        ("community_member", 3, True),  # her own answer to her own question
        ("community_member", 1, False),  # the question
        ("moderator", 2, True),
        ("moderator", 4, False),  # her own answer to somebody else's question
        ("facilitator", 2, False),
        ("outsider", 2, False),
    ],
)
def test_who_may_accept_what(client, question, who, number, allowed):
    reply(question, people.community_member())
    reply(question, people.moderator())
    people.sign_in(client, getattr(people, who)())
    assert accept(client, question, number).status_code == (302 if allowed else 403)
    question.refresh_from_db()
    assert (question.answer is not None) == allowed


def test_an_answer_stands_under_the_question_from_a_later_page(client, question):
    for _number in range(25):
        reply(question, people.facilitator())
    actions.accept_answer(viewer=people.viewer(people.community_member()), post=question.posts.get(number=27))
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Go to the answer, post 27" in page
    assert 'id="post-27"' not in page


def test_an_answer_that_is_hidden_or_erased_answers_nothing(question):
    asker, moderator = people.viewer(people.community_member()), people.viewer(people.moderator())
    answer = question.posts.get(number=2)
    actions.accept_answer(viewer=asker, post=answer)
    actions.hide(viewer=moderator, post=answer, reason="r")
    question.refresh_from_db()
    assert question.answer is None
    with pytest.raises(Refused):
        actions.accept_answer(viewer=asker, post=answer)
    actions.show_again(viewer=moderator, post=answer)
    actions.accept_answer(viewer=asker, post=answer)
    personal.erase(people.facilitator(), keep_contributions=False)
    question.refresh_from_db()
    assert question.answer is None


def test_a_discussion_knows_no_answers(client, question):
    of_kind(question.forum, ForumKind.DISCUSSION)
    people.sign_in(client, people.community_member())
    assert accept(client, question, 2).status_code == 403
    assert "Accept as the answer" not in client.get(question.get_absolute_url()).content.decode()


def test_others_have_the_question_too_once_each(client, question):
    url = f"{question.get_absolute_url()}want/"
    for who in (people.facilitator(), people.facilitator(), people.moderator()):
        people.sign_in(client, who)
        assert client.post(url, {"want": "yes"}).status_code == 302
    people.sign_in(client, people.community_member())
    assert client.post(url, {"want": "yes"}).status_code == 403  # she asked it
    people.sign_in(client, people.outsider())
    assert client.post(url, {"want": "yes"}).status_code == 403
    client.logout()
    assert "2 people have this question too" in client.get(question.get_absolute_url()).content.decode()
    people.sign_in(client, people.moderator())
    client.post(url, {"want": "no"})
    client.post(url, {"want": "no"})
    question.refresh_from_db()
    assert question.wanted_count == 1
    personal.erase(people.facilitator(), keep_contributions=True)
    question.refresh_from_db()
    assert question.wanted_count == 0
    assert not list(differences())


def test_a_wrong_count_is_found(question):
    Wanted.objects.create(thread=question, user=people.moderator())
    other = thread(question.forum, people.community_member(), "Another")
    Thread.objects.filter(pk=other.pk).update(answer=question.posts.get(number=2))
    assert {(one.row.pk, one.field) for one in differences()} == {
        (question.pk, "wanted_count"),
        (other.pk, "answer_id"),
    }


def test_questions_are_narrowed_and_ordered(client, question):
    room = question.forum
    actions.accept_answer(viewer=people.viewer(people.community_member()), post=question.posts.get(number=2))
    many, newest = (thread(room, people.community_member(), title) for title in ("Many have it", "Newest"))
    actions.want(viewer=people.viewer(people.moderator()), thread=many)

    def titles(query: str) -> list[str]:
        return [row["thread"].title for row in client.get(room.get_absolute_url() + query).context["rows"]]

    assert titles("?show=open") == ["Newest", "Many have it"]
    assert titles("?show=answered") == [question.title]
    assert titles("?order=wanted") == ["Many have it", "Newest", question.title]
    assert titles("?show=nonsense&order=x") == ["Newest", "Many have it", question.title]
    assert newest.wanted_count == 0


def test_only_those_who_look_after_it_announce(client, room):
    of_kind(room, ForumKind.ANNOUNCEMENTS)
    with pytest.raises(PermissionDenied):
        thread(room, people.community_member())
    told = thread(room, people.facilitator())
    reply(told, people.community_member())
    of_kind(room, ForumKind.ANNOUNCEMENTS, takes_replies=False)
    people.sign_in(client, people.community_member())
    answer = client.post(f"{told.get_absolute_url()}reply/", {"html": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert client.get(reverse("forums:start", args=[room.community.slug, room.slug])).status_code == 403


def test_the_kind_is_chosen_when_opening_and_changed_in_the_settings(client, room):
    people.sign_in(client, people.facilitator())
    form = {"title": "Ask here", "kind": "questions", "takes_replies": "on"}
    client.post(reverse("forums:open", args=[room.community.slug]), form)
    opened = Forum.objects.get(title="Ask here")
    assert opened.kind == ForumKind.QUESTIONS
    url = reverse("forums:settings", args=[room.community.slug, opened.slug])
    version = client.get(url).context["form"]["version"].value()
    changed = form | {"kind": "announcements", "position": "1", "audience": "community", "version": version}
    assert client.post(url, changed | {"takes_replies": ""}).status_code == 302
    opened.refresh_from_db()
    assert opened.is_one_way
    stale = client.post(url, changed)
    assert stale.status_code == 422
    assert "Saved in the meantime" in stale.content.decode()


def test_answers_are_taken_out_with_the_community(question, tmp_path):
    answer = question.posts.get(number=2)
    actions.accept_answer(viewer=people.viewer(people.community_member()), post=answer)
    actions.want(viewer=people.viewer(people.moderator()), thread=question)
    to = tmp_path / "out"
    call_command("export_community", question.forum.community.slug, to=to, stdout=StringIO())
    row = json.loads((to / "threads.jsonl").read_text())
    assert (row["answer"], row["wanted_count"]) == (answer.pk, 1)
    assert json.loads((to / "forums.jsonl").read_text())["kind"] == "questions"
    assert json.loads((to / "wanted.jsonl").read_text())["user"] == people.moderator().pk
