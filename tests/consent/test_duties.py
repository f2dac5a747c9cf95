"""What is owed in return, from outside: the list, what was brought, and what pauses until it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.enums import DutyKind
from network.consent.models import Delivery, Duty
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
OWED = "/knowledge/owed/"


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


def owed(of, title="A practice of the reef", **term):
    """A duty on something that is shared with everybody."""
    made = item(of, title=title)
    terms = actions.DutyTerm(**{"kind": DutyKind.REPORT} | term)
    record = consent(made, of, clause(EVERYONE), particulars=actions.Particulars(duties=(terms,)))
    return record.duties.get()


def shown(duty):
    return CANARY in bind_for(anonymous(), str(duty.record.item.token("body")), exit="page")


def address(duty):
    return reverse("consent:deliver", args=[duty.pk])


def words(page):
    assert page.status_code == 200
    return page.content.decode()


class TestTheList:
    def test_it_tells_what_how_and_until_when(self, client, of, speaker):
        owed(of, words="Two pages in our own language", due_on=TOMORROW)
        people.sign_in(client, speaker)
        page = words(client.get(OWED))
        for said in ("A practice of the reef", "Report how it was used", "Two pages in our own", "Due on"):
            assert said in page

    @pytest.mark.parametrize(("day", "state"), [(YESTERDAY, "Overdue"), (TODAY, "Due"), (None, "Owed")])
    def test_where_it_stands(self, client, of, speaker, day, state):
        duty = owed(of, due_on=day)
        people.sign_in(client, speaker)
        (row,) = client.get(OWED).context["rows"]
        assert (row.duty, row.state.label) == (duty, state)

    def test_a_steward_sees_that_something_is_owed_and_not_the_words(self, client, of):
        owed(of, words="Two pages in our own language")
        people.sign_in(client, people.steward())
        page = words(client.get(OWED))
        assert "Report how it was used" in page
        assert "Two pages" not in page

    def test_what_is_owed_to_other_holders_of_the_same_is_theirs(self, client, of, speaker):
        others = holder("Others")
        both = item(of, others)
        term = actions.DutyTerm(DutyKind.BENEFIT)
        consent(both, others, clause(EVERYONE), particulars=actions.Particulars(duties=(term,)))
        people.sign_in(client, speaker)
        assert client.get(OWED).context["rows"] == []
        assert client.post(address(Duty.objects.get())).status_code == 404

    def test_a_word_that_was_replaced_asks_for_nothing_more(self, client, of, speaker):
        duty = owed(of)
        consent(duty.record.item, of, clause(EVERYONE))
        people.sign_in(client, speaker)
        assert client.get(OWED).context["rows"] == []

    @pytest.mark.parametrize("who", [people.member, people.editor, people.administrator])
    def test_for_others_there_is_no_such_list(self, client, of, who):
        duty = owed(of)
        people.sign_in(client, who())
        assert client.get(OWED).status_code == 404
        assert client.post(address(duty)).status_code == 404

    def test_many_cost_as_many_queries_as_one(self, client, of, speaker, django_assert_max_num_queries):
        people.sign_in(client, speaker)

        def cost():
            with django_assert_max_num_queries(60) as told:
                client.get(OWED)
            return len(told)

        owed(of, words="One")
        client.get(OWED)
        one = cost()
        for number in range(5):
            owed(of, title=f"Another {number}", words="More", suspends=True, due_on=TODAY)
        assert cost() == one

    def test_nothing_is_owed(self, client, speaker):
        people.sign_in(client, speaker)
        assert "Nothing is owed" in words(client.get(OWED))


class TestBringing:
    def test_anybody_of_the_holders_says_that_it_came(self, client, of, speaker):
        duty = owed(of, due_on=YESTERDAY)
        people.sign_in(client, with_standing(of, people.expert()))
        assert client.get(address(duty)).status_code == 200
        assert client.post(address(duty))["Location"] == OWED
        delivery = Delivery.objects.get(duty=duty)
        assert delivery.confirmed_by == people.expert().actor_id
        page = client.get(OWED)
        assert page.context["rows"][0].state.label == "Brought"
        assert address(duty) not in page.content.decode()

    def test_twice_is_once(self, client, of, speaker):
        duty = owed(of)
        people.sign_in(client, speaker)
        for _turn in range(2):
            assert client.post(address(duty)).status_code == 302
        assert Delivery.objects.count() == 1

    def test_no_steward(self, client, of):
        duty = owed(of)
        people.sign_in(client, people.steward())
        assert client.post(address(duty)).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.confirm_delivery(duty=duty, by=people.viewer(people.steward()))
        assert not Delivery.objects.exists()


class TestPausing:
    def test_overdue_it_pauses_by_itself_and_goes_on_once_it_came(self, client, of, speaker):
        duty = owed(of, due_on=YESTERDAY, suspends=True)
        assert not shown(duty)
        people.sign_in(client, speaker)
        page = words(client.get(duty.record.item.get_absolute_url()))
        assert CANARY in page
        assert "Sharing pauses because this is overdue since" in page
        client.post(address(duty))
        assert shown(duty)
        assert duty.record.item.records.count() == 1

    @pytest.mark.parametrize("day", [TODAY, TOMORROW, None])
    def test_before_the_day_is_over_it_does_not(self, of, day):
        assert shown(owed(of, due_on=day, suspends=True))

    def test_what_pauses_nothing_is_only_overdue(self, of):
        assert shown(owed(of, due_on=YESTERDAY))

    def test_that_it_goes_on_somebody_says_who_decides(self, client, of, speaker):
        """It widens, so belonging is not enough."""
        duty = owed(of, due_on=YESTERDAY, suspends=True)
        people.sign_in(client, with_standing(of, people.expert()))
        assert client.post(address(duty)).status_code == 403
        assert address(duty) not in words(client.get(OWED))
        assert not shown(duty)
