"""Fingerprints: whether words were copied, told from marks that say nothing without a secret.

Winnowing (Schleimer, Wilkerson and Aiken, 2003): every run of ``GRAM`` letters is hashed with a key, and of
every ``WINDOW`` hashes in a row the smallest is kept. Two texts that have ``GUARANTEED`` letters in a row in
common always share a mark; texts that have fewer than ``GRAM`` in common share none, so that the usual turns
of a field are no copies. Pure functions but for the secret.
"""

import hmac
import unicodedata
from collections import deque

from network.foundations.secrets import derive

#: Letters and digits in a row that make one hash. Longer than the set phrases that everybody writes.
GRAM = 40
WINDOW = 21
#: A passage with this many letters and digits in common is found, wherever it stands.
GUARANTEED = GRAM + WINDOW - 1
#: Of a text that is longer than any post the beginning is compared: one question to the database.
MOST_MARKS = 5000

_PURPOSE = "network.consent fingerprints"


def normalised(text: str) -> str:
    """Letters and digits of any script, folded: spaces, signs, accents set apart and case change nothing."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if sign.isalnum())


def marks(text: str) -> list[int]:
    """The marks of ``text`` in their order, each once, at most ``MOST_MARKS``; none for a short text."""
    letters = normalised(text)
    key = derive(_PURPOSE)
    found: dict[int, None] = {}
    window: deque[tuple[int, int]] = deque()  # growing hashes with their places; the smallest stands first
    for place in range(len(letters) - GRAM + 1):
        digest = _digest(key, letters[place : place + GRAM])
        while window and window[-1][0] >= digest:
            window.pop()
        window.append((digest, place))
        if window[0][1] <= place - WINDOW:
            window.popleft()
        if place >= WINDOW - 1:
            found[window[0][0]] = None
            if len(found) >= MOST_MARKS:
                break
    return list(found)


def _digest(key: bytes, gram: str) -> int:
    """Eight bytes as the databases keep them: a signed number."""
    return int.from_bytes(hmac.digest(key, gram.encode(), "sha256")[:8], signed=True)
