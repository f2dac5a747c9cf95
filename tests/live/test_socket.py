"""One socket for each tab: who may follow, what arrives, in what order, and what ends it."""

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth import get_user_model

from network.live import actions
from network.live.streams import LiveStream, streams
from tests.live.tabs import Tab, make_user, say, session_of

pytestmark = pytest.mark.django_db(transaction=True)
User = get_user_model()


async def test_what_is_said_arrives_with_its_number_and_kind(rooms):
    async with Tab() as tab:
        assert await tab.follow("plaza:1") == {"following": "plaza:1", "at": 0}
        await database_sync_to_async(say)("plaza:1", "good")
        heard = await tab.hear()
        assert heard["stream"] == "plaza:1"
        assert heard["number"] == 1
        assert heard["kind"] == "test.said"
        assert heard["html"].startswith("<p>good en")


async def test_who_comes_back_gets_what_came_after_and_nothing_twice(rooms):
    for word in ("one", "two", "three"):
        await database_sync_to_async(say)("plaza:1", word)
    async with Tab() as tab:
        assert (await tab.follow("plaza:1", after=1))["at"] == 1
        assert await tab.words(2) == ["two", "three"]
        assert await tab.silent()


async def test_a_long_absence_is_caught_up_in_order(rooms):
    await database_sync_to_async(lambda: [say("plaza:1", f"w{n}") for n in range(130)])()
    async with Tab() as tab:
        await tab.follow("plaza:1", after=0)
        assert await tab.words(130) == [f"w{n}" for n in range(130)]


async def test_too_long_an_absence_is_told_so(rooms, monkeypatch):
    monkeypatch.setattr("network.live.deliveries.FAR_BEHIND", 5)
    await database_sync_to_async(lambda: [say("plaza:1", f"w{n}") for n in range(8)])()
    async with Tab() as tab:
        await tab.follow("plaza:1", after=0)
        assert await tab.hear() == {"behind": "plaza:1", "at": 8}
        await database_sync_to_async(say)("plaza:1", "next")
        assert await tab.words(1) == ["next"]


async def test_unknown_malformed_and_forbidden_streams_are_refused_alike(rooms):
    async with Tab() as tab:
        for name in (
            "club:1",
            "nothing:1",
            "desk:abc",
            "desk:9",
            "plaza",
            "plaza:",
            "plaza:a b",
            "::",
            "é:1",
        ):
            assert await tab.follow(name) == {"refused": name}


@pytest.mark.parametrize(
    "frame",
    ["", "{", "[]", "null", "7", '"follow"', '{"follow": 7}', '{"follow": ""}', '{"follow": {"a": 1}}',
     '{"follow": "plaza:1", "after": -1}', '{"follow": "plaza:1", "after": "x"}',
     '{"follow": "plaza:1", "after": true}', '{"follow": "plaza:1", "after": 1e400}',
     '{"unfollow": []}', '{"say": "hello"}', "[" * 1500],
)  # fmt: skip
async def test_a_malformed_frame_is_answered_with_a_reason(rooms, frame):
    async with Tab() as tab:
        await tab.say(frame)
        assert "error" in await tab.hear()
        await tab.send(ping=1)
        assert await tab.hear() == {"pong": True}


async def test_binary_is_answered_and_too_much_ends_the_socket(rooms):
    async with Tab() as tab:
        await tab.say_bytes(b"\x00\xff")
        assert "error" in await tab.hear()
        await tab.say("x" * 5000)
        assert await tab.ended() == 1009


async def test_a_flood_ends_the_socket(rooms):
    async with Tab() as tab:
        for _ in range(61):
            await tab.send(ping=1)
        assert await tab.ended() == 1008


async def test_a_tab_follows_a_bounded_number_of_streams(rooms):
    async with Tab() as tab:
        for n in range(20):
            assert "following" in await tab.follow(f"plaza:{n}")
        assert await tab.follow("plaza:20") == {"refused": "plaza:20"}
        assert "following" in await tab.follow("plaza:3", after=0)


async def test_unfollowing_is_heard_of_no_more(rooms):
    async with Tab() as tab:
        await tab.follow("plaza:1")
        await tab.send(unfollow="plaza:1")
        await tab.send(ping=1)
        await tab.hear()
        await database_sync_to_async(say)("plaza:1", "late")
        assert await tab.silent()


async def test_other_origins_and_other_addresses_are_turned_away(rooms):
    for tab in (Tab(origin=b"https://elsewhere.example"), Tab(path="/ws/other/")):
        assert not await tab.connect()


async def test_a_shared_stream_is_rendered_in_each_language_for_what_its_readers_have_in_common(rooms):
    first = await database_sync_to_async(lambda: session_of(make_user("a@example.org")))()
    second = await database_sync_to_async(lambda: session_of(make_user("b@example.org")))()
    async with Tab(first) as one, Tab(second) as two, Tab(second) as third:
        await one.follow("club:1", language="ar")
        await two.follow("club:1", language="ar")
        await third.follow("club:1", language="xx")
        await database_sync_to_async(say)("club:1", "hi")
        shared = "<p>hi ar ['everyone', 'member']</p>"
        assert (await one.hear())["html"] == shared
        assert (await two.hear())["html"] == shared
        assert (await third.hear())["html"].startswith("<p>hi en")


async def test_a_personal_stream_is_rendered_for_its_reader(rooms):
    user = await database_sync_to_async(make_user)()
    async with Tab(await database_sync_to_async(session_of)(user)) as tab:
        await tab.follow(f"desk:{user.pk}")
        await database_sync_to_async(say)(f"desk:{user.pk}", "hi")
        assert f"user:{user.pk}" in (await tab.hear())["html"]


async def test_what_shows_nothing_or_breaks_holds_nobody_up(rooms):
    async with Tab() as tab:
        await tab.follow("plaza:1")
        for word in ("hidden", "broken", "good"):
            await database_sync_to_async(say)("plaza:1", word)
        heard = await tab.hear()
        assert heard["number"] == 3


def sign_out(user, client):
    client.logout()


def suspend(user, client):
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(user, client):
    user.set_password("another long password")
    user.save()


def expire(user, client):
    client.session.flush()


@pytest.mark.parametrize("ending", [sign_out, suspend, change_password, expire])
async def test_after_the_end_of_a_session_the_next_message_never_leaves(rooms, ending):
    user = await database_sync_to_async(make_user)()
    client = await database_sync_to_async(session_of)(user)
    async with Tab(client) as tab:
        await tab.follow("club:1")
        await database_sync_to_async(ending)(user, client)
        await database_sync_to_async(say)("club:1", "secret")
        assert await tab.ended() == 4401


async def test_who_loses_her_right_is_refused_and_keeps_the_rest(rooms, monkeypatch):
    user = await database_sync_to_async(make_user)()
    allowed = {"club": True}
    rules = streams.get("club")
    streams._entries["club"] = LiveStream(
        may_follow=lambda viewer, key: viewer.is_member and allowed["club"], render=rules.render
    )
    async with Tab(await database_sync_to_async(session_of)(user)) as tab:
        await tab.follow("club:1")
        await tab.follow("plaza:1")
        allowed["club"] = False
        await database_sync_to_async(say)("club:1", "secret")
        assert await tab.hear() == {"refused": "club:1"}
        await database_sync_to_async(say)("plaza:1", "open")
        assert await tab.words(1) == ["open"]


async def test_asking_again_ends_the_sockets_of_one_person_only(rooms):
    user, other = await database_sync_to_async(
        lambda: (make_user("a@example.org"), make_user("b@example.org"))
    )()
    clients = await database_sync_to_async(lambda: (session_of(user), session_of(other)))()
    async with Tab(clients[0]) as tab, Tab(clients[1]) as another:
        await tab.follow("plaza:1")
        await another.follow("plaza:1")
        await database_sync_to_async(actions.ask_again)(user_id=user.pk)
        assert await tab.ended() == 4401
        assert await another.silent()
