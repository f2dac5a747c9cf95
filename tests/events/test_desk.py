"""The registration desk for those who keep the event."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities.enums import MemberRole
from home.events import actions
from home.events.enums import PlaceState
from home.events.models import Desk
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from tests import people
from tests.communities.factories import belongs, community
from tests.events.factories import ask, crowd, desk, event, region_of
from tests.events.test_registering import QUESTIONS

pytestmark = pytest.mark.django_db

#: What the form of the rules sends at least.
RULES = {
    "capacity": "", "offer_hours": "48", "shown_to": "nobody", "meeting_minutes": "30",
    "has_waiting_list": "on",
    "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0", "questions-0-kind": "text",
}  # fmt: skip


def address(page, name: str = "desk", *more) -> str:
    return reverse(f"events:{name}", args=[page.slug, *more])


@pytest.fixture
def keeper(client):
    client.force_login(people.editor())
    return client


def test_the_desk_is_opened_with_a_form(keeper):
    page = event()
    assert keeper.get(address(page)).url == address(page, "desk_settings")
    sent = {**RULES, "capacity": "40", "questions-0-text": "Boots?", "questions-0-purpose": "We lend them."}
    assert keeper.post(address(page, "desk_settings"), sent).status_code == 302
    here = Desk.objects.get(event=page.translation_key)
    assert here.capacity == 40
    assert [one.text for one in here.questions.all()] == ["Boots?"]
    assert "Nobody has registered yet" in keeper.get(address(page)).content.decode()


@pytest.mark.parametrize(
    "who", ["member", "outsider", "moderator", "site_moderator", "administrator", "steward"]
)
def test_others_do_not_keep_it(client, who):
    page = event()
    here = desk(page)
    row = ask(page, here, crowd(1)[0])
    client.force_login(getattr(people, who)())
    for name in ("desk", "desk_settings", "desk_sheet", "desk_table"):
        assert client.get(address(page, name)).status_code == 403
    assert client.post(address(page, "close_desk")).status_code == 403
    for act in ("approve", "decline", "dismiss", "check-in", "undo-check-in"):
        assert client.post(address(page, "act_at_desk", row.pk, act)).status_code == 403
    viewer = viewer_for(getattr(people, who)())
    with pytest.raises(PermissionDenied):
        actions.check_in(viewer=viewer, event=page, registration=row)


def test_whoever_facilitates_a_hosting_community_keeps_it(client):
    page, host = event(), community()
    belongs(people.facilitator(), host, MemberRole.FACILITATOR)
    client.force_login(people.facilitator())
    assert client.get(address(page)).status_code == 403
    page.hosts.add(host)
    page.save()
    assert client.get(address(page, "desk_settings")).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("capacity", "0", "1"),
        ("capacity", "many", "number"),
        ("capacity", "9" * 30, "1000000"),
        ("offer_hours", "0", "1"),
        ("offer_hours", "", "required"),
        ("shown_to", "press", "choice"),
        ("meeting_url", "javascript:alert(1)", "URL"),
        ("opens_at", "yesterday", "date"),
        ("questions-0-text", "Boots?", "what the answer is for"),
    ],
)
def test_bad_rules_are_refused_beside_the_field(keeper, field, value, said):
    page = event()
    answer = keeper.post(address(page, "desk_settings"), {**RULES, field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Desk.objects.exists()


def test_registration_does_not_close_before_it_opens(keeper):
    page = event()
    hours = {"opens_at": "2027-03-02T09:00", "closes_at": "2027-03-01T09:00"}
    answer = keeper.post(address(page, "desk_settings"), {**RULES, **hours})
    assert answer.status_code == 422
    assert "closes before it opens" in answer.content.decode()


def test_quotas_need_places_and_fit_into_them(keeper):
    page = event()
    quota = {f"quota_{region_of('KE')}": "5"}
    for capacity, said in (("", "need a number"), ("4", "more than there are")):
        answer = keeper.post(address(page, "desk_settings"), {**RULES, **quota, "capacity": capacity})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_two_who_change_the_rules_both_see_what_the_other_wrote(keeper):
    page = event()
    here = desk(page, capacity=10)
    first = {**RULES, "capacity": "20", "version": str(here.version)}
    assert keeper.post(address(page, "desk_settings"), first).status_code == 302
    second = keeper.post(address(page, "desk_settings"), {**first, "capacity": "30"})
    assert second.status_code == 422
    shown = second.content.decode()
    assert "Saved in the meantime" in shown
    assert 'value="30"' in shown
    here.refresh_from_db()
    assert here.capacity == 20
    again = {**first, "capacity": "30", "version": str(here.version)}
    assert keeper.post(address(page, "desk_settings"), again).status_code == 302


def test_there_are_never_fewer_places_than_people_hold(keeper):
    page = event()
    here = desk(page, capacity=3)
    for who in crowd(3):
        ask(page, here, who)
    sent = {**RULES, "capacity": "2", "version": str(here.version)}
    answer = keeper.post(address(page, "desk_settings"), sent)
    assert answer.status_code == 422
    assert "3 people hold a place" in answer.content.decode()


def test_more_places_call_those_who_wait_at_once(keeper):
    page = event()
    here = desk(page, capacity=1)
    rows = [ask(page, here, who, takes_at_once=True) for who in crowd(3)]
    keeper.post(address(page, "desk_settings"), {**RULES, "capacity": "2", "version": str(here.version)})
    states = [here.registrations.get(pk=row.pk).state for row in rows]
    assert states == [PlaceState.CONFIRMED, PlaceState.CONFIRMED, PlaceState.WAITING]


def test_registrations_are_approved_in_the_order_of_their_numbers(keeper):
    page = event()
    here = desk(page, capacity=1, needs_approval=True)
    first, second = (ask(page, here, who) for who in crowd(2))
    assert first.state == PlaceState.ASKED
    keeper.post(address(page, "act_at_desk", second.pk, "approve"))
    keeper.post(address(page, "act_at_desk", first.pk, "approve"))
    for row in (first, second):
        row.refresh_from_db()
    assert (second.state, first.state) == (PlaceState.CONFIRMED, PlaceState.WAITING)


def test_declining_wants_a_reason_that_the_person_reads(keeper, client):
    page = event()
    here = desk(page, needs_approval=True)
    who = crowd(1)[0]
    row = ask(page, here, who)
    for nothing in ("", "  ", "x" * 1001):
        sent = keeper.post(address(page, "act_at_desk", row.pk, "decline"), {"reason": nothing})
        assert sent.status_code == 422
    keeper.post(address(page, "act_at_desk", row.pk, "decline"), {"reason": "For wardens of the lagoon."})
    keeper.post(address(page, "act_at_desk", row.pk, "approve"))
    row.refresh_from_db()
    assert row.state == PlaceState.DECLINED
    client.force_login(who)
    assert "For wardens of the lagoon." in client.get(address(page, "place")).content.decode()


def test_a_place_taken_away_goes_to_the_next(keeper):
    page = event()
    here = desk(page, capacity=1)
    first, second = (ask(page, here, who, takes_at_once=True) for who in crowd(2))
    keeper.post(address(page, "act_at_desk", first.pk, "dismiss"), {"reason": "Asked for by phone."})
    second.refresh_from_db()
    assert second.state == PlaceState.CONFIRMED


def test_who_is_here_is_said_once_and_taken_back(keeper):
    page = event()
    here = desk(page, capacity=1)
    row, waiting = (ask(page, here, who) for who in crowd(2))
    keeper.post(address(page, "act_at_desk", row.pk, "check-in"))
    row.refresh_from_db()
    at = row.checked_in_at
    keeper.post(address(page, "act_at_desk", row.pk, "check-in"))
    row.refresh_from_db()
    assert row.checked_in_at == at is not None
    with pytest.raises(Refused):
        actions.check_in(viewer=viewer_for(people.editor()), event=page, registration=waiting)
    keeper.post(address(page, "act_at_desk", row.pk, "undo-check-in"))
    row.refresh_from_db()
    assert row.checked_in_at is None


def test_nobody_of_another_event_is_decided_here(keeper):
    page, other = event(), event("Other day")
    desk(page)
    row = ask(other, desk(other), crowd(1)[0])
    assert keeper.post(address(page, "act_at_desk", row.pk, "check-in")).status_code == 404
    assert keeper.post(address(other, "act_at_desk", row.pk, "bribe")).status_code == 404


def test_the_list_is_found_by_state_name_and_code(keeper, django_assert_max_num_queries):
    page = event()
    here = desk(page, capacity=2)
    rows = [ask(page, here, who) for who in crowd(4)]
    waiting = keeper.get(address(page) + "?state=waiting").content.decode()
    assert "Guest 2" in waiting
    assert "Guest 0" not in waiting
    assert "Guest 0" in keeper.get(address(page) + f"?q={rows[0].code}").content.decode()
    for nonsense in ("?state=%00", "?q=%00", "?state=zz", "?q=" + "x" * 400):
        assert keeper.get(address(page) + nonsense).status_code == 200
    with django_assert_max_num_queries(20):
        keeper.get(address(page))


def test_the_table_is_harmless_and_whole(keeper):
    page = event()
    here = desk(page, questions=QUESTIONS, asks_needs=True)
    who = people.person("sum", "=SUM(A1)")
    ask(page, here, who, needs="+1 chair", answers=[{"question": "Boots", "answer": "42"}])
    answer = keeper.get(address(page, "desk_table"))
    assert answer["Content-Type"].startswith("text/csv")
    _heads, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row[1] == "'=SUM(A1)"
    assert "'+1 chair" in row
    assert row[-1] == "42"


def test_the_list_for_the_door_names_those_with_a_place(keeper):
    page = event()
    here = desk(page, capacity=1)
    ask(page, here, crowd(2)[0])
    ask(page, here, crowd(2)[1])
    shown = keeper.get(address(page, "desk_sheet")).content.decode()
    assert "Guest 0" in shown
    assert "Guest 1" not in shown


def test_registration_is_closed_with_one_button(keeper):
    page = event()
    here = desk(page, opens_at=timezone.now() + timedelta(days=1))
    keeper.post(address(page, "close_desk"))
    here.refresh_from_db()
    assert not here.is_open(timezone.now())
    assert here.closes_at <= timezone.now()
