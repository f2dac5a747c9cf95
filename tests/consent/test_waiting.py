"""The workspace begins with what waits: warnings, proposals and requests of every item that one may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.enums import RecordKind, RequestState
from network.consent.models import ConsentRequest, Flag, Proposal
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db

PURPOSE = "zqpurpose: to learn when the reef rests"


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def kept(of, speaker):
    return item(of)


def ask(made):
    return actions.ask(
        item=made, preset="alone", purpose=PURPOSE, language="en", by=people.viewer(people.member())
    )


def propose(made, of):
    return Proposal.objects.create(
        item=made, holder=of, kind=RecordKind.GIVEN, terms={"words": {}}, made_by=people.holder().actor_id
    )


def waiting(client, who):
    people.sign_in(client, who)
    return client.get(reverse("consent:index")).context["waiting"]


def section(client):
    """What stands between the head of the page and its list of items; empty where nothing waits."""
    page = client.get(reverse("consent:index")).content.decode()
    return page.partition('aria-labelledby="waiting"')[2].partition("</section>")[0]


@pytest.mark.parametrize("who", ["speaker", "steward"])
def test_it_stands_before_the_items(client, kept, of, speaker, who):
    wish, proposal = ask(kept), propose(kept, of)
    Flag.objects.create(item=kept, raised_by=people.member())
    people.sign_in(client, speaker if who == "speaker" else people.steward())
    told = section(client)
    assert wish.get_absolute_url() in told
    assert reverse("consent:proposal", args=[kept.pk, proposal.pk]) in told
    assert f"{kept.get_absolute_url()}#waiting" in told
    assert PURPOSE not in told
    page = client.get(reverse("consent:index")).content.decode()
    assert page.index(told) < page.index(f'href="{kept.get_absolute_url()}"')


def test_where_nothing_waits_nothing_is_said(client, kept, speaker):
    people.sign_in(client, speaker)
    assert not section(client)


def test_what_is_settled_waits_no_longer(client, kept, of, speaker):
    wish = ask(kept)
    ConsentRequest.objects.filter(pk=wish.pk).update(state=RequestState.REFUSED)
    proposal = propose(kept, of)
    Proposal.objects.filter(pk=proposal.pk).update(closed_at=proposal.made_at)
    people.sign_in(client, speaker)
    assert not section(client)


@pytest.mark.parametrize(("days", "is_asked"), [(-1, True), (0, True), (1, False)])
def test_what_they_wanted_to_look_at_again_waits_from_its_day_on(client, kept, of, speaker, days, is_asked):
    """It stays shared all the same, and a newer word settles it."""
    day = timezone.localdate() + timedelta(days=days)
    consent(kept, of, clause(EVERYONE), particulars=actions.Particulars(review_on=day))
    people.sign_in(client, speaker)
    assert ("wanted to look at this again" in section(client)) == is_asked
    page = client.get(kept.get_absolute_url()).content.decode()
    assert ("wanted to look at this again" in page) == is_asked
    assert "To be looked at again on" in page
    assert CANARY in bind_for(anonymous(), str(kept.token("body")), exit="page")
    consent(kept, of, clause(EVERYONE))
    assert not section(client)


def test_of_others_nothing_is_told(client, kept, of):
    ask(kept)
    propose(kept, of)
    Flag.objects.create(item=kept, raised_by=people.member())
    other = with_standing(holder("Others"), people.expert())
    assert not any(waiting(client, other).values())
    people.sign_in(client, other)
    assert not section(client)


def test_many_cost_what_one_does(client, kept, of, speaker):
    people.sign_in(client, speaker)
    ask(kept)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("consent:index")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(8):
        made = item(of, title=f"Item {number}")
        ask(made)
        propose(made, of)
        Flag.objects.create(item=made, raised_by=people.member())
        consent(made, of, clause(), particulars=actions.Particulars(review_on=timezone.localdate()))
    assert queries() <= few
