"""Speaking for others by mail: a line at the top, or an address; never in another capacity than she said."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from communities.enums import Capacity
from communities.forums import letterbox, suitcase
from communities.forums.capacities import LABELS, spoken
from communities.forums.models import Post, Thread
from communities.models import Mandate
from network.notifications.enums import IncomingState
from tests import people
from tests.communities.factories import belongs
from tests.notifications.inbound.letters import arrives, mail
from tests.organizations.factories import country, organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def writer(started):
    found = people.expert()
    belongs(found, started.forum.community)
    return found


def mandate(started, who, **whom) -> Mandate:
    now = timezone.now()
    return Mandate.objects.create(
        community=started.forum.community,
        user=who,
        until=timezone.localdate() + timedelta(days=90),
        granted_at=now,
        **whom,
    )


@pytest.fixture
def kenya(started, writer):
    return mandate(started, writer, capacity=Capacity.GOVERNMENT, country=country("KE"))


@pytest.fixture
def museum(started, writer):
    return mandate(started, writer, capacity=Capacity.ORGANIZATION, organization=organization("Coast Museum"))


def says(started, who, text, **more):
    to = letterbox.reply_address(started.pk, people.viewer(who))
    return arrives(mail(who.email, to, text, **more), to)


def last(who) -> Post:
    return Post.objects.filter(author=who).latest("pk")


class TestTheLine:
    @pytest.mark.parametrize("label", sorted({label for labels in LABELS.values() for label in labels}))
    def test_it_may_stand_in_any_language(self, started, writer, kenya, museum, label):
        says(started, writer, f"{label}: Kenya\n\nWe count by night.")
        post = last(writer)
        assert (post.mandate, post.html) == (kenya, "<p>We count by night.</p>")

    @pytest.mark.parametrize("whom", ["Coast Museum", "the coast museum.", "museum", "Museum, Coast Museum"])
    def test_so_may_the_name(self, started, writer, kenya, museum, whom):
        says(started, writer, f"speaking FOR：{whom}\nWe count by night.")
        assert (last(writer).mandate, last(writer).html) == (museum, "<p>We count by night.</p>")

    @pytest.mark.parametrize("whom", ["the Government of Kenya", "肯尼亚", "Кения", "كينيا"])
    def test_a_country_in_any_language(self, started, writer, kenya, museum, whom):
        says(started, writer, f"Speaking for: {whom}\n\nWe count by night.")
        assert last(writer).mandate == kenya

    def test_in_a_mail_of_a_phone_in_html(self, started, writer, kenya):
        html = "<div><b>Speaking for:</b> Kenya<br>We count by night.</div>"
        to = letterbox.reply_address(started.pk, people.viewer(writer))
        arrives(mail(writer.email, to, " ", html=html), to)
        assert last(writer).mandate == kenya
        assert "Speaking" not in last(writer).html
        assert "We count by night." in last(writer).html

    def test_without_it_she_speaks_for_herself(self, started, writer, kenya):
        says(started, writer, "We count by night.")
        assert last(writer).mandate is None

    @pytest.mark.parametrize("whom", ["myself", "moi-même", "本人"])
    def test_or_says_so(self, started, writer, kenya, whom):
        says(started, writer, f"Speaking for: {whom}\n\nWe count by night.")
        assert (last(writer).mandate, last(writer).html) == (None, "<p>We count by night.</p>")

    @pytest.mark.parametrize("whom", ["Uganda", "…"])
    def test_what_it_does_not_name_is_never_posted_otherwise(self, started, writer, kenya, museum, whom):
        kept = says(started, writer, f"Speaking for: {whom}\n\nWe count by night.")
        assert (kept.state, kept.ids["with_text"]) == (IncomingState.RETURNED, 1)
        assert "Speaking for: Kenya" in kept.said
        assert not Post.objects.filter(author=writer).exists()

    def test_who_holds_none_is_told_so(self, started, writer):
        kept = says(started, writer, "Au nom de : Kenya\n\nBy night.")
        assert kept.state == IncomingState.RETURNED
        assert "hold no mandate" in kept.said

    def test_a_mandate_that_has_ended_does_not_speak(self, started, writer, kenya):
        Mandate.objects.update(withdrawn_at=timezone.now())
        assert says(started, writer, "Speaking for: Kenya\n\nBy night.").state == IncomingState.RETURNED

    def test_the_words_elsewhere_are_words(self, started, writer, kenya):
        says(started, writer, "By night.\n\nSpeaking for: Kenya is another matter.")
        assert last(writer).mandate is None
        assert "another matter" in last(writer).html

    def test_each_answer_to_a_suitcase_has_its_own(self, started, writer, kenya):
        to = suitcase.address(started.forum, people.viewer(writer))
        arrives(mail(writer.email, to, f"[#{started.pk}]\nSpeaking for: Kenya\nBy night."), to)
        assert (last(writer).mandate, last(writer).html) == (kenya, "<p>By night.</p>")


class TestTheAddress:
    def test_a_thread_is_started_under_the_mandate_of_the_address(self, started, writer, kenya):
        to = letterbox.start_address(started.forum, people.viewer(writer), kenya)
        assert len(to.partition("@")[0]) <= 64
        arrives(mail(writer.email, to, "We count.", Subject="Turtles"), to)
        assert Thread.objects.get(title="Turtles").posts.get().mandate == kenya

    def test_not_once_it_has_ended(self, started, writer, kenya):
        to = letterbox.start_address(started.forum, people.viewer(writer), kenya)
        Mandate.objects.update(withdrawn_at=timezone.now())
        kept = arrives(mail(writer.email, to, "We count.", Subject="Turtles"), to)
        assert (kept.state, Thread.objects.filter(title="Turtles").exists()) == (
            IncomingState.RETURNED,
            False,
        )

    def test_the_page_explains_both(self, started, writer, kenya):
        client = people.sign_in(Client(), writer)
        page = client.get(f"{started.forum.get_absolute_url()}mail/").content.decode()
        assert "Speaking for: Kenya" in page
        assert letterbox.start_address(started.forum, people.viewer(writer), kenya) in page
        other = people.sign_in(Client(), people.community_member())
        assert "Ask for one" in other.get(f"{started.forum.get_absolute_url()}mail/").content.decode()


def test_a_line_without_an_end_is_read_in_no_time(started, writer):
    long = "Speaking for: " + "a" * 500_000
    assert spoken(people.viewer(writer), started.forum.community, f"<p>{long}</p>").mandate is None
