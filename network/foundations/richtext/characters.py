"""Characters that nobody sees: kept where a language needs them, gone where they deceive."""

import re
import unicodedata

# Controls, zero-width space, word joiner, byte order mark, soft hyphen, invisible operators, tags, fillers,
# and embeddings and overrides, which can make a name or an address read backwards.
_GONE = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b"
    "\u202a-\u202e\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
# A joiner or non-joiner belongs after a letter or sign of a script that joins; a joiner also between
# the parts of an emoji.
_JOINED_SCRIPTS = (
    "\u0590-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
)
_EMOJI = "\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_JOINED_SCRIPTS}])\u200c|(?<![{_JOINED_SCRIPTS}{_EMOJI}])\u200d")
_ISOLATES = re.compile("[\u2066-\u2069]")
_OPENING = frozenset("\u2066\u2067\u2068")


def tamed(text: str) -> str:
    """``text`` in composed form without characters that only hide or reverse it.

    What goes may leave a neighbour stray in turn, so it is looked at until nothing more goes.
    """
    while True:
        tamer = _GONE.sub("", text)
        if not _balanced(tamer):
            tamer = _ISOLATES.sub("", tamer)
        tamer = unicodedata.normalize("NFC", _STRAY_JOINER.sub("", tamer))
        if tamer == text:
            return text
        text = tamer


def _balanced(text: str) -> bool:
    depth = 0
    for sign in _ISOLATES.findall(text):
        depth += 1 if sign in _OPENING else -1
        if depth < 0:
            return False
    return depth == 0
