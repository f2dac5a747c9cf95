"""Who has received an item: with names for those on its holders' side, and a letter to take along."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.models import Release
from network.consent.views import kept
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def shared(of, speaker):
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


def read(made, *viewers, exit="page"):
    for viewer in viewers:
        assert CANARY in bind_for(viewer, str(made.token("body")), exit=exit)


def address(made, name="received"):
    return reverse(f"consent:{name}", args=[made.pk])


def words(page):
    return page.content.decode()


class TestTheList:
    def test_persons_are_named_and_the_public_counts_as_one(self, client, shared, speaker):
        reader = people.person("reader", "Reader Far Away")
        read(shared, people.viewer(reader), anonymous(), anonymous())
        people.sign_in(client, speaker)
        page = words(client.get(address(shared)))
        assert "Reader Far Away" in page
        assert "The public" in page
        assert "Pages" in page
        assert CANARY not in page

    def test_who_has_left_is_not_named(self, client, shared, speaker):
        reader = people.person("reader", "Reader Far Away")
        read(shared, people.viewer(reader))
        reader.is_active = False
        reader.save()
        people.sign_in(client, speaker)
        page = words(client.get(address(shared)))
        assert "Reader Far Away" not in page
        assert "Somebody whose account is gone" in page

    def test_the_holders_own_reading_is_told_apart(self, client, shared, speaker):
        people.sign_in(client, speaker)
        client.get(shared.get_absolute_url())
        assert "Nobody else has received it" in words(client.get(address(shared)))
        assert "Lesieli Taufa</th>" in words(client.get(address(shared), {"own": "1"}))

    def test_after_stopping_it_says_that_they_had_it(self, client, shared, of, speaker):
        read(shared, people.viewer(people.member()))
        actions.withdraw(item=shared, holder=of, by=people.viewer(speaker))
        people.sign_in(client, speaker)
        assert "These people had received it" in words(client.get(address(shared)))
        assert "1 reader had received it" in words(client.get(shared.get_absolute_url()))

    @pytest.mark.parametrize("who", [people.member, people.editor, people.administrator, people.secretariat])
    def test_for_others_there_is_no_such_list(self, client, shared, who):
        people.sign_in(client, who())
        assert client.get(address(shared)).status_code == 404
        assert client.get(address(shared, "received_table")).status_code == 404

    def test_holders_of_something_else_neither(self, client, shared):
        people.sign_in(client, with_standing(holder("Others"), people.expert()))
        assert client.get(address(shared)).status_code == 404

    @pytest.mark.parametrize("asked", [{"cursor": "x"}, {"letter": "zz"}, {"own": "\x00"}])
    def test_nonsense_is_not_answered_with_an_error(self, client, shared, speaker, asked):
        people.sign_in(client, speaker)
        assert client.get(address(shared), asked).status_code in {200, 404}

    def test_many_receivers_cost_as_many_queries_as_one(
        self, client, shared, speaker, django_assert_max_num_queries
    ):
        people.sign_in(client, speaker)
        client.get(address(shared))

        def cost():
            with django_assert_max_num_queries(60) as told:
                assert client.get(address(shared)).status_code == 200
            return len(told)

        read(shared, people.viewer(people.member()))
        one = cost()
        for number in range(12):
            read(shared, people.viewer(people.person(f"reader-{number}")))
        assert cost() == one

    def test_many_pages(self, client, shared, speaker):
        for number in range(30):
            read(shared, people.viewer(people.person(f"reader-{number}")))
        people.sign_in(client, speaker)
        first = client.get(address(shared))
        page = first.context["page"]
        seen = [row["who"] for row in page.rows]
        while page.next:
            page = client.get(address(shared), {"cursor": page.next}).context["page"]
            seen += [row["who"] for row in page.rows]
        assert len(seen) == len(set(seen)) == 30


class TestTheTable:
    def rows(self, client, shared):
        answer = client.get(address(shared, "received_table"))
        assert answer["Content-Type"].startswith("text/csv")
        assert "attachment" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
        return list(csv.reader(io.StringIO(words(answer))))

    def test_every_release_has_a_line(self, client, shared, speaker):
        reader = people.viewer(people.person("reader", "Reader Far Away"))
        read(shared, reader, reader, anonymous())
        people.sign_in(client, speaker)
        rows = self.rows(client, shared)
        assert [row[2] for row in rows[1:]] == ["Reader Far Away", "Reader Far Away", "The public"]
        assert len(rows) == 1 + Release.objects.filter(item_id=shared.pk).count()

    def test_a_name_is_no_formula(self, client, shared, speaker):
        read(shared, people.viewer(people.person("reader", '=HYPERLINK("x")')))
        people.sign_in(client, speaker)
        assert self.rows(client, shared)[1][2] == '\'=HYPERLINK("x")'

    def test_it_is_for_the_holders_alone(self, client, shared):
        people.sign_in(client, people.steward())
        assert client.get(address(shared)).status_code == 200
        assert client.get(address(shared, "received_table")).status_code == 403
        assert "CSV" not in words(client.get(address(shared)))


class TestTheLetter:
    def test_it_is_in_the_language_that_was_chosen(self, client, shared, speaker):
        people.sign_in(client, speaker)
        page = client.get(address(shared), {"letter": "ar"})
        assert 'lang="ar" dir="rtl"' in words(page)
        assert shared.title in page.context["letter"]
        assert "Council house, telephone 555 0100" in page.context["letter"]

    def test_at_first_in_the_readers_own(self, client, shared, speaker):
        people.sign_in(client, speaker)
        page = client.get(f"/fr{address(shared)}")
        assert page.context["letter_language"] == "fr"

    def test_it_holds_no_knowledge_and_no_mark_up(self, client, of, speaker):
        quoted = item(of, title="Reef & “reef” <b>")
        people.sign_in(client, speaker)
        letter = client.get(address(quoted)).context["letter"]
        assert "Reef & “reef” <b>" in letter
        assert CANARY not in letter


class TestNinetyDays:
    """Long after sharing was stopped, the holders are asked what shall become of it."""

    def stopped(self, shared, of, speaker, monkeypatch, days):
        """So many days ago: records are dated by the clock, and nobody changes them afterwards."""
        then, by = timezone.now() - timedelta(days=days), people.viewer(speaker)
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "now", lambda: then)
            actions.withdraw(item=shared, holder=of, by=by)

    def asks(self, client):
        return "What shall become of this?" in words(client.get(reverse("consent:index")))

    def test_they_are_asked_and_can_keep_it(self, client, shared, of, speaker, monkeypatch):
        people.sign_in(client, speaker)
        self.stopped(shared, of, speaker, monkeypatch, 91)
        page = words(client.get(reverse("consent:index")))
        keep = reverse("consent:keep", args=[shared.pk, of.pk])
        for url in (
            keep,
            reverse("consent:return", args=[shared.pk]),
            reverse("consent:erase", args=[shared.pk]),
        ):
            assert url in page
        assert client.post(keep)["Location"] == reverse("consent:index")
        assert not self.asks(client)
        assert shared.records.count() == 3

    def test_not_before(self, client, shared, of, speaker, monkeypatch):
        people.sign_in(client, speaker)
        self.stopped(shared, of, speaker, monkeypatch, 89)
        assert not self.asks(client)

    def test_not_those_who_serve_them(self, client, shared, of, speaker, monkeypatch):
        people.sign_in(client, people.steward())
        self.stopped(shared, of, speaker, monkeypatch, 91)
        assert not self.asks(client)

    def test_not_of_what_is_erased(self, client, shared, of, speaker, monkeypatch):
        people.sign_in(client, speaker)
        self.stopped(shared, of, speaker, monkeypatch, 91)
        actions.destroy_key(item=shared, by=people.viewer(speaker))
        assert not self.asks(client)

    def test_what_is_erased_takes_no_place_of_what_is_not(self, client, shared, of, speaker, monkeypatch):
        monkeypatch.setattr(kept, "_MOST_QUESTIONS", 1)
        later = item(of, title="Asked about as well")
        for made in (shared, later):
            self.stopped(made, of, speaker, monkeypatch, 91)
        actions.destroy_key(item=shared, by=people.viewer(speaker))
        people.sign_in(client, speaker)
        assert [found.title for found, _holders in self.asleep(client)] == [later.title]

    def asleep(self, client):
        return client.get(reverse("consent:index")).context["asleep"]


class TestFiltering:
    def titles(self, client, **asked):
        page = client.get(reverse("consent:index"), asked)
        assert page.status_code == 200
        return {row[0].title for row in page.context["rows"]}

    def test_by_holders_and_by_state(self, client, shared, of, speaker):
        others = holder("Others")
        item(others, title="Of others")
        item(of, title="Not yet shared")
        people.sign_in(client, people.steward())
        assert self.titles(client, holder=others.pk) == {"Of others"}
        assert self.titles(client, state="given") == {shared.title}
        assert self.titles(client, holder=of.pk, state="unknown") == {"Not yet shared"}
        assert self.titles(client, holder=others.pk, state="given") == set()

    @pytest.mark.parametrize("asked", [{"holder": "x"}, {"state": "zz"}, {"holder": "9" * 25}])
    def test_what_is_not_understood_filters_nothing(self, client, shared, speaker, asked):
        people.sign_in(client, speaker)
        assert self.titles(client, **asked) == {shared.title}

    def test_by_holders_that_she_does_not_see_nothing_is_told(self, client, shared, speaker):
        others = holder("Others")
        item(others, title="Of others")
        people.sign_in(client, speaker)
        assert "Of others" not in self.titles(client, holder=others.pk)
