"""A digest: what is new, the most important first, as much of it as fits into a small mail.

Nothing is left out silently. A line has room for the first words of each post, or for its title with the
number of posts; where not even that fits, its heading says how many more there are and leads to them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.consent.mail import bound_message
from network.foundations.viewer import Viewer
from network.notifications.answerable import Answering, answering_of
from network.notifications.counting import counted
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Rendered, kinds
from network.notifications.models import Notification

#: A digest is smaller than this, both parts and all heads together.
LARGEST = 100_000
#: Bytes of words that are tried one after another: what is sealed may grow when the gate opens it.
BUDGETS = (60_000, 30_000, 10_000, 3_000)
#: Posts of one line whose first words are shown.
POSTS_A_LINE = 5
#: What a line weighs beside its words, in both parts of the mail.
_FRAME = 900


@dataclass(frozen=True)
class Words:
    """The first words of one post, its address, and how it is answered by mail."""

    text: str
    url: str
    answering: Answering | None = None

    @property
    def weight(self) -> int:
        answers = self.answering.choices if self.answering else []
        said = [text for choice in answers for text in (choice.word, choice.does)]
        return _FRAME // 2 + 2 * _bytes(self.text, self.url, *said) + len(said) * _FRAME // 4


@dataclass(frozen=True)
class Line:
    """All that is new in one conversation, its newest first."""

    title: str
    url: str
    reply_url: str
    count: str
    words: list[Words]
    more: int

    @property
    def weight(self) -> int:
        return (
            _FRAME
            + 2 * _bytes(self.title, self.count, self.url, self.reply_url)
            + sum(said.weight for said in self.words)
        )

    @property
    def weight_of_link(self) -> int:
        return _FRAME // 2 + 2 * _bytes(self.title, self.count, self.url)


@dataclass
class Section:
    """One heading: lines in full, lines as links, and how many stand in the inbox only."""

    family: Family
    lines: list[Line] = field(default_factory=list)
    links: list[Line] = field(default_factory=list)
    rest: int = 0

    @property
    def rest_url(self) -> str:
        return f"{reverse('notifications:inbox')}?family={self.family}"


@dataclass(frozen=True)
class Digest:
    subject: str
    #: What a pause has held, in one line; empty where there was none.
    held: str
    #: How many notices were read on the site before the mail was written.
    read: int
    sections: list[Section]

    def within(self, budget: int) -> "Digest":
        """The same with as many lines in full, and then as links, as fit into ``budget`` bytes."""
        shown, left, for_links = [], budget, budget * 2 // 5
        for section in self.sections:
            fitted = Section(section.family)
            for line in section.lines:
                if left - for_links > line.weight and not fitted.links:
                    fitted.lines.append(line)
                    left -= line.weight
                elif left > line.weight_of_link:
                    fitted.links.append(line)
                    left -= line.weight_of_link
                else:
                    fitted.rest += 1
            shown.append(fitted)
        return Digest(self.subject, self.held, self.read, shown)


def gathered(viewer: Viewer, told: Sequence[tuple[Notification, Rendered]]) -> Digest | None:
    """What these notices say together; None where she has read all of them meanwhile."""
    unread = [(row, words) for row, words in told if row.read_at is None]
    if not unread:
        return None
    groups: dict[str, list[tuple[Notification, Rendered]]] = {}
    for row, words in sorted(unread, key=lambda pair: -pair[0].pk):
        groups.setdefault(row.group, []).append((row, words))
    sections = {family: Section(family) for family in Family}
    for pairs in groups.values():
        sections[_family(row for row, _words in pairs)].lines.append(_line(viewer, pairs))
    number = len(unread)
    subject = ngettext("Digest: %(n)d new notice", "Digest: %(n)d new notices", number) % {"n": number}
    return Digest(
        subject=subject,
        held=_held(row for row, _words in told),
        read=len(told) - number,
        sections=[section for section in sections.values() if section.lines],
    )


def fits(viewer: Viewer, message: EmailMessage) -> bool:
    """Whether it is small enough as it will leave, with what the gate writes into it."""
    return len(bound_message(message).message().as_bytes()) < LARGEST


def _family(rows: Iterable[Notification]) -> Family:
    """The most important heading of a conversation: where she is named, it stands with the mentions."""
    order = list(Family)
    families = [kind.family for row in rows if (kind := kinds.get(row.kind))]
    return min(families, key=order.index)


def _line(viewer: Viewer, pairs: list[tuple[Notification, Rendered]]) -> Line:
    newest = pairs[0][1]
    numbers = Counter(row.kind for row, _words in pairs)
    return Line(
        title=newest.subject,
        url=newest.url,
        reply_url=newest.reply_url,
        count=counted(numbers) if len(pairs) > 1 else "",
        words=[
            Words(words.text, words.url, answering_of(row.kind, row.ids, viewer))
            for row, words in pairs[:POSTS_A_LINE]
        ],
        more=max(0, len(pairs) - POSTS_A_LINE),
    )


def _held(rows: Iterable[Notification]) -> str:
    """What would have come at once waits in a digest only where a pause held it."""
    numbers = Counter(row.kind for row in rows if row.mail == Timing.AT_ONCE)
    if not numbers:
        return ""
    return _("While your mails were paused, these were held: %(what)s.") % {"what": counted(numbers)}


def _bytes(*texts: str) -> int:
    return sum(len(text.encode()) for text in texts)
