"""Whatever happens in whatever order, every count tells the truth."""

import random

import pytest
from django.core.exceptions import PermissionDenied

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.enums import PostState
from communities.forums.models import Forum, Post, Thread
from communities.models import Community
from network.foundations.exceptions import Refused
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum

pytestmark = pytest.mark.django_db
LINK = '<p><a href="https://x.example">x</a></p>'


def the_truth_is_told() -> None:
    for thread in Thread.objects.all():
        readable = thread.posts.filter(state=PostState.PUBLISHED)
        assert thread.reply_count == readable.filter(number__gt=1).count()
        numbers = list(thread.posts.exclude(number=None).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, thread.last_number + 1))
        assert (thread.published_at is None) == (not numbers)
    for room in Forum.objects.all():
        posts = Post.objects.filter(thread__forum=room, state=PostState.PUBLISHED)
        assert room.post_count == posts.count()
        assert room.thread_count == room.threads.exclude(published_at=None).count()
    for here in Community.objects.all():
        assert here.post_count == sum(room.post_count for room in here.forums.all())
        assert here.thread_count == sum(room.thread_count for room in here.forums.all())


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_deeds_leaves_the_counts_true(seed):
    chance = random.Random(seed)
    here = community()
    rooms = [forum(here, "One"), forum(here, "Two")]
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    writers = [people.person(f"writer-{number}") for number in range(4)]
    for who in writers:
        belongs(who, here)
    moderator = people.viewer(people.moderator())
    views = [people.viewer(who) for who in writers]

    def words() -> str:
        return LINK if chance.random() < 0.4 else "<p>words</p>"

    for _ in range(60):
        threads, posts = list(Thread.objects.all()), list(Post.objects.all())
        deed = chance.choice(
            ["start", "reply", "reply", "reply", "hide", "show", "approve", "turn_down", "lock"]
        )
        try:
            if deed == "start" or not threads:
                actions.start_thread(
                    viewer=chance.choice(views),
                    forum=chance.choice(rooms),
                    title="t",
                    html=words(),
                    language="en",
                )
            elif deed == "reply":
                actions.reply(viewer=chance.choice(views), thread=chance.choice(threads), html=words())
            elif deed == "lock":
                act = chance.choice([actions.lock, actions.unlock])
                act(viewer=moderator, thread=chance.choice(threads), reason="r")
            elif deed == "approve":
                actions.approve(viewer=moderator, post=chance.choice(posts))
            else:
                act = {"hide": actions.hide, "show": actions.show_again, "turn_down": actions.turn_down}[deed]
                act(viewer=moderator, post=chance.choice(posts), reason="r")
        except (Refused, PermissionDenied):
            pass
        the_truth_is_told()
    assert Post.objects.count() > 10
