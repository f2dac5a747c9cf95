"""An hour of one moderator: thirty reports, without JavaScript, counting what she has to press."""

from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from communities.moderation import actions
from communities.moderation.demo import _ready_made_reasons
from communities.moderation.models import Report
from tests import people
from tests.forums.factories import reply, thread

pytestmark = pytest.mark.django_db
REPORTS, CLICKS_A_DECISION = 30, 2


@dataclass
class Hand:
    """Someone with a mouse: counts what is pressed, and types nothing."""

    client: Client
    clicks: int = 0
    page: BeautifulSoup = field(default_factory=BeautifulSoup)

    def open(self, url: str) -> None:
        self.page = BeautifulSoup(self.client.get(url).content, "html.parser")

    def press(self, button: Tag) -> None:
        """Send the form of a button with what stands in it; fields that want typing are left empty."""
        self.clicks += 1
        form = button.find_parent("form")
        given = {one["name"]: one["value"] for one in form.find_all("input", attrs={"type": "hidden"})}
        given |= {button["name"]: button["value"]} if button.has_attr("name") else {}
        answer = self.client.post(form["action"], given, follow=True)
        assert answer.status_code == 200
        self.page = BeautifulSoup(answer.content, "html.parser")

    def unfold(self, summary: Tag) -> Tag:
        self.clicks += 1
        return summary.find_parent("details")


@pytest.fixture
def reported(place):
    """Thirty posts in one thread, each reported by somebody."""
    _ready_made_reasons()
    started = thread(place.room, people.moderator())
    for number in range(REPORTS):
        post = reply(started, people.community_member(), f"<p>Crabs number {number} for sale</p>")
        actions.report(viewer=people.viewer(people.facilitator()), post=post, reason="spam")


@pytest.mark.parametrize("wanted", ["Hide the post", "Dismiss the report"])
def test_thirty_reports_take_two_clicks_each(reported, place, wanted):
    hand = Hand(people.sign_in(Client(), people.moderator()))
    hand.open(reverse("moderation:queue", args=[place.here.slug]))
    for decided in range(REPORTS):
        assert Report.objects.exclude(decided_at=None).count() == decided
        before = hand.clicks
        case = hand.page.select_one("article.case")
        folded = next(one for one in case.find_all("summary") if wanted in one.get_text())
        hand.press(hand.unfold(folded).select_one("button[name=canned]"))
        assert hand.clicks - before <= CLICKS_A_DECISION
    assert not Report.objects.waiting().exists()
    assert hand.clicks <= REPORTS * CLICKS_A_DECISION
    assert hand.page.select_one("article.case") is None
    assert all(Report.objects.values_list("answer", flat=True))


def test_a_post_that_waits_goes_out_by_one(place):
    place.held()
    hand = Hand(people.sign_in(Client(), people.moderator()))
    hand.open(reverse("moderation:queue", args=[place.here.slug]))
    hand.press(hand.page.select_one("article.case button[name=decision][value=approve]"))
    assert hand.clicks == 1
    assert hand.page.select_one("article.case") is None
