"""What somebody says at the top of a mail in one word or number: understood in six languages at once.

The words stand in ``spoken.yaml``. Doors that take an answer of a few words (a decision, a vote, "yes, this
is still true") read it here.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

_TABLE = Path(__file__).with_name("spoken.yaml")
#: A word for a meaning is followed by nothing, or by one of these and more.
_BEHIND = re.compile(r"[\s]*[:：,，;；.。!！、—–-][\s]*")
_NUMBER = re.compile(r"[#№(\[]?\s*(\d{1,4})\s*[)\].:：,，;；、。—–-]*\s*(.*)", re.DOTALL)
_EDGES = " \t\n.,;:!?'\"()[]«»“”‘’、。，；：！？（）【】،؛؟¡¿*_"


@dataclass(frozen=True)
class Said:
    """The first line that holds anything, and what stands behind it.

    ``word`` is normal (``normal``), ``number`` a number that the line begins with. ``rest`` is what she wrote
    besides: behind the word or number, and below.
    """

    line: str
    word: str
    number: int | None
    rest: str
    below: str

    def means(self, meaning: str) -> bool:
        return self.word in meanings()[meaning]


def normal(text: str) -> str:
    """Two spellings of one word are the same: without case, accents, signs at the edges, double spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != "\u0640")
    return " ".join(bare.casefold().strip(_EDGES).split())


def said(words: str) -> Said:
    """What the own words of a mail begin with."""
    line, _newline, below = words.strip().partition("\n")
    below = below.strip()
    numbered = _NUMBER.fullmatch(line.strip())
    if numbered:
        rest = "\n".join(filter(None, [numbered[2].strip(), below]))
        return Said(line, normal(line), int(numbered[1]), rest, below)
    word, behind = _first_word(line)
    return Said(line, word, None, "\n".join(filter(None, [behind, below])), below)


def _first_word(line: str) -> tuple[str, str]:
    """The whole line where it is a word that we know; else what stands before a colon or a comma, and the
    rest."""
    whole = normal(line)
    if whole in _known():
        return whole, ""
    for sign in _BEHIND.finditer(line):
        word = normal(line[: sign.start()])
        if word in _known():
            return word, line[sign.end() :].strip()
    return whole, ""


def word_for(meaning: str, language: str) -> str:
    """The word that a mail in this language offers for a meaning."""
    words = _read()[meaning]
    return (words.get(language) or words[settings.LANGUAGE_CODE])[0]


def meaning_of(text: str, among: tuple[str, ...]) -> str | None:
    """Which of these meanings a word has, in whatever language; None where it has none."""
    word = normal(text)
    return next((meaning for meaning in among if word in meanings()[meaning]), None)


@cache
def meanings() -> Mapping[str, frozenset[str]]:
    """By meaning: every word for it in every language, as ``normal`` writes it."""
    return {
        meaning: frozenset(normal(word) for words in by_language.values() for word in words)
        for meaning, by_language in _read().items()
    }


@cache
def _known() -> frozenset[str]:
    return frozenset().union(*meanings().values())


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
