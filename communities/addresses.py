"""Many addresses at once, as people paste or upload them: read, and held against who is there already."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower

from communities.models import Community

#: So many may be invited in one go.
MOST = 500
_BETWEEN = re.compile(r"[\s<>,;:\"'()\[\]]+")
_LONGEST = 254


@dataclass
class Checked:
    """What became of each line. ``valid`` are written to; of the others it is said why they are not."""

    valid: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        return len(self.valid) + len(self.doubled) + len(self.invited)


def read(text: str) -> Checked:
    """One address a line, alone or with a name, in any order: ``Ada <ada@x.example>``, ``Ada;ada@x.example``.

    The head of a table is passed over.
    """
    checked = Checked()
    seen: set[str] = set()
    for number, line in enumerate(filter(None, (line.strip() for line in text.splitlines()))):
        # Taken apart rather than searched: a search takes hours in a long line that holds no address.
        addresses = [piece for piece in _BETWEEN.split(line) if "@" in piece[1:-1]]
        if not addresses and not (number == 0 and "mail" in line.lower()):
            checked.refused.append(line[:120])
        for address in addresses:
            address = address.rstrip(".")
            if not _is_address(address):
                checked.refused.append(address[:120])
            elif address.lower() in seen:
                checked.doubled.append(address)
            else:
                seen.add(address.lower())
                checked.valid.append(address)
    return checked


def check(community: Community, text: str) -> Checked:
    """The same, without those who have been invited and may still answer."""
    checked = read(text)
    checked.valid, checked.invited = sorted_out(community, checked.valid)
    return checked


def sorted_out(community: Community, addresses: list[str]) -> tuple[list[str], list[str]]:
    """Those to whom a letter may go, and those who have one. Members are not told apart: whose an address
    is, nobody learns by typing it."""
    wanted = {address.lower() for address in addresses}
    waiting = community.invitations.open().annotate(low=Lower("email")).filter(low__in=wanted)
    invited = set(waiting.values_list("low", flat=True))
    return (
        [one for one in addresses if one.lower() not in invited],
        [one for one in addresses if one.lower() in invited],
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= _LONGEST
