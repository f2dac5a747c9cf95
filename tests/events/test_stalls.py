"""Stalls of a fair: told by their own people, open at hours, asked by visitors."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.enums import MemberRole
from home.events import actions
from home.events.models import Booth, Stall, StallHour, VisitorQuestion
from network.foundations.viewer import viewer_for
from network.notifications.models import Notification
from network.organizations.models import Affiliation
from tests import people
from tests.communities.factories import belongs, community
from tests.events.factories import fair, stall
from tests.organizations.factories import organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Stall:
    """A stall of an organization of which the expert is an officer."""
    office = organization("Seed bank", "KE")
    now = timezone.now()
    Affiliation.objects.create(
        person=people.expert(), organization=office, confirmed_at=now, officer_since=now
    )
    return stall(fair(), organization=office)


def address(of: Stall, name: str = "stall", *more) -> str:
    return reverse(f"events:{name}", args=[of.fair.slug, of.pk, *more])


def signed_in(client, who):
    client.force_login(who)
    return client


def tell(of: Stall, who=None, story="<p>Boxes to open</p>", *, of_people=False, version=0) -> Booth:
    return actions.tell_story(
        viewer=viewer_for(who or people.expert()), stall=of, story=story, of_people=of_people, version=version
    )


def the_fair_is_over(of: Stall) -> None:
    fair = of.fair
    fair.starts_at, fair.ends_at = timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1)
    fair.save()
    Booth.objects.filter(stall=of).exclude(shown_until=None).update(shown_until=fair.ends_at)


def test_the_people_of_a_stall_write_what_it_shows(client, here):
    assert "Nothing stands here yet" in signed_in(client, people.expert()).get(address(here)).content.decode()
    sent = {"version": "0", "story": "<p>Boxes to <strong>open</strong></p><script>alert(1)</script>"}
    assert client.post(address(here, "stall_story"), sent).status_code == 302
    client.logout()
    shown = client.get(address(here)).content.decode()
    assert "Boxes to <strong>open</strong>" in shown
    assert "alert(1)" not in shown
    assert address(here) in client.get(here.fair.url).content.decode()


def test_publishing_the_fair_again_overwrites_nothing_of_it(here):
    tell(here)
    here.fair.save_revision().publish()
    assert Booth.objects.get(stall=here).story == "<p>Boxes to open</p>"


@pytest.mark.parametrize("who", ["member", "outsider", "administrator", "secretariat"])
def test_others_do_not(client, here, who):
    signed_in(client, getattr(people, who)())
    for name in ("stall_story", "stall_hours"):
        assert client.get(address(here, name)).status_code == 403
        assert client.post(address(here, name), {}).status_code == 403


def test_whoever_facilitates_the_community_of_a_stall_writes_there(client):
    circle = community()
    belongs(people.facilitator(), circle, MemberRole.FACILITATOR)
    here = stall(fair(), community=circle)
    signed_in(client, people.facilitator())
    assert client.post(address(here, "stall_story"), {"version": "0", "story": "Nets"}).status_code == 302
    assert Booth.objects.get().changed_by == people.facilitator()


def test_two_who_write_both_see_the_others_words(client, here):
    tell(here, story="<p>First</p>")
    signed_in(client, people.expert())
    answer = client.post(address(here, "stall_story"), {"version": "0", "story": "<p>Second</p>"})
    assert answer.status_code == 422
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()
    assert Booth.objects.get().story == "<p>First</p>"


def test_what_belongs_to_a_people_is_gone_after_the_fair_unless_they_renew_it(client, here):
    tell(here, of_people=True)
    assert "Boxes to open" in client.get(address(here)).content.decode()
    the_fair_is_over(here)
    assert "Boxes to open" not in client.get(address(here)).content.decode()
    signed_in(client, people.editor())
    assert client.post(address(here, "renew_stall")).status_code == 403
    signed_in(client, people.expert())
    assert "Boxes to open" in client.get(address(here)).content.decode()
    assert client.post(address(here, "renew_stall")).status_code == 302
    client.logout()
    assert "Boxes to open" in client.get(address(here)).content.decode()


def test_no_editor_takes_the_mark_of_a_people_away(client, here):
    tell(here, of_people=True)
    signed_in(client, people.editor())
    answer = client.post(address(here, "stall_story"), {"version": "1", "story": "<p>Mine now</p>"})
    assert answer.status_code == 403
    assert Booth.objects.get().of_people


def test_other_stalls_stay_as_an_archive(client, here):
    tell(here)
    the_fair_is_over(here)
    assert "Boxes to open" in client.get(address(here)).content.decode()


def test_a_visitor_asks_and_the_people_of_the_stall_answer(client, here, work_off):
    signed_in(client, people.member())
    assert client.post(address(here, "ask_stall"), {"text": ""}).status_code == 422
    assert client.post(address(here, "ask_stall"), {"text": "May I take a seed?"}).status_code == 302
    work_off()
    assert Notification.objects.filter(recipient=people.expert(), kind="events.stall_asked").count() == 1
    asked = VisitorQuestion.objects.get()
    assert client.post(address(here, "answer_visitor", asked.pk), {"text": "No"}).status_code == 403
    signed_in(client, people.expert())
    for words in ("Yes, one.", "Yes, two."):
        client.post(address(here, "answer_visitor", asked.pk), {"text": words})
    work_off()
    assert Notification.objects.filter(recipient=people.member(), kind="events.stall_answered").count() == 1
    client.logout()
    shown = client.get(address(here)).content.decode()
    assert "May I take a seed?" in shown
    assert "Yes, two." in shown
    assert "Yes, one." not in shown


def test_a_question_that_is_taken_off_is_seen_by_its_author_and_by_the_people_of_the_stall(client, here):
    asked = actions.ask(viewer=viewer_for(people.member()), stall=here, text="Buy my boots")
    signed_in(client, people.outsider())
    assert client.post(address(here, "hide_question", asked.pk)).status_code == 403
    signed_in(client, people.expert())
    client.post(address(here, "hide_question", asked.pk))
    for who, sees in ((people.expert(), True), (people.member(), True), (people.outsider(), False)):
        assert ("Buy my boots" in signed_in(client, who).get(address(here)).content.decode()) is sees
    client.logout()
    assert "Buy my boots" not in client.get(address(here)).content.decode()


def test_nobody_asks_after_the_fair_or_without_an_account_or_without_end(client, here):
    assert client.post(address(here, "ask_stall"), {"text": "?"}).status_code == 302
    signed_in(client, people.member())
    for _time in range(10):
        client.post(address(here, "ask_stall"), {"text": "?"})
    answer = client.post(address(here, "ask_stall"), {"text": "One more"})
    assert answer.status_code == 422
    assert "One more" in answer.content.decode()
    the_fair_is_over(here)
    signed_in(client, people.outsider())
    assert client.post(address(here, "ask_stall"), {"text": "?"}).status_code == 403
    assert VisitorQuestion.objects.count() == 10


def in_two_days() -> str:
    return (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT10:00")


def test_a_talk_is_booked_by_one_and_free_again_when_she_gives_it_back(client, here, work_off):
    signed_in(client, people.expert())
    sent = {"kind": "talk", "starts_at": in_two_days(), "minutes": "20"}
    assert client.post(address(here, "stall_hours"), sent).status_code == 302
    assert client.post(address(here, "stall_hours"), sent).status_code == 422
    hour = StallHour.objects.get()
    assert hour.starts_at.hour == 7  # ten in Nairobi
    signed_in(client, people.member())
    client.post(address(here, "book_talk", hour.pk))
    work_off()
    assert Notification.objects.filter(recipient=people.expert(), kind="events.talk_booked").count() == 1
    signed_in(client, people.outsider())
    client.post(address(here, "book_talk", hour.pk))
    hour.refresh_from_db()
    assert hour.visitor == people.member()
    assert people.member().name not in client.get(address(here)).content.decode()
    assert client.post(address(here, "free_talk", hour.pk)).status_code == 403
    signed_in(client, people.expert())
    client.post(address(here, "drop_hour", hour.pk))
    assert StallHour.objects.exists()
    signed_in(client, people.member())
    client.post(address(here, "free_talk", hour.pk))
    signed_in(client, people.expert())
    client.post(address(here, "drop_hour", hour.pk))
    assert not StallHour.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("starts_at", "2001-01-01T10:00"), ("starts_at", "soon"), ("minutes", "0"), ("minutes", "9" * 20),
     ("kind", "party")],
)  # fmt: skip
def test_bad_hours_are_refused(client, here, field, value):
    signed_in(client, people.expert())
    sent = {"kind": "open", "starts_at": in_two_days(), "minutes": "60"} | {field: value}
    assert client.post(address(here, "stall_hours"), sent).status_code == 422
    assert not StallHour.objects.exists()


def test_an_open_hour_is_not_booked(client, here):
    hour = actions.add_hour(
        viewer=viewer_for(people.expert()), stall=here, kind="open",
        starts_at=timezone.now() + timedelta(days=1), minutes=60,
    )  # fmt: skip
    signed_in(client, people.member())
    client.post(address(here, "book_talk", hour.pk))
    hour.refresh_from_db()
    assert hour.visitor is None


def test_a_stall_of_another_fair_or_an_unpublished_one_is_not_there(client, here):
    other = fair("Other fair")
    assert client.get(reverse("events:stall", args=[other.slug, here.pk])).status_code == 404
    here.fair.unpublish()
    assert client.get(address(here)).status_code == 404
    assert client.get(f"/events/{here.fair.slug}/stalls/{'9' * 18}/").status_code == 404


def test_leaving_takes_the_talk_back_and_the_name_off_the_question(here):
    from network.accounts.personal_data import personal_data

    who = people.member()
    asked = actions.ask(viewer=viewer_for(who), stall=here, text="May I take a seed?")
    actions.answer(viewer=viewer_for(people.expert()), question=asked, text="Yes.")
    actions.ask(viewer=viewer_for(who), stall=here, text="Unanswered")
    assert "seed" in str(personal_data.get("events").export(who))
    personal_data.get("events").erase(who, True)
    assert [(one.text, one.asked_by) for one in VisitorQuestion.objects.all()] == [
        ("May I take a seed?", None)
    ]
