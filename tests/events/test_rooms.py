"""The room of a session: who gets the address of the meeting and when, what the audience asks, what stays."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from communities.enums import MemberRole
from communities.forums.models import Thread
from home.events import actions, live
from home.events.models import AudienceQuestion, Desk, LiveRoom, QuestionVote, Session, Speaker
from home.events.personal import erase, export
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import anonymous, viewer_for
from network.notifications.models import Notification
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, community
from tests.events.factories import ask, desk, event, session, standing
from tests.experts.factories import published
from tests.forums.factories import forum

pytestmark = pytest.mark.django_db

MEETING = "https://meet.example/room"


def address(of: Session, name: str = "session", *more) -> str:
    return reverse(f"events:{name}", args=[of.event.slug, of.key, *more])


def set_up(of: Session, **rules) -> LiveRoom:
    here = standing(of, people.editor())
    return actions.set_room(here=here, version=here.room.version, **{"meeting_url": MEETING} | rules)


@pytest.fixture
def here() -> Session:
    """A session in an hour; the expert has a place, the member has none."""
    page = event(hours=8, starts_at=timezone.now() + timedelta(hours=1), attendance="online")
    ask(page, desk(page), people.expert())
    made = session(page)
    set_up(made)
    return made


@pytest.fixture
def begun() -> Session:
    page = event(hours=8, starts_at=timezone.now() - timedelta(minutes=10), attendance="online")
    made = session(page)
    set_up(made)
    return made


def read(client, of: Session, who=None, name: str = "session") -> str:
    client.logout()
    if who:
        client.force_login(who)
    answer = client.get(address(of, name))
    assert answer.status_code == 200
    return answer.content.decode()


def asks(of: Session, who, text="How many?", **said) -> AudienceQuestion:
    return actions.ask_in_room(here=standing(of, who), text=text, language="en", **said)


def over(of: Session) -> None:
    actions.end_session(here=standing(of, people.editor()))


def test_the_address_is_for_those_with_a_place_when_it_is_time(client, here):
    assert MEETING not in read(client, here, people.expert())
    set_up(here, opens_minutes=90)
    assert MEETING in read(client, here, people.expert())
    for who in (None, people.member(), people.administrator()):
        assert MEETING not in read(client, here, who)
    assert MEETING in read(client, here, people.editor())


def test_once_the_session_is_over_the_address_is_gone(client, here):
    set_up(here, opens_minutes=90)
    over(here)
    page = read(client, here, people.expert())
    assert MEETING not in page
    assert "This session is over" in page


def test_a_session_of_any_event_stands_in_its_programme(client, here):
    assert address(here) in client.get(f"/events/{here.event.slug}/").content.decode()
    here.event.save_revision().publish()
    assert client.get(address(here)).status_code == 200


def test_a_question_waits_until_somebody_has_looked_at_it(client, here):
    client.force_login(people.expert())
    sent = {"text": "Сколько птенцов?", "language": "ru"}
    assert client.post(address(here, "ask_session"), sent).status_code == 302
    asked = AudienceQuestion.objects.get()
    assert "Сколько" in read(client, here, people.expert()), "hers, waiting"
    assert "Сколько" not in read(client, here)
    client.force_login(people.editor())
    assert client.post(address(here, "act_on_question", asked.pk, "show")).status_code == 302
    shown = read(client, here)
    assert 'lang="ru">Сколько' in shown
    assert "csrfmiddlewaretoken" not in shown.partition("<main")[2].partition("</main")[0]


def test_what_is_wrong_with_a_question_stands_beside_it(client, here):
    client.force_login(people.expert())
    answer = client.post(address(here, "ask_session"), {"text": "x" * 1001, "language": "tlh"})
    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()
    assert set(answer.context["form"].errors) == {"text", "language"}


@pytest.mark.parametrize("who", ["member", "outsider", "administrator"])
def test_without_a_place_nobody_asks_or_votes(client, here, who):
    set_up(here, is_moderated=False)
    asked = asks(here, people.expert())
    client.force_login(getattr(people, who)())
    assert client.post(address(here, "ask_session"), {"text": "Me?", "language": "en"}).status_code == 403
    for act in ("vote", "show", "hide", "answered", "open", "withdraw"):
        assert client.post(address(here, "act_on_question", asked.pk, act)).status_code == 403
    assert client.get(address(here, "answer_audience", asked.pk)).status_code == 403
    assert client.get(address(here, "session_settings")).status_code == 403
    assert client.post(address(here, "end_session")).status_code == 403


def test_a_vote_counts_once_and_can_be_taken_back(client, here):
    set_up(here, is_moderated=False)
    first, second = asks(here, people.expert(), "First?"), asks(here, people.expert(), "Second?")
    client.force_login(people.expert())
    voting = address(here, "act_on_question", second.pk, "vote")
    client.post(voting)
    page = client.get(address(here)).content.decode()
    assert page.index("Second?") < page.index("First?")
    assert 'aria-pressed="true"' in page
    client.post(voting)
    second.refresh_from_db()
    assert (second.votes, QuestionVote.objects.count()) == (0, 0)
    actions.mark_answered(here=standing(here, people.editor()), question=first)
    with pytest.raises(Refused, match="no votes"):
        actions.vote(here=standing(here, people.expert()), question=first)


def test_a_question_without_a_name_knows_nobody(client, here):
    with pytest.raises(Refused, match="without a name"):
        asks(here, people.expert(), is_unnamed=True)
    set_up(here, allows_unnamed=True, is_moderated=False)
    asked = asks(here, people.expert(), "Who pays?", is_unnamed=True)
    assert asked.state == "waiting", "somebody looks first"
    assert asked.asked_by_id is None
    assert "Who pays?" not in read(client, here, people.expert())
    assert "Who pays?" not in str(export(people.expert()))
    assert not Entry.objects.filter(stream=f"session:{asked.room_id}", ids__icontains="person").exists()
    actions.decide(here=standing(here, people.editor()), question=asked, show=True)
    assert "Without a name" in read(client, here)


def test_answers_are_marked_and_written_and_taken_back(client, here):
    asked = asks(here, people.expert())
    client.force_login(people.editor())
    told = {"answer": "Four.\nOn average."}
    assert client.post(address(here, "answer_audience", asked.pk), told).status_code == 302
    assert "Four.<br>On average." in read(client, here)
    client.force_login(people.editor())
    client.post(address(here, "act_on_question", asked.pk, "open"))
    assert "Four." not in read(client, here)
    client.force_login(people.expert())
    assert client.post(address(here, "act_on_question", asked.pk, "withdraw")).status_code == 302
    assert not AudienceQuestion.objects.exists()


def test_where_traditional_knowledge_may_be_shared_nothing_is_recorded(client, here):
    client.force_login(people.editor())
    sent = {
        "version": "1", "opens_minutes": "15", "shares_knowledge": "on", "takes_questions": "on",
        "recording_url": "https://film.example/1",
    }  # fmt: skip
    answer = client.post(address(here, "session_settings"), sent)
    assert answer.status_code == 422
    assert "recording_url" in answer.context["form"].errors
    assert "https://film.example/1" in answer.content.decode()
    assert client.post(address(here, "session_settings"), sent | {"recording_url": ""}).status_code == 302
    asked = asks(here, people.expert(), "Which bark?")
    actions.decide(here=standing(here, people.editor()), question=asked, show=True)
    assert "Which bark?" in read(client, here, people.expert())
    for who in (None, people.member()):
        assert "Which bark?" not in read(client, here, who)
    over(here)
    with pytest.raises(Refused, match="not moved on"):
        actions.move_to_forum(here=standing(here, people.editor()), forum=None, title="On", language="en")


def test_two_who_set_up_a_room_both_see_the_others_rules(client, here):
    set_up(here, slides_url="https://slides.example/other")
    client.force_login(people.editor())
    sent = {"version": "1", "opens_minutes": "20", "slides_url": "https://slides.example/mine"}
    answer = client.post(address(here, "session_settings"), sent)
    assert answer.status_code == 422
    assert "slides.example/other" in answer.content.decode()
    assert client.post(address(here, "session_settings"), sent | {"version": "2"}).status_code == 302
    with pytest.raises(StaleEdit):
        actions.set_room(here=standing(here, people.editor()), version=1)


def test_speakers_claim_their_name_and_decide_about_what_was_recorded(client, work_off):
    page = event(hours=8, attendance="online", owner=people.editor())
    named = published(people.quiet_expert())
    here = session(page, speaker=named, other_speakers="Amina W.; Goran P.")
    client.force_login(people.expert())
    assert client.post(address(here, "claim_session"), {"name": "Nobody"}).status_code == 422
    assert client.post(address(here, "claim_session"), {"name": "Amina W."}).status_code == 302
    assert client.post(address(here, "claim_session"), {"name": "Amina W."}).status_code == 422
    work_off()
    assert Notification.objects.get(kind="events.speaker_claimed").recipient == people.editor()
    row = Speaker.objects.get()
    assert client.post(address(here, "answer_claim", row.pk, "confirm")).status_code == 403
    client.force_login(people.editor())
    assert client.post(address(here, "answer_claim", row.pk, "confirm")).status_code == 302
    film = "https://film.example/1"
    set_up(here, recording_url=film)
    work_off()
    told = set(Notification.objects.filter(kind="events.review_asked").values_list("recipient", flat=True))
    assert told == {people.expert().pk, people.quiet_expert().pk}
    assert film not in read(client, here)
    client.force_login(people.member())
    assert client.get(address(here, "review_session")).status_code == 403
    for who in (people.expert(), people.quiet_expert()):
        assert film not in read(client, here)
        assert film in read(client, here, who, "review_session")
        agreed = {"version": "1", "agrees": "yes"}
        assert client.post(address(here, "review_session"), agreed).status_code == 302
    assert film in read(client, here)
    client.force_login(people.expert())
    client.post(address(here, "review_session"), {"version": "1", "agrees": "no"})
    assert film not in read(client, here), "she changed her mind"
    set_up(here, recording_url="https://film.example/2")
    client.force_login(people.expert())
    assert client.post(address(here, "review_session"), {"version": "1", "agrees": "yes"}).status_code == 422


def test_the_discussion_goes_on_in_a_forum_without_names(client, begun):
    circle = community(name="Lagoon watch")
    belongs(people.facilitator(), circle, MemberRole.FACILITATOR)
    begun.event.hosts.add(circle)
    begun.event.save_revision().publish()
    here, elsewhere = forum(circle, "Talk"), forum(community(name="Elsewhere"), "Other")
    asked = asks(begun, people.expert(), "<b>Why</b>?")
    actions.mark_answered(here=standing(begun, people.editor()), question=asked, answer="Because.")
    asks(begun, people.expert(), "Still waiting")
    client.force_login(people.facilitator())
    sent = {"title": "After the session", "forum": str(here.pk)}
    assert client.post(address(begun, "move_session"), sent).status_code == 422, "it is not over"
    over(begun)
    assert client.post(address(begun, "move_session"), sent | {"forum": elsewhere.pk}).status_code == 422
    answer = client.post(address(begun, "move_session"), sent)
    assert answer.status_code == 302
    thread = Thread.objects.get(title="After the session")
    told = thread.posts.get().html
    assert escape("<b>Why</b>?") in told
    assert "Because." in told
    assert "Still waiting" not in told
    assert "Amina" not in told
    assert thread.get_absolute_url() in read(client, begun, people.facilitator())


def test_open_pages_hear_of_what_is_shown_and_of_nothing_else(here):
    asked = asks(here, people.expert(), "Live?")
    room = asked.room
    entry = Entry.objects.filter(stream=room.stream).last()
    strangers = anonymous()
    assert live.may_follow(strangers, str(room.pk))
    waits = live.render(entry, strangers)
    assert (waits.html, dict(waits.data)) == ("", {"question": asked.pk})
    actions.decide(here=standing(here, people.editor()), question=asked, show=True)
    entry = Entry.objects.filter(stream=room.stream).last()
    assert "Live?" in live.render(entry, strangers).html
    set_up(here, shares_knowledge=True)
    assert not live.may_follow(strangers, str(room.pk))
    assert live.render(entry, strangers) is None
    assert live.may_follow(viewer_for(people.expert()), str(room.pk))


def test_a_room_costs_the_same_for_one_question_and_for_many(client, here):
    set_up(here, is_moderated=False)
    costs = []
    for number in (1, 12):
        for n in range(number):
            who = people.person(f"guest-{number}-{n}")
            ask(here.event, Desk.objects.get(), who)
            asks(here, who, f"Question {n}?")
        client.force_login(people.expert())
        client.get(address(here))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(here))
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[1] < 25


def test_who_leaves_takes_open_questions_and_votes_along(here):
    set_up(here, is_moderated=False)
    kept, gone = asks(here, people.expert(), "Kept?"), asks(here, people.expert(), "Gone?")
    actions.mark_answered(here=standing(here, people.editor()), question=kept)
    other = asks(here, people.editor(), "Mine?")
    actions.vote(here=standing(here, people.expert()), question=other)
    assert "Kept?" in str(export(people.expert()))
    erase(people.expert(), keep_contributions=True)
    other.refresh_from_db()
    kept.refresh_from_db()
    assert (other.votes, kept.asked_by_id) == (0, None)
    assert not AudienceQuestion.objects.filter(pk=gone.pk).exists()
