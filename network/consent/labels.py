"""Labels of Local Contexts: what they are called, and how each can hold back.

A label is a community's own statement and no permission: it never lets anything out. Where its meaning is a
limit, the limit is kept. Names identify the labels; their texts and icons belong to Local Contexts and to the
communities that customised them, and are not copied here.
"""

from collections.abc import Collection, Set
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from network.consent.enums import Action, Circle, LabelFamily, Warning


class Reach(Enum):
    """How far something with this label goes at most."""

    AS_AGREED = "as agreed"
    HOLDERS = "holders"
    OWN_USE = "own use"


@dataclass(frozen=True)
class Meaning:
    """``circles``: whoever reads must belong to all of them; ``without``: actions that are never allowed."""

    name: str
    reach: Reach = Reach.AS_AGREED
    circles: frozenset[Circle] = frozenset()
    without: frozenset[Action] = frozenset()
    warning: Warning | None = None


def _within(name: str, *circles: Circle) -> Meaning:
    return Meaning(name, Reach.HOLDERS, frozenset(circles), warning=Warning.GENDER if circles else None)


_NO_TRADE = frozenset({Action.AI_TRAIN})
_CAREFUL = frozenset({Action.AI_TRAIN, Action.MACHINE_TRANSLATE, Action.EMBED, Action.DISTRIBUTE})

#: Family and code to meaning. The codes are those of the Local Contexts Hub.
MEANINGS: dict[tuple[str, str], Meaning] = {
    (LabelFamily.TK, "tka"): Meaning("TK Attribution"),
    (LabelFamily.TK, "tkcl"): _within("TK Clan"),
    (LabelFamily.TK, "tkf"): _within("TK Family"),
    (LabelFamily.TK, "tkmc"): Meaning("TK Multiple Communities"),
    (LabelFamily.TK, "tkcv"): Meaning("TK Community Voice"),
    (LabelFamily.TK, "tkcr"): Meaning("TK Creative"),
    (LabelFamily.TK, "tkv"): Meaning("TK Verified"),
    (LabelFamily.TK, "tknv"): _within("TK Non-Verified"),
    (LabelFamily.TK, "tks"): Meaning("TK Seasonal", warning=Warning.SEASON),
    (LabelFamily.TK, "tkwg"): _within("TK Women General", Circle.WOMEN),
    (LabelFamily.TK, "tkmg"): _within("TK Men General", Circle.MEN),
    (LabelFamily.TK, "tkmr"): _within("TK Men Restricted", Circle.MEN, Circle.INITIATED),
    (LabelFamily.TK, "tkwr"): _within("TK Women Restricted", Circle.WOMEN, Circle.INITIATED),
    (LabelFamily.TK, "tkcs"): Meaning("TK Culturally Sensitive", without=_CAREFUL),
    (LabelFamily.TK, "tkss"): Meaning("TK Secret / Sacred", Reach.OWN_USE),
    (LabelFamily.TK, "tkoc"): Meaning("TK Open to Commercialization"),
    (LabelFamily.TK, "tknc"): Meaning("TK Non-Commercial", without=_NO_TRADE),
    (LabelFamily.TK, "tkco"): _within("TK Community Use Only"),
    (LabelFamily.TK, "tko"): Meaning("TK Outreach"),
    (LabelFamily.TK, "tkcb"): Meaning("TK Open to Collaboration"),
    (LabelFamily.BC, "bcp"): Meaning("BC Provenance"),
    (LabelFamily.BC, "bcmc"): Meaning("BC Multiple Communities"),
    (LabelFamily.BC, "bccl"): _within("BC Clan"),
    (LabelFamily.BC, "bccv"): Meaning("BC Consent Verified"),
    (LabelFamily.BC, "bccnv"): _within("BC Consent Non-Verified"),
    (LabelFamily.BC, "bcr"): Meaning("BC Research Use", without=_NO_TRADE),
    (LabelFamily.BC, "bccb"): Meaning("BC Open to Collaboration"),
    (LabelFamily.BC, "bcoc"): Meaning("BC Open to Commercialization"),
    (LabelFamily.BC, "bco"): Meaning("BC Outreach"),
    (LabelFamily.BC, "bcnc"): Meaning("BC Non-Commercial", without=_NO_TRADE),
}

Labels = Collection[tuple[str, str]]


def choices() -> list[tuple[str, str]]:
    """``tk:tka`` and its name, as a form offers them to the holder's own people."""
    return [(f"{family}:{code}", meaning.name) for (family, code), meaning in MEANINGS.items()]


def name_of(family: str, code: str) -> str:
    meaning = MEANINGS.get((family, code))
    return meaning.name if meaning else f"{family}:{code}"


def project_url(project: UUID | None) -> str:
    """The holders’ page in the Local Contexts Hub, which says what their label means; empty without one."""
    return f"https://localcontextshub.org/projects/{project}/" if project else ""


def narrows(family: str, code: str) -> bool:
    """Whether anybody may read less, or is asked first, once this label is there."""
    meaning = MEANINGS.get((family, code))
    return meaning is None or meaning != Meaning(meaning.name)


def hold_back(labels: Labels, holders: frozenset[int], action: str, keys: Set[str]) -> bool:
    """Whether any of ``labels`` keeps this from whoever asks. One that is not understood keeps everything."""
    return any(_holds_back(MEANINGS.get(label), holders, action, keys) for label in labels)


def _holds_back(meaning: Meaning | None, holders: frozenset[int], action: str, keys: Set[str]) -> bool:
    if meaning is None or action in meaning.without:
        return True
    if meaning.reach is Reach.OWN_USE and action != Action.KEEP:
        return True
    if meaning.reach is Reach.AS_AGREED:
        return False
    return not any(_belongs(holder, meaning.circles, keys) for holder in holders)


def _belongs(holder: int, circles: frozenset[Circle], keys: Set[str]) -> bool:
    wanted = {f"holder:{holder}", *(f"holder:{holder}:{circle.value}" for circle in circles)}
    return wanted <= keys


def warnings_of(labels: Labels) -> set[str]:
    """What is to be asked before showing something with these labels."""
    known = (MEANINGS.get(label) for label in labels)
    return {meaning.warning.value for meaning in known if meaning and meaning.warning}
