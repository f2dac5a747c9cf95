"""Two accounts of one person, in forums: what she did to one thing twice counts once."""

import json

from communities.forums.actions.repairing import repair_counters
from communities.forums.models import Poll, Post, Thread
from communities.models import Community, Membership
from network.accounts.actions.merging import MERGED, UNMERGED
from network.accounts.merging import merging
from network.accounts.models import PersonMerge
from network.foundations.merging import DROPPED, Change, drop, stay
from network.outbox import handlers
from network.outbox.models import Entry

#: Counted beside the rows: by which of its fields a row that was taken away says where.
_COUNTED = {
    "forums.reaction": (Post, "post"),
    "forums.wanted": (Thread, "thread"),
    "forums.ballot": (Poll, "poll"),
}


def recount(entry: Entry) -> None:
    """What was counted twice is counted anew; after undoing, again."""
    merge = PersonMerge.objects.filter(pk=entry.ids["merge"]).first()
    if merge is not None:
        repair_counters(_touched(merge.changes))


def _touched(changes: list[Change]) -> dict[type, set[int]]:
    touched: dict[type, set[int]] = {model: set() for model in (Post, Thread, Poll, Community)}
    memberships: set[int] = set()
    for change in changes:
        if change[0] == DROPPED:
            for row in json.loads(change[1]):
                if row["model"] in _COUNTED:
                    model, field = _COUNTED[row["model"]]
                    touched[model].add(row["fields"][field])
        elif change[0] == "communities.Membership":
            memberships.add(change[1])
    members = Membership.objects.filter(pk__in=memberships)
    touched[Community] |= set(members.values_list("community", flat=True))
    return touched


def register() -> None:
    for table in ("Reaction", "Mention", "Bookmark", "Ballot", "Wanted", "Correction"):
        merging.closers.register(f"forums.{table}", drop)
    for table in ("Watch", "ReadMark", "Draft"):
        merging.closers.register(f"forums.{table}", stay)
    handlers.on("forums.recount_merged", MERGED, UNMERGED, run=recount)
