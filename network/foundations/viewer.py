"""The Viewer: who looks, with which keys, in which language and zone.

One frozen viewer is built for each request, socket delivery or mail recipient. Everything that
decides what may be seen reads its keys and never asks the database again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone, translation

from network.foundations.prepared import Prepared
from network.foundations.registry import Registry

EVERYONE = "everyone"
MEMBER = "member"
#: Held by nobody but a program that reads in the name of a person.
PROGRAM = "program"

AudienceKeys = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class KeyRows:
    """Keys that are read from rows. All rooms' rows come in one question for a request, written once.

    ``rows`` finds those of the person in the slot ``WHO``, as they are at ``NOW`` or on the day ``TODAY``
    (``foundations.prepared``): it is called once, so it asks no clock. ``first`` and ``second`` are the
    columns that are read, as text; ``keys`` makes keys of them.
    """

    rows: Callable[[], QuerySet]
    first: str
    keys: Callable[[Any, list[tuple[str, str]]], Iterable[str]]
    second: str = ""


#: Rooms add what they know: keys such as ``community:12:moderator`` or ``role:editor``, read from rows or
#: told by ``(user) -> keys``. Asked for signed-in, active users only.
audience_keys: Registry[KeyRows | AudienceKeys] = Registry("audience keys")


@dataclass(frozen=True)
class Viewer:
    """A person (or nobody) at one instant, reduced to what may be asked about her."""

    user: Any = field(default_factory=AnonymousUser)
    keys: frozenset[str] = frozenset({EVERYONE})
    language: str = settings.LANGUAGE_CODE
    zone: str = settings.TIME_ZONE

    @property
    def is_member(self) -> bool:
        return MEMBER in self.keys

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.is_member else None

    def has(self, key: str) -> bool:
        return key in self.keys

    def has_any(self, *keys: str) -> bool:
        return not self.keys.isdisjoint(keys)

    def ids(self, prefix: str, suffix: str = "") -> set[int]:
        """The numbers in keys of the shape ``prefix:<id>[:suffix]``: ``ids("community", "moderator")``.

        Without a suffix only bare keys (``community:12``) count.
        """
        wanted = 3 if suffix else 2
        found = set()
        for key in self.keys:
            parts = key.split(":")
            if len(parts) == wanted and parts[0] == prefix and (not suffix or parts[2] == suffix):
                found.add(int(parts[1]))
        return found


def anonymous(language: str | None = None) -> Viewer:
    return Viewer(language=language or translation.get_language() or settings.LANGUAGE_CODE)


def viewer_for(user: Any, language: str | None = None) -> Viewer:
    """The viewer for ``user``; one that has left, is suspended or is not signed in sees as anybody.

    ``language`` defaults to the active language (a request) and falls back to the person's own
    (a mail, where none is active).
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return anonymous(language)
    keys = {EVERYONE, MEMBER, f"user:{user.pk}", *_held_by(user)}
    return Viewer(
        user=user,
        keys=frozenset(keys),
        language=language or translation.get_language() or user.language,
        zone=user.zone or timezone.get_default_timezone_name(),
    )


def _held_by(user: Any) -> Iterator[str]:
    asked = {name: entry for name, entry in audience_keys.items() if isinstance(entry, KeyRows)}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in asked}
    for name, first, second in _question(tuple(asked.items())).rows(who=user.pk) if asked else ():
        found[name].append((first, second))
    for name, entry in audience_keys.items():
        yield from entry.keys(user, found[name]) if isinstance(entry, KeyRows) else entry(user)


@lru_cache(maxsize=8)
def _question(asked: tuple[tuple[str, KeyRows], ...]) -> Prepared:
    """The rows of all rooms in one question, each with the name of its room."""
    return Prepared(lambda: _all_rows(asked))


def _all_rows(asked: tuple[tuple[str, KeyRows], ...]) -> QuerySet:
    parts = [
        entry.rows()
        .order_by()
        .values_list(_text(Value(name)), _text(entry.first), _text(entry.second or Value("")))
        for name, entry in asked
    ]
    return parts[0].union(*parts[1:], all=True)


def _text(what: Any) -> Cast:
    return Cast(what, TextField())
