"""A word to a post: who may say it, how it is counted, who reads it."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.counters import differences
from communities.forums.enums import ReactionKind
from communities.forums.models import Post, Reaction
from network.accounts import actions as accounts
from network.accounts.enums import Leaving
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db
USEFUL = ReactionKind.USEFUL


@pytest.fixture
def post():
    here = community()
    for who in (people.community_member(), people.person("reader"), people.person("second")):
        belongs(who, here)
    belongs(people.person("observer"), here, MemberRole.OBSERVER)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return reply(thread(forum(here), people.moderator()), people.community_member())


def address(post: Post) -> str:
    return f"{post.get_absolute_url()}reactions/"


def test_a_button_says_it_and_takes_it_back(client, post):
    people.sign_in(client, people.person("reader"))
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert 'name="add" value="useful"' in page
    for _twice in range(2):
        client.post(address(post), {"add": "useful"})
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert "Useful <span>1</span>" in page
    assert 'name="remove" value="useful" aria-pressed="true"' in page
    assert "You reacted" in page
    answer = client.post(address(post), {"remove": "useful"})
    assert answer.url.endswith(f"#post-{post.number}")
    post.refresh_from_db()
    assert post.reactions == {}
    assert not Reaction.objects.exists()


def test_strangers_read_the_numbers_at_once_and_no_names(client, post):
    url = post.thread.get_absolute_url()
    assert "Reactions" not in client.get(url).content.decode()
    actions.react(viewer=people.viewer(people.person("reader")), post=post, kind=USEFUL)
    page = client.get(url).content.decode()
    assert "Useful <span>1</span>" in page
    assert "Who reacted" not in page
    assert client.get(address(post)).status_code == 302
    people.sign_in(client, people.outsider())
    assert people.person("reader").get_full_name() in client.get(address(post)).content.decode()


@pytest.mark.parametrize("who", ["observer", "community-member", "outsider"])
def test_observers_authors_and_strangers_do_not_react(client, post, who):
    person = people.outsider() if who == "outsider" else people.person(who)
    people.sign_in(client, person)
    assert client.post(address(post), {"add": "useful"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.react(viewer=people.viewer(person), post=post, kind=USEFUL)


def test_nobody_reacts_to_what_is_locked_or_hidden(client, post):
    moderator = people.viewer(people.moderator())
    reader = people.viewer(people.person("reader"))
    actions.react(viewer=reader, post=post, kind=USEFUL)
    actions.hide(viewer=moderator, post=post, reason="r")
    with pytest.raises(PermissionDenied):
        actions.react(viewer=reader, post=post, kind=USEFUL)
    assert "Useful" not in client.get(post.thread.get_absolute_url()).content.decode()
    actions.show_again(viewer=moderator, post=post)
    actions.lock(viewer=moderator, thread=post.thread, reason="r")
    with pytest.raises(PermissionDenied):
        actions.take_reaction_back(viewer=reader, post=post, kind=USEFUL)


@pytest.mark.parametrize("sent", [{}, {"add": "hate"}, {"remove": "\x00"}])
def test_what_is_no_reaction_is_refused(client, post, sent):
    people.sign_in(client, people.person("reader"))
    assert client.post(address(post), sent).status_code == 422


def test_a_script_gets_the_changed_parts(client, post):
    people.sign_in(client, people.person("reader"))
    answer = client.post(address(post), {"add": "thanks"}, headers={"X-Requested-With": "fetch"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Thanks <span>1</span>" in text
    assert 'name="remove" value="thanks"' in text
    assert Entry.objects.filter(kind="reacted").count() == 1


def test_counts_are_checked_and_mended(post):
    for who in ("reader", "second"):
        actions.react(viewer=people.viewer(people.person(who)), post=post, kind=USEFUL)
    assert list(differences()) == []
    from communities.forums.actions.repairing import repair_counters

    Post.objects.filter(pk=post.pk).update(reactions={"thanks": 4})
    assert [difference.true for difference in differences()] == [{"useful": 2}]
    repair_counters()
    post.refresh_from_db()
    assert post.reactions == {"useful": 2}


def test_who_leaves_takes_her_reactions_along(post):
    reader, second = people.person("reader"), people.person("second")
    for who in (reader, second):
        actions.react(viewer=people.viewer(who), post=post, kind=USEFUL)
    accounts.leave(person=reader, choice=Leaving.KEEP)
    post.refresh_from_db()
    assert post.reactions == {"useful": 1}
    assert list(differences()) == []
