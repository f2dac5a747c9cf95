"""Pieces of pages in memory: made once, let go in time."""

from network.foundations import kept


def test_a_piece_is_made_once_and_another_key_makes_another():
    pieces, made = kept.Kept(10), []
    for key in ("a", "a", "b", "a"):
        assert pieces.get(key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert made == ["a", "b"]


def test_what_nobody_asks_for_goes_first():
    pieces = kept.Kept(2)
    for key in ("a", "b", "a", "c"):
        pieces.get(key, lambda: "x")
    made = []
    pieces.get("a", lambda: made.append("a"))
    pieces.get("b", lambda: made.append("b"))
    assert (made, len(pieces)) == (["b"], 2)


def test_a_piece_does_not_outlive_its_time(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: clock[0])
    pieces = kept.Kept(10, seconds=60)
    pieces.get("a", lambda: "old")
    clock[0] = 61.0
    assert pieces.get("a", lambda: "new") == "new"
    pieces.get("b", lambda: "x")
    clock[0] = 130.0
    pieces.get("c", lambda: "x")
    assert len(pieces) == 1
