"""Each of the cast x each live stream: who may follow is as declared."""

import pytest

from network.live.streams import streams
from tests.alarms.crawl import Answers
from tests.people import Cast

pytestmark = pytest.mark.xdist_group("alarms")

EVERYBODY = set(Cast.__dataclass_fields__)
FOLLOWERS = {
    "thread public": EVERYBODY,
    "thread members": {"moderator", "facilitator", "community_member"},
    "thread secret": {"moderator", "quiet_expert"},
    "thread nowhere": set(),
    "community public": {"site_moderator"},
    "community members": {"moderator", "facilitator"},
    "community secret": {"moderator"},
    "community nowhere": set(),
    "inbox": {"facilitator"},
    "inbox nowhere": set(),
    # Traditional knowledge may be shared in this one: whoever has a place, speaks or keeps the event.
    "session": {"editor", "expert", "facilitator"},
    "session nowhere": set(),
    # Only pages that show an item tell its number; whoever holds it may learn that it was taken back.
    "knowledge": EVERYBODY,
    "knowledge nowhere": set(),
}


@pytest.mark.parametrize("name", FOLLOWERS)
def test_a_stream_is_followed_by_those_whom_it_is_for(answers: Answers, name: str):
    assert answers.followers[name] == FOLLOWERS[name]


def test_every_kind_of_stream_is_declared():
    assert {name.split()[0] for name in FOLLOWERS} == set(streams.names())
