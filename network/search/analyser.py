"""The one analyser: turns text in any of the six languages into tokens, the same for both databases.

A word leaves its folded form (compatibility forms, case, accents, hamza and vowel signs made one) and its
stems; Han and kana leave single signs and pairs, because they are written without spaces. The databases
only ever compare finished tokens, so that SQLite and PostgreSQL answer alike.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

#: A token longer than this is no word that somebody will look for.
MAX_TOKEN = 64
#: Bytes of tokens kept of one text; PostgreSQL's tsvector ends at one megabyte.
MAX_BYTES = 500_000

_KNOWLEDGE_TOKEN = re.compile(r"\[\[tk:[^\]]{0,200}\]\]")
_STEMMERS = {
    code: snowballstemmer.stemmer(name)
    for code, name in (
        ("en", "english"),
        ("fr", "french"),
        ("es", "spanish"),
        ("ru", "russian"),
        ("ar", "arabic"),
    )
}
_LATIN = ("en", "fr", "es")
# What Unicode itself does not make one: letters of the same sound that Arabic typists exchange, Persian
# and Urdu forms, the lengthening stroke, Latin letters whose stroke is not an accent.
_ONE_LETTER = str.maketrans(
    {
        "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ـ": "", "ء": "", "ٱ": "ا",
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
    }
)  # fmt: skip


class _Separators(dict):
    """For ``str.translate``: everything but letters, marks and numbers becomes a space."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = character if unicodedata.category(character)[0] in "LMN" else " "
        self[code] = kept
        return kept


_separators = _Separators()


def without_knowledge(text: str) -> str:
    """``text`` without the inert tokens that stand for sealed knowledge: they leave no words."""
    return _KNOWLEDGE_TOKEN.sub(" ", text)


def fold(text: str) -> str:
    """One spelling for what readers take to be the same word; folding twice changes nothing."""
    while True:
        folded = _fold_once(text)
        if folded == text:
            return folded
        text = folded


def _fold_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_ONE_LETTER)
    bare = "".join(_digit(character) for character in apart if unicodedata.category(character) != "Mn")
    return unicodedata.normalize("NFC", bare)


def _digit(character: str) -> str:
    value = unicodedata.digit(character, None) if unicodedata.category(character) == "Nd" else None
    return character if value is None else str(value)


def is_unspaced(character: str) -> bool:
    """Han, hiragana and katakana: written without spaces between words."""
    code = ord(character)
    return (
        0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0x3040 <= code <= 0x30FF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def runs(text: str) -> list[str]:
    """``text`` cut into words and into stretches of Han or kana, in its own spelling."""
    return [
        run
        for word in unicodedata.normalize("NFC", without_knowledge(text)).translate(_separators).split()
        for run in _cut_by_script(word)
    ]


def _cut_by_script(word: str) -> list[str]:
    found: list[str] = []
    for character in word:
        joins = found and (
            is_unspaced(found[-1][-1]) == is_unspaced(character) or unicodedata.category(character)[0] == "M"
        )
        if joins:
            found[-1] += character
        else:
            found.append(character)
    return found


def tokens_of(text: str, language: str = "") -> set[str]:
    """The tokens that ``text`` is found by; ``language`` narrows the stems of Latin words to its own."""
    found: set[str] = set()
    for run in runs(text):
        found |= set(signs(run)) if is_unspaced(run[0]) else word_tokens(run, language)
    return found


def index_text(text: str, language: str = "") -> str:
    """The tokens as the databases store them: each once, in a stable order, between spaces."""
    joined = " ".join(sorted(tokens_of(text, language)))
    if len(joined.encode()) <= MAX_BYTES:
        return joined
    return joined.encode()[:MAX_BYTES].decode(errors="ignore").rpartition(" ")[0]


def signs(run: str) -> list[str]:
    """A stretch of Han or kana as single signs and as pairs of neighbours."""
    folded = "".join(character for character in fold(run) if not character.isspace())
    pairs = [folded[place : place + 2] for place in range(len(folded) - 1)]
    return [*folded, *pairs]


@lru_cache(maxsize=100_000)
def word_tokens(word: str, language: str = "") -> frozenset[str]:
    """A word's folded form and its stems, of the word as written and without its accents."""
    folded = fold(word)[:MAX_TOKEN]
    spellings = {word.casefold()[:MAX_TOKEN], folded}
    stems = {
        fold(_STEMMERS[code].stemWord(spelling))
        for code in _languages(folded, language)
        for spelling in spellings
    }
    return frozenset(token for token in {folded, *stems} for token in token.translate(_separators).split())


def _languages(word: str, language: str) -> tuple[str, ...]:
    """The languages whose stems a word of this script may have."""
    first = word[:1]
    if "Ѐ" <= first <= "ӿ":
        return ("ru",)
    if "؀" <= first <= "ۿ":
        return ("ar",)
    if "a" <= first <= "z":
        return (language,) if language in _LATIN else _LATIN
    return ()
