"""The same streams without a socket."""

import pytest
from django.test import Client

from tests.live.tabs import make_user, say, session_of

pytestmark = pytest.mark.django_db


def ask(client, *pairs, language="en"):
    query = [("follow", name) for name, _ in pairs] + [("after", after) for _, after in pairs]
    return client.get("/live/", query_params=[*query, ("language", language)])


def words(frames):
    return [frame["html"].split()[0].removeprefix("<p>") for frame in frames if "number" in frame]


def test_what_came_after_a_number_in_order_and_where_to_go_on(rooms, client):
    for word in ("one", "two", "three"):
        say("plaza:1", word)
    frames = ask(client, ("plaza:1", 1)).json()["frames"]
    assert words(frames) == ["two", "three"]
    assert frames[-1] == {"following": "plaza:1", "at": 3}
    assert ask(client, ("plaza:1", 3)).json()["frames"] == [{"following": "plaza:1", "at": 3}]


def test_without_a_number_it_begins_now(rooms, client):
    say("plaza:1", "one")
    assert ask(client, ("plaza:1", "")).json()["frames"] == [{"following": "plaza:1", "at": 1}]


def test_several_streams_in_one_question_each_by_its_own_rule(rooms):
    user = make_user()
    for stream in ("plaza:1", "club:1", f"desk:{user.pk}", "desk:999999"):
        say(stream, "hi")
    pairs = [("plaza:1", 0), ("club:1", 0), (f"desk:{user.pk}", 0), ("desk:999999", 0), ("nothing:1", 0)]
    stranger = ask(Client(), *pairs).json()["frames"]
    assert words(stranger) == ["hi"]
    assert [frame["refused"] for frame in stranger if "refused" in frame] == [name for name, _ in pairs[1:]]
    reader = ask(session_of(user), *pairs).json()["frames"]
    assert len(words(reader)) == 3
    assert [frame["refused"] for frame in reader if "refused" in frame] == ["desk:999999", "nothing:1"]


def test_the_language_is_the_pages(rooms, client):
    say("plaza:1", "hi")
    assert "hi ar" in ask(client, ("plaza:1", 0), language="ar").json()["frames"][0]["html"]
    assert "hi en" in ask(client, ("plaza:1", 0), language="zz").json()["frames"][0]["html"]


def test_too_long_an_absence_is_told_so(rooms, client, monkeypatch):
    monkeypatch.setattr("network.live.deliveries.FAR_BEHIND", 1)
    for word in ("one", "two", "three"):
        say("plaza:1", word)
    assert ask(client, ("plaza:1", 0)).json()["frames"] == [{"behind": "plaza:1", "at": 3}]


def test_nothing_is_kept_by_caches_and_no_cookie_is_set(rooms, client):
    answer = ask(client, ("plaza:1", ""))
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    "query",
    ["", "after=1", "follow=plaza:1&after=x", "follow=plaza:1&after=-1", "follow=plaza:1&after=²",
     "follow=plaza:1&after=" + "9" * 30, "&".join(f"follow=plaza:{n}" for n in range(21))],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_answered_with_a_reason(rooms, client, query):
    answer = client.get(f"/live/?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("name", ["", "plaza", "desk:x", "desk:" + "9" * 59, "%00", "plaza:" + "a" * 200])
def test_a_name_that_is_none_is_refused(rooms, client, name):
    assert "refused" in ask(client, (name, 0)).json()["frames"][0]
