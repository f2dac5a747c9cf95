"""Reports that hide a post, trust, and the rules by which posts wait."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities.enums import Act, MandateState
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.forums.gatekeepers import forewarned
from communities.forums.models import Hold, Post
from communities.models import Invitation, Mandate
from communities.moderation import actions, trust
from communities.moderation.models import ModerationLogEntry, Report, RuleBook, Standing
from communities.moderation.rules import book_of, print_of, try_out
from network.accounts.models import User
from network.notifications.models import Notification
from tests import people
from tests.communities.factories import belongs
from tests.experts.factories import term

pytestmark = pytest.mark.django_db


def settled(who: str) -> User:
    """Somebody who has been on the network for a while."""
    person = people.person(who)
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - timedelta(days=30))
    return person


def reported(post, *who: User) -> None:
    for person in who:
        actions.report(viewer=people.viewer(person), post=post, reason="harm")
    post.refresh_from_db()


def test_three_reports_hide_a_post_until_a_person_decides(place):
    post = place.say()
    reported(post, settled("r1"), settled("r2"))
    assert post.state == PostState.PUBLISHED
    reported(post, settled("r3"))
    assert post.state == PostState.HIDDEN
    entry = ModerationLogEntry.objects.get(act=Act.POST_HELD_BACK)
    assert entry.actor.int == 0
    moderator = people.viewer(people.moderator())
    move_report = Report.objects.order_by("pk").first()
    actions.dismiss(viewer=moderator, report=move_report, reason="It may stand.")
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
    assert not Report.objects.waiting().exists()
    actions.reopen(viewer=moderator, report=move_report)
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    actions.uphold(viewer=moderator, report=move_report, reason="It may not.")
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    assert post.hidings.get(ended_at=None).by == people.moderator()


def test_reports_of_fresh_accounts_count_half(place):
    post = place.say()
    reported(post, *(people.person(f"fresh-{n}") for n in range(5)))
    assert post.state == PostState.PUBLISHED
    reported(post, people.person("fresh-6"))
    assert post.state == PostState.HIDDEN


def test_what_speaks_for_others_is_never_hidden_so_but_two_moderators_are_called(place, worked):
    post = place.say()
    mandate = Mandate.objects.create(
        community=place.here,
        user=people.community_member(),
        capacity="peoples",
        named="The people of the bay",
        until=timezone.localdate() + timedelta(days=30),
        granted_at=timezone.now(),
    )
    Post.objects.filter(pk=post.pk).update(mandate=mandate, mandate_state=MandateState.GRANTED)
    post.refresh_from_db()
    reported(post, *(settled(f"r{n}") for n in range(4)))
    assert post.state == PostState.PUBLISHED
    worked()
    called = Notification.objects.filter(kind="moderation.alert").values_list("recipient", flat=True)
    assert set(called) == {people.moderator().pk, people.person("second").pk}


def test_a_threshold_of_zero_never_hides(place):
    RuleBook.objects.create(community=place.here, report_threshold=0)
    post = place.say()
    reported(post, *(settled(f"r{n}") for n in range(5)))
    assert post.state == PostState.PUBLISHED


def test_too_many_reports_in_a_day_are_refused_and_nothing_is_lost(client, place, monkeypatch):
    monkeypatch.setattr("communities.moderation.views.reporting.A_DAY", 1)
    people.sign_in(client, people.member())
    for status in (302, 429):
        post = place.say()
        at = [place.here.slug, place.room.slug, post.thread_id, post.thread.slug, post.number]
        answer = client.post(reverse("moderation:report", args=at), {"reason": "spam", "note": "Look here"})
        assert answer.status_code == status
    assert "Look here" in answer.content.decode()


def test_trust_grows_from_posts_that_stand_and_goes_with_one_that_was_hidden(place):
    newcomer = people.person("newcomer")
    belongs(newcomer, place.here)
    book = book_of(place.here)
    assert not trust.is_trusted(trust.of(newcomer.pk, place.here.pk), book)
    post = place.say("<p>Plain words that nobody minds.</p>", newcomer)
    assert trust.is_trusted(trust.count(newcomer.pk, place.here.pk), book)
    forums.hide(viewer=people.viewer(people.moderator()), post=post, reason="No.")
    standing = Standing.objects.get(user=newcomer)
    assert (standing.posts, standing.hidden) == (0, 1)
    assert not trust.is_trusted(standing, book)
    forums.show_again(viewer=people.viewer(people.moderator()), post=post)
    assert trust.is_trusted(Standing.objects.get(user=newcomer), book)


def test_it_is_counted_in_the_same_questions_however_much_was_written(place, django_assert_num_queries):
    for size in (1, 15):
        for _ in range(size):
            place.say(by=people.community_member())
        with django_assert_num_queries(8):
            trust.count(people.community_member().pk, place.here.pk)


def test_whoever_was_invited_by_a_focal_point_is_trusted_at_once(place):
    newcomer = people.person("newcomer")
    belongs(newcomer, place.here)
    Invitation.objects.create(
        community=place.here,
        email=newcomer.email,
        accepted_by=newcomer,
        accepted_at=timezone.now(),
        nominated_for_id=term("country", "KE"),
    )
    assert place.say('<p><a href="https://x.example">x</a></p>', newcomer).state == PostState.PUBLISHED
    assert forewarned(people.viewer(newcomer), place.here) == []


def test_a_newcomer_reads_before_she_writes_what_will_wait(client, place):
    newcomer = people.person("newcomer")
    belongs(newcomer, place.here)
    thread = place.say().thread
    people.sign_in(client, newcomer)
    said = "A post of yours with a link waits until a moderator has read it."
    assert said in client.get(thread.get_absolute_url()).content.decode()
    start = reverse("forums:start", args=[place.here.slug, place.room.slug])
    assert said in client.get(start).content.decode()
    people.sign_in(client, people.facilitator())
    assert said not in client.get(thread.get_absolute_url()).content.decode()


RULES = {
    "first_posts": ({"first_posts": 1}, "<p>Good morning to all of you.</p>"),
    "newcomer_with_links": ({}, '<p><a href="https://x.example">x</a></p>'),
    "words": ({"words": "Casino\nfree  money"}, "<p>Have FREE, money today.</p>"),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_holds_what_it_is_for(place, rule):
    values, html = RULES[rule]
    RuleBook.objects.create(community=place.here, **values)
    newcomer = people.person("newcomer")
    belongs(newcomer, place.here)
    post = place.say(html, newcomer)
    assert post.state == PostState.HELD
    assert Hold.objects.get(post=post).rules == [rule]


def test_who_writes_very_fast_waits(place):
    RuleBook.objects.create(community=place.here, new_an_hour=1, trusted_after=5)
    newcomer = people.person("newcomer")
    belongs(newcomer, place.here)
    assert place.say("<p>One thing.</p>", newcomer).state == PostState.PUBLISHED
    assert place.say("<p>Another thing.</p>", newcomer).state == PostState.HELD


def test_what_was_turned_down_waits_when_it_comes_again(place):
    RuleBook.objects.create(community=place.here, first_posts=1)
    belongs(people.person("one"), place.here)
    spam = "<p>Come and buy the best boats of the coast!</p>"
    first = place.say(spam, people.person("one"))
    forums.turn_down(viewer=people.viewer(people.moderator()), post=first, reason="No.")
    again = place.say("<p>come, and buy the <b>best</b> boats of the coast</p>", people.community_member())
    assert "repeats" in Hold.objects.get(post=again).rules


def test_a_print_knows_words_and_not_signs():
    assert print_of("Come and buy the best boats!") == print_of("come — and BUY the best boats")
    assert print_of("Thank you") == ""


def test_rules_are_changed_by_moderators_and_tried_out_first(client, place):
    belongs(people.person("newcomer"), place.here)
    place.say("<p>About casino nights on the beach.</p>", people.community_member())
    url = reverse("moderation:rules", args=[place.here.slug])
    people.sign_in(client, people.facilitator())
    assert client.get(url).status_code == 403
    people.sign_in(client, people.moderator())
    assert client.get(url).status_code == 200
    values = {"first_posts": 0, "trusted_after": 1, "new_links": 0, "new_an_hour": 10, "words": "casino"}
    values |= {"hides_repeats": "on", "report_threshold": 3, "version": 0}
    tried = client.post(url, values | {"try": "yes"}).content.decode()
    assert "1 of " in tried
    assert not RuleBook.objects.exists()
    assert client.post(url, values | {"new_an_hour": 10**12}).status_code == 422
    assert client.post(url, values).status_code == 302
    assert book_of(place.here).words == "casino"
    # Somebody saved in between: nothing is overwritten.
    assert client.post(url, values | {"words": "other"}).status_code == 422
    assert book_of(place.here).words == "casino"
    assert ModerationLogEntry.objects.filter(act=Act.RULES_CHANGED).count() == 1


def test_trying_out_goes_by_how_things_stood(place):
    newcomer = people.person("newcomer")
    belongs(newcomer, place.here)
    Mandate.objects.all().delete()
    for n in range(3):
        place.say(f"<p>Plain words number {n} of a newcomer.</p>", newcomer)
    moderator = people.viewer(people.moderator())
    trial = try_out(moderator, place.here, RuleBook(community=place.here, first_posts=2, trusted_after=2))
    assert len(trial.held) == 2
    with pytest.raises(PermissionDenied):
        actions.change_rules(viewer=people.viewer(newcomer), community=place.here, version=0)
