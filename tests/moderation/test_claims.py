"""'These posts are mine': posts that were brought in under a name that nobody signs in as."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.enums import Act
from communities.forums.counters import differences
from communities.forums.enums import Origin
from communities.forums.models import Post, Thread
from communities.moderation import actions
from communities.moderation.actions.settling import undoable
from communities.moderation.models import Claim, ModerationLogEntry
from network.accounts.models import User
from network.notifications.answerable import answering_of
from network.notifications.kinds import render_each
from network.notifications.models import Notification
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(place):
    """Came in with an archive; her address can receive no mail."""
    return User.objects.create_user("oldname@forum.example.invalid", name="Old Name")


@pytest.fixture
def imported(place, author):
    """A thread that she began and answered, and one of hers in another community."""
    peatlands = community("Peatlands")
    for here in (place.here, peatlands):
        belongs(author, here)
    started = thread(place.room, author, "Old tides")
    first = Post.objects.get(thread=started)
    second = reply(started, author, "<p>And their answers.</p>")
    elsewhere = thread(forum(peatlands), author, "Old bogs")
    Post.objects.filter(author=author).update(origin=Origin.FORUM)
    Thread.objects.filter(author=author).update(last_author=author)
    for one in (first, second):
        one.refresh_from_db()
    return [first, second, elsewhere.posts.get()]


def claim_url(post: Post) -> str:
    return f"{post.get_absolute_url()}claim/"


def claimed(post: Post, who=None) -> Claim:
    viewer = people.viewer(who or people.community_member())
    return actions.claim(viewer=viewer, post=post, words="I was harbour master then.")


def case(claim: Claim) -> str:
    return reverse("moderation:decide", args=["claim", claim.pk])


def authors(posts) -> list[User]:
    return [Post.objects.get(pk=post.pk).author for post in posts]


class TestClaiming:
    def test_she_says_so_at_the_post(self, imported, worked):
        client = people.sign_in(Client(), people.community_member())
        thread_page = client.get(imported[0].thread.get_absolute_url()).content.decode()
        assert claim_url(imported[0]) in thread_page
        page = client.get(claim_url(imported[0])).content.decode()
        assert "Old Name" in page
        assert "2 such posts" in page
        assert client.post(claim_url(imported[0]), {"words": ""}).status_code == 422
        answer = client.post(claim_url(imported[0]), {"words": "I was harbour master then."})
        assert answer.status_code == 302
        client.post(claim_url(imported[1]), {"words": "Again."})
        assert Claim.objects.count() == 1
        worked()
        told = Notification.objects.filter(kind="moderation.claim").values_list("recipient", flat=True)
        assert set(told) == {people.moderator().pk, people.person("second").pk}
        ids = Notification.objects.filter(kind="moderation.claim").first().ids
        [words] = render_each([("moderation.claim", ids)], people.viewer(people.moderator()))
        assert "Old Name" in words.text

    def test_not_what_was_written_here(self, place):
        client = people.sign_in(Client(), people.expert())
        post = place.say()
        assert client.get(claim_url(post)).status_code == 403
        assert claim_url(post) not in client.get(post.thread.get_absolute_url()).content.decode()

    def test_not_of_an_author_who_signs_in(self, imported, author):
        author.set_password("a long one for tests")
        author.save()
        client = people.sign_in(Client(), people.community_member())
        answer = client.post(claim_url(imported[0]), {"words": "Mine."})
        assert answer.status_code == 422
        assert "Somebody signs in as this author" in answer.content.decode()
        assert "Mine." in answer.content.decode()

    def test_strangers_and_who_cannot_read_it_find_nothing(self, imported, place):
        assert Client().get(claim_url(imported[0])).status_code == 302
        place.here.visibility = "hidden"
        place.here.save()
        assert people.sign_in(Client(), people.outsider()).get(claim_url(imported[0])).status_code == 404


class TestDeciding:
    def test_given_the_posts_here_are_hers_and_the_others_are_not(self, imported, author, worked):
        claim, her = claimed(imported[0]), people.community_member()
        moderator = people.sign_in(Client(), people.moderator())
        queue = moderator.get(reverse("moderation:everything")).content.decode()
        assert "I was harbour master then." in queue
        assert "2 posts would be hers" in queue
        assert moderator.post(case(claim), {"decision": "give"}).status_code == 302
        assert authors(imported) == [her, her, author]
        assert Thread.objects.get(title="Old tides").author == her
        assert list(differences()) == []
        worked()
        told = Notification.objects.get(kind="moderation.claim_answer", recipient=her)
        [words] = render_each([(told.kind, told.ids)], people.viewer(her))
        assert "yours now" in words.subject
        assert ModerationLogEntry.objects.filter(act=Act.CLAIM_GRANTED, concerns=her.actor_id).exists()

    def test_declined_she_reads_why(self, imported, author, worked):
        claim = claimed(imported[0])
        moderator = people.sign_in(Client(), people.moderator())
        assert moderator.post(case(claim), {"decision": "leave"}).status_code == 422
        moderator.post(case(claim), {"decision": "leave", "reason": "The harbour master was a man."})
        assert authors(imported) == [author] * 3
        worked()
        told = Notification.objects.get(kind="moderation.claim_answer")
        [words] = render_each([(told.kind, told.ids)], people.viewer(people.community_member()))
        assert words.text == "The harbour master was a man."

    @pytest.mark.parametrize("decision", ["give", "leave"])
    def test_it_can_be_taken_back(self, imported, author, settings, decision):
        settings.UNDO_SECONDS = 30
        claim, viewer = claimed(imported[0]), people.viewer(people.moderator())
        moderator = people.sign_in(Client(), people.moderator())
        moderator.post(case(claim), {"decision": decision, "reason": "x"})
        actions.undo(viewer=viewer, move=undoable(viewer))
        claim.refresh_from_db()
        assert (claim.decided_at, claim.outcome, claim.given) == (None, "", [])
        assert authors(imported) == [author] * 3
        assert Thread.objects.get(title="Old tides").author == author
        assert moderator.get(case(claim)).status_code == 200

    def test_nobody_decides_about_her_own_nor_members_at_all(self, imported, place):
        claim = claimed(imported[0], people.moderator())
        for who in (people.moderator(), people.community_member(), people.facilitator(), people.expert()):
            answer = people.sign_in(Client(), who).post(case(claim), {"decision": "give"})
            assert answer.status_code == 404, who
        assert people.sign_in(Client(), people.person("second")).get(case(claim)).status_code == 200

    def test_two_claims_and_the_second_is_too_late(self, imported, place):
        belongs(people.expert(), place.here)
        first, second = claimed(imported[0]), claimed(imported[0], people.expert())
        moderator = people.sign_in(Client(), people.moderator())
        moderator.post(case(first), {"decision": "give"})
        moderator.post(case(second), {"decision": "give"})
        assert authors(imported[:2]) == [people.community_member()] * 2
        assert Claim.objects.get(pk=second.pk).given == []

    def test_by_mail(self, imported):
        claim = claimed(imported[0])
        answering = answering_of("moderation.claim", {"claim": claim.pk}, people.viewer(people.moderator()))
        assert [choice.word for choice in answering.choices] == ["approve", "reject", "hold"]


def test_leaving_takes_her_claims_along(imported):
    from communities.moderation.personal import erase, export

    claimed(imported[0])
    assert "harbour master" in str(export(people.community_member()))
    erase(people.community_member(), keep_contributions=True)
    assert not Claim.objects.exists()
