"""An old mailing list as what an import takes in: heads to be woven, and the whole of a mail on demand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from communities.forums.enums import Origin
from communities.forums.likes import Like
from communities.forums.mailbox.files import Mbox
from network.notifications.inbound.letters import Head, Letter, Unreadable, made_up_for, read, read_head


class Mailbox:
    """Every readable mail of an mbox once; ``rejected`` and ``repeated`` tell of the others."""

    origin = Origin.IMPORT

    def __init__(self, mbox: Mbox) -> None:
        self.rejected: list[str] = []
        self.passed_over: Counter[str] = Counter()
        self.repeated = 0
        self.stand_ins: dict[str, str] = {}
        self._mbox = mbox
        self._places = dict(self._find())

    @property
    def heads(self) -> list[Head]:
        return list(self._places)

    def letter(self, head: Head) -> Letter:
        return read(self._mbox[self._places[head]], head)

    def likes(self, head: Head) -> list[Like]:
        """Mails are not liked."""
        return []

    def _find(self) -> Iterator[tuple[Head, int]]:
        seen: dict[str, str] = {}
        for number, raw in enumerate(self._mbox):
            try:
                head = read_head(raw)
            except Unreadable as reason:
                self.rejected.append(f"mail {number + 1}: {reason}")
                continue
            fingerprint = made_up_for(raw)
            if seen.get(head.message_id) == fingerprint:
                self.repeated += 1
                continue
            if head.message_id in seen:
                # Two different mails under one id: the second gets an id of its own, else it would be lost.
                head = replace(head, message_id=fingerprint)
                if fingerprint in seen:
                    self.repeated += 1
                    continue
            seen[head.message_id] = fingerprint
            yield head, number
