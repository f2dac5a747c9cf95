"""Her own words, apart from what she quoted and signed with: replies of six languages and many programs.

Each file of ``corpus/replies`` says in ``X-Own`` what its writer wrote herself; everything else holds the
words OLD WORDS.
"""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from network.foundations.richtext import to_text
from network.notifications.inbound import letters, wording
from network.notifications.inbound.charsets import header
from tests.notifications.inbound.letters import CORPUS

REPLIES = sorted(path.stem for path in (CORPUS / "replies").glob("*.eml"))
INTERLEAVED = "thunderbird-en-interleaved"


def read(name: str) -> tuple[str, letters.Letter]:
    message = letters.parsed((CORPUS / "replies" / f"{name}.eml").read_bytes())
    now = datetime(2026, 11, 5, tzinfo=UTC)
    return header(message["X-Own"]), letters.written(message, letters.head_of(message, now), archived=False)


@pytest.mark.parametrize("name", [name for name in REPLIES if name != INTERLEAVED])
def test_her_own_words_and_nothing_else(name):
    own, letter = read(name)
    assert " ".join(to_text(letter.wording.html).split()) == own
    assert "OLD" in to_text(letter.wording.folded)


def test_every_language_and_program_is_there():
    programs = {name.rpartition("-")[0] for name in REPLIES}
    for program in ("gmail", "apple", "iphone", "outlook"):
        assert {f"{program}-{tongue}" for tongue in ("ar", "en", "es", "fr", "ru", "zh")} <= set(REPLIES), (
            programs
        )


def test_between_quotations_both_stay():
    _own, letter = read(INTERLEAVED)
    text = to_text(letter.wording.html)
    assert text.index("How do you count?") < text.index("By night.") < text.index("And where?")
    assert letter.wording.html.count("<blockquote>") == 2
    assert "OLD WORDS" not in letter.wording.html


@pytest.mark.parametrize(
    "text",
    [
        "From: Monday\nTo: Friday\n\nwe count.",
        "On Sunday we wrote: nothing.",
        "- nets\n- lamps",
        "Dear all,\n\nSent from the heart.",
        "Le rapport a écrit l’histoire.",
    ],
)
def test_words_that_look_like_it_stay(text):
    assert " ".join(to_text(wording.of_plain(text).html).split()) == " ".join(text.split())


HOSTILE = {
    "introductions": "On " * 30_000,
    "lines": ("On " + "x" * 300 + ":\n") * 800,
    "addresses": "From: " + "a@" * 30_000,
    "quotations": (">" * 500 + "\n") * 500,
    "brackets": "2026 <" * 20_000,
    "heads": "From:\n" * 20_000,
}
HOSTILE_HTML = {
    "tags": "<div" * 30_000,
    "attributes": "<div " + "a" * 100_000,
    "quotations": "<blockquote>" * 50,
    "spaces": "<p>&nbsp;" * 5000,
}


@pytest.mark.parametrize(
    ("read", "text"),
    [(wording.of_plain, text) for text in HOSTILE.values()]
    + [(wording.of_html, text) for text in HOSTILE_HTML.values()],
    ids=[*HOSTILE, *(f"html {name}" for name in HOSTILE_HTML)],
)
def test_what_somebody_made_to_keep_us_busy_does_not(read, text):
    begun = time.thread_time()  # its own work, however busy the machine is
    with suppress(ValidationError):  # longer than any post
        read(text)
    assert time.thread_time() - begun < 15
