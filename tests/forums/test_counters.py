"""Whatever happens in whatever order, at once or broken off: every count and pointer tells the truth."""

import os
import random
import signal
import threading
from contextlib import suppress
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities import actions as communities
from communities.enums import Joining, MemberRole
from communities.forums import actions
from communities.forums.actions import counting, rearranging
from communities.forums.counters import differences
from communities.forums.models import Forum, Post, Thread
from communities.models import Community, Membership
from network.accounts import actions as accounts
from network.accounts.enums import Leaving
from network.foundations.exceptions import Refused
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

LINK = '<p><a href="https://x.example">x</a></p>'
DEEDS = [
    "start", "reply", "reply", "reply", "edit", "hide", "show", "approve", "turn_down", "lock", "unlock",
    "pin", "unpin", "want", "want_no_more", "accept", "join", "leave", "remove", "suspend", "go",
    "move", "split", "split", "merge",
]  # fmt: skip
#: Most of what happens is coming in and writing.
BUSY = ["join", "start", "reply"] * 4


class Town:
    """A community with two forums, four writers and a moderator; ``act`` does one deed, or is refused."""

    def __init__(self) -> None:
        self.community = community(joining=Joining.OPEN)
        self.forums = [forum(self.community, "One"), forum(self.community, "Two")]
        Forum.objects.filter(pk=self.forums[0].pk).update(kind="questions")
        belongs(people.moderator(), self.community, MemberRole.MODERATOR)
        self.writers = [people.person(f"writer-{number}") for number in range(4)]
        for who in self.writers[:3]:
            belongs(who, self.community)

    def act(self, deed: str, seed: int) -> None:
        chance = random.Random(seed)
        who = chance.choice(self.writers)
        threads, posts = list(Thread.objects.order_by("pk")), list(Post.objects.order_by("pk"))
        if not threads:
            deed = "start"
        with suppress(Refused, PermissionDenied):
            self._do(deed, chance, people.viewer(who), threads, posts)

    def _do(self, deed: str, chance: random.Random, viewer, threads: list, posts: list) -> None:
        moderator = people.viewer(people.moderator())
        html = LINK if chance.random() < 0.3 else "<p>words</p>"
        if deed == "start":
            where = chance.choice(self.forums)
            actions.start_thread(viewer=viewer, forum=where, title="t", html=html, language="en")
        elif deed == "reply":
            actions.reply(viewer=viewer, thread=chance.choice(threads), html=html)
        elif deed == "edit":
            post = chance.choice(posts)
            actions.edit(viewer=viewer, post=post, html=f"<p>{chance.random()}</p>", version=post.version)
        elif deed in ("lock", "unlock"):
            getattr(actions, deed)(viewer=moderator, thread=chance.choice(threads), reason="r")
        elif deed in ("pin", "unpin"):
            getattr(actions, deed)(viewer=moderator, thread=chance.choice(threads))
        elif deed in ("want", "want_no_more"):
            getattr(actions, deed)(viewer=viewer, thread=chance.choice(threads))
        elif deed == "accept":
            actions.accept_answer(viewer=moderator, post=chance.choice(posts))
        elif deed == "approve":
            actions.approve(viewer=moderator, post=chance.choice(posts))
        elif deed in ("hide", "show", "turn_down"):
            act = {"show": actions.show_again}.get(deed) or getattr(actions, deed)
            act(viewer=moderator, post=chance.choice(posts), reason="r")
        elif deed in ("move", "split", "merge"):
            self._rearrange(deed, chance, moderator, threads)
        elif deed == "go":
            if viewer.user and viewer.user.pk == self.writers[3].pk:
                accounts.leave(person=viewer.user, choice=chance.choice(list(Leaving)))
        else:
            self._come_or_go(deed, viewer, moderator)

    def _rearrange(self, deed: str, chance: random.Random, moderator, threads: list) -> None:
        one = chance.choice(threads)
        if deed == "move":
            actions.move(viewer=moderator, thread=one, forum=chance.choice(self.forums), reason="r")
        elif deed == "merge":
            actions.merge(viewer=moderator, thread=one, into=chance.choice(threads), reason="r")
        else:
            numbers = list(one.posts.exclude(number=None).values_list("number", flat=True))
            chosen = chance.sample(numbers, min(len(numbers), chance.randint(1, 3)))
            actions.split(viewer=moderator, thread=one, numbers=chosen, title="s", reason="r")

    def _come_or_go(self, deed: str, viewer, moderator) -> None:
        if deed in ("join", "leave"):
            getattr(communities, deed)(viewer=viewer, community=self.community)
            return
        held = Membership.objects.current().filter(community=self.community, user=viewer.user_id).first()
        if held:
            act = {"remove": communities.remove_member, "suspend": communities.suspend}[deed]
            act(viewer=moderator, membership=held, reason="r")


def told() -> list[str]:
    return [str(difference) for difference in differences()]


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2**32)), min_size=15, max_size=45))
def test_any_interleaving_of_deeds_leaves_them_true(deeds):
    from django.db import transaction

    with transaction.atomic():
        town = Town()
        for deed, seed in deeds:
            town.act(deed, seed)
        assert told() == []
        transaction.set_rollback(True)


def _act_a_while(town: Town, seed: int, failures: list) -> None:
    chance = random.Random(seed)
    try:
        for _turn in range(25):
            town.act(chance.choice(DEEDS + BUSY), chance.randrange(2**32))
    except Exception as error:
        failures.append(error)
    finally:
        connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("seed", range(3))
def test_deeds_of_many_at_once_leave_them_true(seed):
    town = Town()
    for number in range(4):
        thread(town.forums[number % 2], people.moderator(), f"Thread {number}")
    failures: list[Exception] = []
    acting = [
        threading.Thread(target=_act_a_while, args=(town, seed * 100 + number, failures))
        for number in range(4)
    ]
    for one in acting:
        one.start()
    for one in acting:
        one.join(120)
    assert failures == []
    assert told() == []
    assert Post.objects.count() > 4


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("before", ["count_above", "announce"])
def test_a_process_killed_in_the_middle_of_a_reply_leaves_them_true(before):
    """The process dies after the post is written and before it is counted, or before it is told of."""
    town = Town()
    started = thread(town.forums[0], people.moderator())
    connections.close_all()
    child = os.fork()
    if child == 0:
        setattr(counting, before, lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL))
        try:
            reply(started, people.moderator(), "<p>Half.</p>")
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert Post.objects.count() == 1
    assert told() == []
    reply(started, people.moderator(), "<p>Whole.</p>")
    started.refresh_from_db()
    assert started.last_number == 2
    assert told() == []


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_process_killed_in_the_middle_of_a_merge_leaves_both_threads_whole():
    town = Town()
    moderator = people.viewer(people.moderator())
    one, two = (thread(town.forums[number], people.moderator(), f"Thread {number}") for number in (0, 1))
    connections.close_all()
    child = os.fork()
    if child == 0:
        rearranging.tell_each = lambda *_args: os.kill(os.getpid(), signal.SIGKILL)
        try:
            actions.merge(viewer=moderator, thread=one, into=two, reason="r")
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert told() == []
    assert [row.posts.count() for row in (one, two)] == [1, 1]
    actions.merge(viewer=moderator, thread=one, into=two, reason="r")
    assert told() == []


@pytest.mark.django_db
def test_the_command_names_what_differs_and_sets_it_right():
    town = Town()
    first = thread(town.forums[0], people.moderator())
    reply(first, town.writers[0])
    out = StringIO()
    call_command("check_counters", stdout=out)
    assert "agrees" in out.getvalue()

    Thread.objects.update(reply_count=7, last_author=town.writers[1], last_number=9)
    Forum.objects.filter(pk=town.forums[0].pk).update(post_count=1, last_thread=None, thread_count=0)
    Community.objects.update(member_count=1, post_count=40, last_active_at="2001-01-01T00:00Z")
    out = StringIO()
    with pytest.raises(CommandError, match="9 differences"):
        call_command("check_counters", stdout=out)
    assert f"thread {first.pk}: reply_count is 7, its rows say 1" in out.getvalue()
    out = StringIO()
    call_command("check_counters", "--repair", stdout=out)
    assert out.getvalue().count("set right") >= 9
    assert told() == []
    first.refresh_from_db()
    assert (first.reply_count, first.last_number, first.last_author_id) == (1, 2, town.writers[0].pk)


@pytest.mark.django_db
def test_numbers_with_a_gap_are_told_and_left_for_a_person():
    town = Town()
    first = thread(town.forums[0], people.moderator())
    post = reply(first, town.writers[0])
    Post.objects.filter(pk=post.pk).update(number=5)
    with pytest.raises(CommandError):
        call_command("check_counters", "--repair", stdout=StringIO())
    assert any("numbers is 5" in line for line in told())
