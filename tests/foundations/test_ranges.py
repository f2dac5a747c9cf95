"""Ranges as RFC 9110 has them, beside a slow reading of the same rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.foundations.ranges import Range, Unsatisfiable, asked

SIZE = st.integers(0, 50)
NUMBER = st.integers(0, 70)


@given(size=SIZE, first=NUMBER, last=NUMBER)
def test_from_one_byte_to_another(size, first, last):
    header = f"bytes={first}-{last}"
    if last < first:
        assert asked(header, size) is None
    elif first >= size:
        with pytest.raises(Unsatisfiable):
            asked(header, size)
    else:
        found = asked(header, size)
        assert list(range(size))[found.start : found.stop] == [n for n in range(size) if first <= n <= last]
        assert found.told(size) == f"bytes {first}-{min(last, size - 1)}/{size}"
        assert len(found) == found.stop - found.start


@given(size=st.integers(1, 50), count=st.integers(1, 70))
def test_the_last_bytes(size, count):
    found = asked(f"bytes=-{count}", size)
    assert list(range(size))[found.start : found.stop] == list(range(size))[-count:]


@given(size=st.integers(1, 50), data=st.data())
def test_from_one_byte_on(size, data):
    first = data.draw(st.integers(0, size - 1))
    assert asked(f"BYTES={first}-", size) == Range(first, size)


@pytest.mark.parametrize("header", ["bytes=-0", "bytes=10-", "bytes=10-20", f"bytes={'9' * 40}-"])
def test_what_the_file_does_not_have(header):
    with pytest.raises(Unsatisfiable):
        asked(header, 10)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=1-2,4-5",
        "items=1-2",
        "bytes=5-3",
        "bytes=٣-",
        "bytes=-1-2",
    ],
)
def test_what_is_not_understood_is_the_whole(header):
    assert asked(header, 10) is None
