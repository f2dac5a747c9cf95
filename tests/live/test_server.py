"""Real sockets to the real server: what arrives, in what order, how soon, and what a cut connection costs."""

import json
import random
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.live.server import Server
from tests.live.tabs import make_user, say, session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(rooms):
    with Server() as running:
        yield running


class Browser:
    """A tab that remembers where it was, as ``live.js`` does."""

    def __init__(self, server, stream="plaza:1", client=None):
        self.server, self.stream, self.client = server, stream, client
        self.after, self.heard = 0, []
        self.open()

    def open(self):
        headers = {"Cookie": f"sessionid={self.client.cookies['sessionid'].value}"} if self.client else {}
        self.socket = connect(
            self.server.socket_url, origin=self.server.url, additional_headers=headers, legacy=True
        )
        self.socket.send(json.dumps({"follow": self.stream, "after": self.after, "language": "en"}))
        assert json.loads(self.socket.recv(timeout=5)) == {"following": self.stream, "at": self.after}

    def cut(self):
        """The line breaks without a word."""
        self.socket.socket.close()

    def listen(self, count, timeout=5):
        for _ in range(count):
            frame = json.loads(self.socket.recv(timeout=timeout))
            assert frame["number"] > self.after
            self.after = frame["number"]
            self.heard.append(frame["html"].split()[0].removeprefix("<p>"))
        return self.heard


def test_a_reply_shows_at_once_and_one_by_the_worker_within_two_seconds(server, monkeypatch):
    tab = Browser(server)
    began = time.monotonic()
    say("plaza:1", "reply")
    assert tab.listen(1) == ["reply"]
    assert time.monotonic() - began < 1
    # Another process cannot wake this one's hub: only the tail of the outbox finds what it wrote.
    monkeypatch.setattr("network.live.hub.hasten", lambda streams: None)
    monkeypatch.setattr("network.live.pings.send", lambda streams: None)
    began = time.monotonic()
    say("plaza:1", "by-the-worker")
    assert tab.listen(1) == ["reply", "by-the-worker"]
    assert time.monotonic() - began < 2


def test_after_a_cut_both_arrive_in_order_and_once(server):
    tab, other = Browser(server), Browser(server)
    say("plaza:1", "before")
    tab.listen(1)
    tab.cut()
    say("plaza:1", "first")
    say("plaza:1", "second")
    tab.open()
    say("plaza:1", "third")
    assert tab.listen(3) == ["before", "first", "second", "third"]
    assert other.listen(4) == tab.heard


def test_several_writers_and_readers_that_come_and_go(server):
    """Threads write at the same time; readers cut their line at random: each hears all, in order, once."""
    tabs = [Browser(server) for _ in range(6)]
    chance = random.Random(7)

    def write(writer):
        from django.db import connection

        for n in range(10):
            say("plaza:1", f"w{writer}-{n}")
        connection.close()

    writers = [threading.Thread(target=write, args=[n]) for n in range(4)]
    for writer in writers:
        writer.start()
    while any(len(tab.heard) < 40 for tab in tabs):
        for tab in tabs:
            if len(tab.heard) < 40:
                tab.listen(min(chance.randint(1, 6), 40 - len(tab.heard)), timeout=20)
                if chance.random() < 0.3:
                    tab.cut()
                    tab.open()
    for writer in writers:
        writer.join()
    assert all(tab.heard == tabs[0].heard for tab in tabs)
    assert sorted(tabs[0].heard) == sorted(f"w{writer}-{n}" for writer in range(4) for n in range(10))
    for writer in range(4):
        assert [word for word in tabs[0].heard if word.startswith(f"w{writer}-")] == [
            f"w{writer}-{n}" for n in range(10)
        ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["say", "say", "say", "cut", "listen"]), min_size=3, max_size=25))
def test_whatever_happens_in_whatever_order_nothing_is_lost_or_doubled(server, acts):
    stream = f"plaza:{time.monotonic_ns()}"
    tab, said = Browser(server, stream), 0
    for act in acts:
        if act == "say":
            say(stream, f"w{said}")
            said += 1
        elif act == "cut":
            tab.cut()
            tab.open()
        elif len(tab.heard) < said:
            tab.listen(1)
    assert tab.listen(said - len(tab.heard)) == [f"w{n}" for n in range(said)]
    tab.socket.close()


def test_a_client_that_does_not_read_holds_nobody_up_and_is_caught_up(server):
    slow, quick = Browser(server), Browser(server)
    big = "x" * 40_000
    for n in range(130):
        say("plaza:1", f"{n}-{big}")
        quick.listen(1)
    assert len(quick.heard) == 130
    assert [word.split("-")[0] for word in slow.listen(130, timeout=20)] == [str(n) for n in range(130)]


def test_a_revoked_readers_next_message_never_leaves(server):
    user = make_user()
    client = session_of(user)
    tab = Browser(server, "club:1", client)
    say("club:1", "open")
    tab.listen(1)
    client.logout()
    say("club:1", "secret")
    with pytest.raises(ConnectionClosed) as ended:
        tab.socket.recv(timeout=5)
    assert ended.value.rcvd.code == 4401


def test_foreign_pages_and_other_addresses_are_turned_away(server):
    for address, origin in (
        (server.socket_url, "https://elsewhere.example"),
        (server.socket_url, None),
        (server.socket_url + "more/", server.url),
    ):
        with pytest.raises(InvalidStatus):
            connect(address, origin=origin)


def test_the_server_outlives_nonsense(server):
    for nonsense in ("{", "\x00", b"\xff\xfe", "[" * 1900, json.dumps({"follow": "plaza:1", "after": "x"})):
        with connect(server.socket_url, origin=server.url) as socket:
            socket.send(nonsense)
            assert "error" in json.loads(socket.recv(timeout=5))
    with connect(server.socket_url, origin=server.url) as socket:
        socket.send("x" * 100_000)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
    assert Browser(server).after == 0
