"""What a person can be told of: rooms register their kinds in ``AppConfig.ready()``.

A notification holds ids only. Its words are made when it is shown or mailed, for the person who reads it
then: what she may no longer see has no words any more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer
from network.notifications.enums import Channel, Family, Timing

Ids = Mapping[str, Any]


@dataclass(frozen=True)
class MailThread:
    """Where a mail belongs, so that mail programs thread and filter it.

    ``key`` names the conversation (``thread-17``), ``list_id`` and ``list_name`` the list that a filter would
    look for (``mangroves.general``, "General, Mangroves"). ASCII letters, digits, dots and hyphens.
    ``post_to`` is the address that takes posts to the list; empty where no mail comes in.
    """

    key: str
    list_id: str
    list_name: str
    post_to: str = ""


@dataclass(frozen=True)
class Rendered:
    """One notification in words. ``html`` says what ``text`` says and is clean; ``url`` begins with ``/``.

    ``reply_to`` is where an answer to the mail goes; without it nobody reads one. ``reply_url`` is where she
    answers it on the site. ``full`` is all of it in plain text, for a mail of its own, where ``text`` is how
    it begins. ``hint`` says above the foot of a mail what else an answer can do. ``enclosed`` is asked when a
    mail is written, and only then: it gives the name and the text of a file that goes with it.
    """

    subject: str
    text: str
    html: str = ""
    url: str = "/"
    thread: MailThread | None = None
    reply_to: str = ""
    reply_url: str = ""
    full: str = ""
    hint: str = ""
    enclosed: Callable[[], tuple[str, str]] | None = None


#: When mails of a family go out as long as nobody has chosen otherwise: few, and none that can wait.
USUAL = {
    Family.MENTION: Timing.AT_ONCE,
    Family.REPLY: Timing.DAILY,
    Family.WATCHED: Timing.DAILY,
    Family.CONSENT: Timing.AT_ONCE,
    Family.MODERATION: Timing.AT_ONCE,
    Family.JOINING: Timing.DAILY,
    Family.EVENT: Timing.AT_ONCE,
    Family.AWARD: Timing.AT_ONCE,
    Family.NEWS: Timing.WEEKLY,
    Family.SYSTEM: Timing.AT_ONCE,
}


@dataclass(frozen=True)
class Kind:
    """One kind of notification.

    ``render(ids, viewer)`` returns None where the viewer may not see (any more) what it is about.
    ``render_many`` does the same for a page of them, in the same order, in a constant number of queries: for
    whatever an inbox may hold many of. One of the two is enough.
    ``family`` is the heading under which people choose, with its usual timing of mails; ``mail`` is another
    usual timing for this kind alone, and ``in_inbox`` says whether it usually stands in the inbox.
    ``embargo`` says how long a mail waits at least: its words are made when it leaves, so whoever wrote them
    may mend a slip before it stands in a thousand inboxes. ``urgent``: it waits for no quiet hours and no
    pause. ``counted`` says how many there are, in words. ``listed``: it carries a post, so whoever wants
    every post of a community as a mail gets it at once.
    """

    label: Any
    render: Callable[[Ids, Viewer], Rendered | None] | None = None
    render_many: Callable[[Sequence[Ids], Viewer], Sequence[Rendered | None]] | None = None
    help_text: Any = ""
    family: Family = Family.SYSTEM
    mail: Timing | None = None
    embargo: timedelta = timedelta(0)
    urgent: bool = False
    in_inbox: bool = True
    counted: Callable[[int], str] | None = None
    listed: bool = False

    def usual(self, channel: str) -> Timing:
        """What holds on this way as long as nobody has chosen otherwise."""
        if channel == Channel.INBOX:
            return Timing.AT_ONCE if self.in_inbox else Timing.NEVER
        return self.mail or USUAL[self.family]

    def words(self, many: Sequence[Ids], viewer: Viewer) -> Sequence[Rendered | None]:
        if self.render_many:
            return self.render_many(many, viewer)
        return [self.render(ids, viewer) for ids in many] if self.render else [None] * len(many)


kinds: Registry[Kind] = Registry("notification kinds")


def register(name: str, kind: Kind) -> Kind:
    return kinds.register(name, kind)


def names_of(family: str) -> list[str]:
    """The names of the kinds that stand under one heading."""
    return [name for name, kind in kinds.items() if kind.family == family]


def families() -> list[Family]:
    """The headings that have at least one kind, in their order."""
    used = {kind.family for kind in kinds}
    return [family for family in Family if family in used]


def render_each(found: Sequence[tuple[str, Ids]], viewer: Viewer) -> list[Rendered | None]:
    """The words for pairs of kind and ids, in their order: one question for each kind."""
    words: list[Rendered | None] = [None] * len(found)
    places: dict[str, list[int]] = {}
    for place, (name, _ids) in enumerate(found):
        places.setdefault(name, []).append(place)
    for name, at in places.items():
        kind = kinds.get(name)
        if kind is None:  # its room has gone
            continue
        ids = [found[place][1] for place in at]
        for place, rendered in zip(at, kind.words(ids, viewer), strict=True):
            words[place] = rendered
    return words
