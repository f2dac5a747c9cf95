"""Taking a list in, or only saying what would become of it."""

from django.db import transaction

from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations import actions
from network.organizations.listing import Listing


class _TakenBack(Exception):
    """Undoes what a dry run wrote."""


def take_in(listing: Listing, viewer: Viewer, *, dry: bool) -> dict[str, int]:
    """Row by row, each in its own transaction; a dry run keeps all in one and takes it back.

    ``outcome`` or ``reason`` of each row says what became of it. Returns how many of each.
    """
    if not dry:
        return _each(listing, viewer)
    counts: dict[str, int] = {}
    try:
        with transaction.atomic():
            counts = _each(listing, viewer)
            raise _TakenBack
    except _TakenBack:
        return counts


def _each(listing: Listing, viewer: Viewer) -> dict[str, int]:
    counts = {outcome.value: 0 for outcome in actions.Brought}
    for row in listing.rows:
        if row.reason:
            continue
        try:
            row.outcome = actions.bring_in(viewer=viewer, values=row.values).value
            counts[row.outcome] += 1
        except Refused as refused:
            row.reason = refused.sentence
    counts["rejected"] = sum(bool(row.reason) for row in listing.rows)
    return counts
