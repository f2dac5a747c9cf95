"""Streams that belong to no room."""

import pytest

from network.live.streams import LiveMessage, LiveStream, streams


@pytest.fixture
def rooms(monkeypatch):
    """Three streams: one for everyone, one for members, one for the person with the id in its key."""
    monkeypatch.setattr(streams, "_entries", dict(streams._entries))

    def render(entry, viewer):
        if entry.ids["word"] == "hidden":
            return None
        if entry.ids["word"] == "broken":
            raise RuntimeError("a room's mistake")
        return LiveMessage(html=f"<p>{entry.ids['word']} {viewer.language} {sorted(viewer.keys)}</p>")

    streams.register("plaza", LiveStream(may_follow=lambda viewer, key: True, render=render))
    streams.register("club", LiveStream(may_follow=lambda viewer, key: viewer.is_member, render=render))
    streams.register(
        "desk",
        LiveStream(may_follow=lambda v, key: v.user_id == int(key), render=render, shared=False),
    )
