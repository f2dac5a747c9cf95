"""Posts are put together of kept pieces: each reader gets her own, and every change shows at once."""

import pytest

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.models import Post, PostFile
from network.accounts.models import User
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    started = thread(forum(here), people.community_member())
    reply(started, people.moderator(), "<p>By night.</p>")
    return started


def seen(client, talk, who: User | None) -> str:
    client.logout()
    if who:
        people.sign_in(client, who)
    return client.get(talk.get_absolute_url()).content.decode()


def article(page: str, number: int) -> str:
    return page.partition(f'id="post-{number}"')[2].partition("</article>")[0]


def test_each_reader_gets_her_own_acts_and_form_token(client, talk):
    member, moderator = people.community_member(), people.moderator()
    first, second = seen(client, talk, member), seen(client, talk, moderator)
    assert "/edit/" in article(first, 1)
    assert "/edit/" not in article(first, 2)
    assert "/hide/" in article(second, 1)
    assert "/hide/" not in article(first, 2)
    assert 'name="csrfmiddlewaretoken" value="' in article(second, 1)
    stranger = article(seen(client, talk, None), 2)
    assert "csrfmiddlewaretoken" not in stranger
    assert "/reactions/" not in stranger
    for page in (first, second, stranger):
        assert not any(chr(code) in page for code in range(0xE010, 0xE016))


def test_addresses_are_those_of_the_post(client, talk):
    page = seen(client, talk, people.community_member())
    there = article(page, 2)
    post = talk.posts.get(number=2)
    assert f'href="{talk.get_absolute_url()}reply/?quote=2"' in there
    assert f'action="{post.get_absolute_url()}reactions/"' in there
    assert f'href="{post.get_absolute_url()}bookmark/"' in there


def test_what_one_says_to_a_post_shows_for_her_alone(client, talk):
    member, moderator = people.community_member(), people.moderator()
    post = talk.posts.get(number=2)
    actions.react(viewer=people.viewer(member), post=post, kind="agree")
    actions.bookmark(viewer=people.viewer(member), post=post)
    hers, others = article(seen(client, talk, member), 2), article(seen(client, talk, moderator), 2)
    assert 'aria-pressed="true"' in hers
    assert "You reacted" in hers
    assert "Bookmarked" in hers
    assert 'aria-pressed="true"' not in others
    assert "Bookmarked" not in others
    assert "<li>Agree <span>1</span></li>" in hers
    assert "<li>Agree <span>1</span></li>" in others


def test_every_change_shows_at_once(client, talk):
    member = people.community_member()
    post = talk.posts.get(number=1)
    assert "How?" in article(seen(client, talk, member), 1)
    actions.edit(viewer=people.viewer(member), post=post, html="<p>How many?</p>", version=post.version)
    assert "How many?" in article(seen(client, talk, member), 1)
    User.objects.filter(pk=member.pk).update(name="Another Name")
    assert "Another Name" in article(seen(client, talk, people.moderator()), 1)
    PostFile.objects.create(post=post, name="count.txt", size=3)
    assert "count.txt" in article(seen(client, talk, member), 1)
    actions.hide(viewer=people.viewer(people.moderator()), post=post, reason="Off the subject")
    for who, words in ((member, True), (None, False)):
        page = article(seen(client, talk, who), 1)
        assert "This post is hidden" in page
        assert ("How many?" in page) is words
        assert ("Off the subject" in page) is words


def test_sealed_words_are_bound_for_each_reader_and_kept_for_none(client, talk):
    holder = knowledge.holder()
    item = knowledge.item(holder, text="Where the crabs moult")
    Post.objects.filter(thread=talk, number=2).update(html=f"<p>[[tk:{item.pk}:body]]</p>")
    for who in (people.community_member(), people.moderator(), None):
        page = article(seen(client, talk, who), 2)
        assert "crabs moult" not in page
        assert "[[tk:" not in page


def test_another_language_gets_its_own_words(client, talk):
    people.sign_in(client, people.community_member())
    path = talk.get_absolute_url()
    english = article(client.get(path).content.decode(), 2)
    french = article(client.get(f"/fr{path}").content.decode(), 2)
    assert "Quote" in english
    assert f"/fr{path}reply/?quote=2" in french
    assert f'href="{path}reply' not in french
