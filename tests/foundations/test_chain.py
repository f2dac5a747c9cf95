"""Hash chains."""

from datetime import UTC, datetime

from network.foundations.chain import START, digest, first_break


def links(*payloads):
    previous, made = START, []
    for payload in payloads:
        previous = digest(previous, payload)
        made.append((payload, previous))
    return made


def test_the_spelling_of_a_payload_does_not_matter():
    at = datetime(2026, 1, 2, tzinfo=UTC)
    assert digest(START, {"a": 1, "b": at}) == digest(START, {"b": at, "a": 1})
    assert digest(START, {"a": "é"}) != digest(START, {"a": "e"})


def test_a_changed_past_shows():
    chain = links({"n": 1}, {"n": 2}, {"n": 3})
    assert first_break(chain) is None
    assert first_break([chain[0], ({"n": 9}, chain[1][1]), chain[2]]) == 1
    assert first_break([chain[0], chain[2]]) == 1
    assert first_break([]) is None
