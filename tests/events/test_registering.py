"""Taking part in an event, on its pages: a place, the waiting list, offers, giving back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from home.events import actions
from home.events.enums import PlaceState
from home.events.models import Registration
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from tests import people
from tests.events.factories import ask, crowd, desk, event, region_of

pytestmark = pytest.mark.django_db


def address(page, name: str = "place") -> str:
    return reverse(f"events:{name}", args=[page.slug])


def state(row: Registration) -> str:
    row.refresh_from_db()
    return row.state


@pytest.fixture
def signed_in(client):
    client.force_login(people.member())
    return client


def test_an_event_without_a_desk_takes_no_registrations(signed_in):
    page = event()
    assert signed_in.get(address(page)).status_code == 404
    assert address(page) not in signed_in.get(page.url).content.decode()


def test_a_stranger_is_led_to_sign_in_and_back(client):
    page = event()
    desk(page)
    assert address(page) in client.get(page.url).content.decode()
    answer = client.get(address(page))
    assert answer.status_code == 302
    assert address(page) in answer.url


def test_whoever_asks_while_there_is_room_has_a_place(signed_in):
    page = event()
    desk(page, capacity=2)
    answer = signed_in.post(address(page), {}, follow=True)
    assert "You have a place" in answer.content.decode()
    row = Registration.objects.get()
    assert (row.state, row.number, row.attendance) == (PlaceState.CONFIRMED, 1, "on-site")
    assert row.code in answer.content.decode()
    assert row.get_state_display() in signed_in.get(page.url).content.decode()


def test_asking_twice_leads_to_the_same_place(signed_in):
    page = event()
    here = desk(page, capacity=2)
    for _time in range(2):
        signed_in.post(address(page), {})
    assert here.registrations.count() == 1


def test_a_full_event_has_a_line_in_the_order_of_coming(signed_in):
    page = event()
    here = desk(page, capacity=1)
    first, second = crowd(2)
    ask(page, here, first)
    ask(page, here, second)
    shown = signed_in.get(address(page)).content.decode()
    assert "All places are taken for now" in shown
    answer = signed_in.post(address(page), {}, follow=True).content.decode()
    assert "You are on the waiting list" in answer
    assert "1 person is before you" in answer


def test_without_a_waiting_list_a_full_event_refuses(signed_in):
    page = event()
    here = desk(page, capacity=1, has_waiting_list=False)
    ask(page, here, crowd(1)[0])
    answer = signed_in.post(address(page), {})
    assert answer.status_code == 422
    assert "there is no waiting list" in answer.content.decode()
    assert here.registrations.count() == 1


def test_a_place_given_back_is_offered_to_the_next_at_once():
    page = event()
    here = desk(page, capacity=1, offer_hours=5)
    has, waits, later = crowd(3)
    ask(page, here, has)
    waiting, last = ask(page, here, waits), ask(page, here, later)
    actions.give_back(viewer=viewer_for(has), desk=here)
    assert state(waiting) == PlaceState.OFFERED
    assert timedelta(hours=4, minutes=59) < waiting.offer_until - timezone.now() <= timedelta(hours=5)
    assert state(last) == PlaceState.WAITING
    actions.take_offer(viewer=viewer_for(waits), desk=here)
    assert state(waiting) == PlaceState.CONFIRMED


def test_whoever_wants_it_so_takes_the_free_place_without_being_asked():
    page = event()
    here = desk(page, capacity=1)
    has, waits = crowd(2)
    ask(page, here, has)
    waiting = ask(page, here, waits, takes_at_once=True)
    actions.give_back(viewer=viewer_for(has), desk=here)
    assert state(waiting) == PlaceState.CONFIRMED


def test_an_offer_that_nobody_answers_goes_to_the_next():
    page = event()
    here = desk(page, capacity=1)
    has, slow, patient = crowd(3)
    ask(page, here, has)
    first, second = ask(page, here, slow), ask(page, here, patient)
    actions.give_back(viewer=viewer_for(has), desk=here)
    Registration.objects.filter(pk=first.pk).update(offer_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused):
        actions.take_offer(viewer=viewer_for(slow), desk=here)
    actions.settle_due()
    assert state(first) == PlaceState.LAPSED
    assert state(second) == PlaceState.OFFERED
    assert actions.settle_due() == 0


def test_an_offer_ends_when_the_event_begins():
    page = event(days=0.1)
    here = desk(page, capacity=1, offer_hours=48)
    has, waits = crowd(2)
    ask(page, here, has)
    waiting = ask(page, here, waits)
    actions.give_back(viewer=viewer_for(has), desk=here)
    assert state(waiting) == PlaceState.OFFERED
    assert waiting.offer_until == page.starts_at


def test_whoever_gave_back_registers_again_at_the_end():
    page = event()
    here = desk(page, capacity=1)
    has, waits = crowd(2)
    ask(page, here, has)
    ask(page, here, waits, takes_at_once=True)
    actions.give_back(viewer=viewer_for(has), desk=here)
    again = ask(page, here, has)
    assert (again.number, again.state) == (3, PlaceState.WAITING)


def test_places_kept_for_a_region_go_to_it_and_later_to_all():
    page = event()
    asia, africa = region_of("JP"), region_of("KE")
    assert asia != africa
    here = desk(page, capacity=3, quotas={africa: 2}, quotas_until=timezone.now() + timedelta(days=1))
    one, two, three, four = crowd(4)
    assert ask(page, here, one, "JP").state == PlaceState.CONFIRMED
    waiting = ask(page, here, two, "JP", takes_at_once=True)
    assert waiting.state == PlaceState.WAITING
    assert ask(page, here, three, "KE").state == PlaceState.CONFIRMED
    unnamed = ask(page, here, four, takes_at_once=True)
    assert unnamed.state == PlaceState.WAITING
    here.quotas_until = timezone.now() - timedelta(seconds=1)
    here.save()
    actions.settle_due()
    assert state(waiting) == PlaceState.CONFIRMED
    assert state(unnamed) == PlaceState.WAITING


def test_registration_has_hours_of_its_own(signed_in):
    page = event()
    here = desk(page, opens_at=timezone.now() + timedelta(hours=1))
    assert "It opens:" in signed_in.get(address(page)).content.decode()
    assert signed_in.post(address(page), {}).status_code == 422
    here.opens_at, here.closes_at = None, timezone.now() - timedelta(microseconds=1)
    here.save()
    assert "Registration is closed" in signed_in.get(address(page)).content.decode()
    assert signed_in.post(address(page), {}).status_code == 422
    assert not here.registrations.exists()


def test_what_is_over_takes_nobody(signed_in):
    page = event(days=-2)
    here = desk(page)
    assert signed_in.post(address(page), {}).status_code == 422
    assert not here.registrations.exists()


def test_an_event_in_two_ways_asks_which(signed_in):
    page = event(attendance="hybrid")
    desk(page)
    assert signed_in.post(address(page), {}).status_code == 422
    assert signed_in.post(address(page), {"attendance": "by balloon"}).status_code == 422
    signed_in.post(address(page), {"attendance": "online"})
    assert Registration.objects.get().attendance == "online"


QUESTIONS = [
    {"text": "Which site do you work at?", "purpose": "For the excursion.", "kind": "text", "required": True,
     "choices": []},
    {"text": "Boots", "purpose": "We lend them.", "kind": "choice", "required": False,
     "choices": ["38", "42"]},
]  # fmt: skip


def test_questions_are_answered_or_what_is_wrong_stands_beside_them(signed_in):
    page = event()
    here = desk(page, questions=QUESTIONS, asks_needs=True)
    site, boots = (f"question_{one.pk}" for one in here.questions.all())
    answer = signed_in.post(address(page), {boots: "42", "needs": "A ramp"})
    assert answer.status_code == 422
    assert "A ramp" in answer.content.decode()
    assert signed_in.post(address(page), {site: "Gazi", boots: "99"}).status_code == 422
    signed_in.post(address(page), {site: "Gazi", boots: "42", "needs": "A ramp"})
    row = Registration.objects.get()
    assert row.answers == [
        {"question": "Which site do you work at?", "answer": "Gazi"},
        {"question": "Boots", "answer": "42"},
    ]
    assert row.needs == "A ramp"


def test_what_was_said_can_be_changed_and_the_number_stays(signed_in):
    page = event()
    here = desk(page, questions=QUESTIONS, asks_needs=True)
    site, _boots = (f"question_{one.pk}" for one in here.questions.all())
    signed_in.post(address(page), {site: "Gazi"})
    assert "Gazi" in signed_in.get(address(page, "change_place")).content.decode()
    assert signed_in.post(address(page, "change_place"), {site: ""}).status_code == 422
    signed_in.post(address(page, "change_place"), {site: "Mida", "needs": "Tea"})
    row = Registration.objects.get()
    assert (row.answers[0]["answer"], row.needs, row.number) == ("Mida", "Tea", 1)


def test_the_meeting_is_shown_to_those_who_have_a_place_when_it_is_time(signed_in):
    page = event(days=1, attendance="online")
    here = desk(page, meeting_url="https://meet.example/secret", meeting_minutes=30, capacity=1)
    assert "secret" not in signed_in.get(address(page)).content.decode()
    signed_in.post(address(page), {})
    assert "secret" not in signed_in.get(address(page)).content.decode()
    here.meeting_minutes = 24 * 60 + 1
    here.save(update_fields=["meeting_minutes"])
    assert "https://meet.example/secret" in signed_in.get(address(page)).content.decode()
    late = people.outsider()
    ask(page, here, late)
    signed_in.force_login(late)
    for shown in (address(page), page.url, address(page, "event")):
        assert "secret" not in signed_in.get(shown).content.decode()


def test_who_takes_part_is_for_those_who_have_a_place_and_names_those_who_want_it(signed_in):
    page = event()
    here = desk(page, shown_to="participants", capacity=3)
    shy, open_one, late = crowd(3)
    ask(page, here, shy)
    ask(page, here, open_one, is_listed=True)
    assert signed_in.get(address(page, "participants")).status_code == 403
    signed_in.post(address(page), {})
    seen = signed_in.get(address(page, "participants")).content.decode()
    assert open_one.name in seen
    assert shy.name not in seen
    waiting = ask(page, here, late)
    assert waiting.state == PlaceState.WAITING
    signed_in.force_login(late)
    assert signed_in.get(address(page, "participants")).status_code == 403


def test_my_places_are_on_one_page(signed_in, django_assert_num_queries):
    assert "You are registered for nothing" in signed_in.get(reverse("events:mine")).content.decode()
    for title in ("Mangrove day", "Seagrass day"):
        page = event(title)
        desk(page)
        signed_in.post(address(page), {})
    shown = signed_in.get(reverse("events:mine")).content.decode()
    assert "Mangrove day" in shown
    assert "Seagrass day" in shown
    page.unpublish()
    hidden = signed_in.get(reverse("events:mine")).content.decode()
    assert "Seagrass day" not in hidden
    assert "not shown at the moment" in hidden
    assert signed_in.post(address(page), {}).status_code == 404


def test_addresses_that_are_nonsense_are_not_found(signed_in):
    for path in ("/events/none/place/", "/events/%00/place/", f"/events/{'x' * 200}/place/"):
        assert signed_in.get(path).status_code == 404


def test_leaving_the_network_frees_the_place_for_the_next():
    from network.accounts.personal_data import personal_data

    page = event()
    here = desk(page, capacity=1)
    has, waits = crowd(2)
    ask(page, here, has, answers=[{"question": "Boots", "answer": "42"}])
    waiting = ask(page, here, waits, takes_at_once=True)
    holding = personal_data.get("events")
    assert "42" in str(holding.export(has))
    holding.erase(has, True)
    assert not Registration.objects.filter(person=has).exists()
    assert state(waiting) == PlaceState.CONFIRMED


def test_what_people_need_is_forgotten_two_weeks_after():
    page = event(days=3)
    here = desk(page, asks_needs=True)
    row = ask(page, here, crowd(1)[0], needs="A ramp")
    assert actions.forget_needs() == 0
    here.told_start = timezone.now() - timedelta(days=16)
    here.told_end = timezone.now() - timedelta(days=15)
    here.save()
    assert actions.forget_needs() == 1
    row.refresh_from_db()
    assert row.needs == ""
