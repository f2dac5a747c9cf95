"""What goes to whom: the database's side of the hub, in plain synchronous code."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from network.foundations.viewer import Viewer, anonymous
from network.live.audience import Audience
from network.live.messages import Message, bound, common_viewer, encode, holds_knowledge, render
from network.live.readers import Follow
from network.live.streams import find, may_follow
from network.outbox.models import Entry, Stream

#: Entries of one stream that are read at a time.
BATCH = 50
#: Who is further behind than this is told so and reads the page again.
FAR_BEHIND = 500
#: Names in one question to the database.
_NAMES = 500


class Verdict(enum.Enum):
    OPEN = "open"
    REFUSED = "refused"
    OVER = "over"


@dataclass(slots=True)
class Parcel:
    """For one follow: numbered frames in order (None: nothing to show at this number), or the end of it."""

    follow: Follow
    frames: list[tuple[int, str | None]] = field(default_factory=list)
    verdict: Verdict = Verdict.OPEN


def heads(names: Sequence[str]) -> dict[str, int]:
    """Where each of these streams stands; a stream in which nothing ever happened is missing."""
    found: dict[str, int] = {}
    for start in range(0, len(names), _NAMES):
        part = Stream.objects.filter(name__in=names[start : start + _NAMES])
        found.update(part.values_list("name", "last_number"))
    return found


def behind(stream: str, number: int) -> str:
    return encode({"behind": stream, "at": number})


def deliver(follows: Iterable[Follow], at: Mapping[str, int]) -> list[Parcel]:
    """The next frames for ``follows``, whose streams stand at the numbers in ``at``.

    Entries are read first and entitlement is asked afterwards: whoever lost hers before an entry was
    committed does not get it.
    """
    follows = sorted(follows, key=lambda follow: (follow.stream, -follow.number))
    audience = Audience({follow.reader for follow in follows})
    parcels: list[Parcel] = []
    for name, group in groupby(follows, key=lambda follow: follow.stream):
        parcels += _Delivery(name, at[name], audience).to(list(group))
    return parcels


class _Delivery:
    """One stream's share of a round; remembers what it rendered."""

    def __init__(self, name: str, head: int, audience: Audience) -> None:
        self.name = name
        self.head = head
        self.audience = audience
        self._rendered: dict[tuple, tuple[Message, str] | None] = {}

    def to(self, follows: list[Follow]) -> list[Parcel]:
        parcels, cursors = [], []
        for number, group in groupby(follows, key=lambda follow: follow.number):
            if self.head - number > FAR_BEHIND:
                parcels += [Parcel(each, [(self.head, behind(self.name, self.head))]) for each in group]
            else:
                cursors.append((list(Entry.objects.after(self.name, number)[:BATCH]), list(group)))
        found = find(self.name)
        public = may_follow(self.name, anonymous())
        for entries, follows_at in cursors:
            if found and public and found[0].shared:
                parcels += self._to_everyone(entries, follows_at)
            else:
                parcels += self._to_each(entries, follows_at, shared=bool(found and found[0].shared))
        return parcels

    def _to_everyone(self, entries: list[Entry], follows: list[Follow]) -> list[Parcel]:
        """What anybody may follow is not asked for each person, and is one list for all of a language,
        unless it holds knowledge."""
        viewers = {language: anonymous(language) for language in {follow.language for follow in follows}}
        same = {language: self._same(entries, viewer) for language, viewer in viewers.items()}
        return [
            self._parcel(follow, entries, viewers[follow.language], None)
            if (frames := same[follow.language]) is None
            else Parcel(follow, frames)
            for follow in follows
        ]

    def _same(self, entries: list[Entry], viewer: Viewer) -> list[tuple[int, str | None]] | None:
        """The frames that everybody gets alike; None where each has to be bound for the one who gets it."""
        rendered = [(entry.number, self._render(entry, viewer)) for entry in entries]
        if any(found and holds_knowledge(found[0]) for _number, found in rendered):
            return None
        return [(number, found[1] if found else None) for number, found in rendered]

    def _to_each(self, entries: list[Entry], follows: list[Follow], *, shared: bool) -> list[Parcel]:
        parcels, entitled = [], []
        verdicts: dict[Viewer, bool] = {}
        for follow in follows:
            viewer = self.audience.viewer(follow.reader, follow.language)
            if viewer is None:
                parcels.append(Parcel(follow, verdict=Verdict.OVER))
                continue
            if viewer not in verdicts:
                verdicts[viewer] = may_follow(self.name, viewer)
            if verdicts[viewer]:
                entitled.append((follow, viewer))
            else:
                parcels.append(Parcel(follow, verdict=Verdict.REFUSED))
        if not shared:
            return parcels + [self._parcel(follow, entries, viewer, None) for follow, viewer in entitled]
        common = {
            language: common_viewer((v for f, v in entitled if f.language == language), language)
            for language in {follow.language for follow, _ in entitled}
        }
        return parcels + [
            self._parcel(follow, entries, common[follow.language], viewer) for follow, viewer in entitled
        ]

    def _parcel(self, follow: Follow, entries: list[Entry], viewer: Viewer, instead: Viewer | None) -> Parcel:
        frames = []
        for entry in entries:
            rendered = self._render(entry, viewer)
            if rendered is None and instead is not None:
                rendered = self._render(entry, instead)
            frames.append((entry.number, self._frame(rendered, follow) if rendered else None))
        return Parcel(follow, frames)

    def _render(self, entry: Entry, viewer: Viewer) -> tuple[Message, str] | None:
        """Rendered and encoded once for all who read with the same keys in the same language."""
        key = (entry.pk, viewer.language, viewer.keys, viewer.zone)
        if key not in self._rendered:
            message = render(entry, viewer)
            self._rendered[key] = (message, encode(message)) if message else None
        return self._rendered[key]

    def _frame(self, rendered: tuple[Message, str], follow: Follow) -> str:
        """The same text for everybody, unless it holds knowledge: that is bound for the one who gets it."""
        message, text = rendered
        if not holds_knowledge(message):
            return text
        reader = self.audience.viewer(follow.reader, follow.language)
        return encode(bound(message, reader or anonymous(follow.language)))


def poll(viewer: Viewer, name: str, after: int | None) -> list[Message]:
    """What one look at one stream brings, as the frames that a socket would have brought."""
    if not may_follow(name, viewer):
        return [{"refused": name}]
    head = heads([name]).get(name, 0)
    number = head if after is None else min(after, head)
    if head - number > FAR_BEHIND:
        return [{"behind": name, "at": head}]
    entries = list(Entry.objects.after(name, number))
    messages = [bound(message, viewer) for entry in entries if (message := render(entry, viewer))]
    return [*messages, {"following": name, "at": entries[-1].number if entries else number}]
