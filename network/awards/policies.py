"""Who may do what with the award; the engine's policies decide, this room says what it knows."""

from network.awards.models import Edition
from network.calls.models import Call
from network.calls.querysets import SECRETARIAT
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term


def may_nominate(viewer: Viewer, call: Call, party: Term | None) -> bool:
    """The national focal point of the Party, and nobody else."""
    return party is not None and viewer.has(f"focal_point:{party.pk}")


def can_manage(viewer: Viewer, edition: Edition) -> bool:
    return edition.call is not None and viewer.has(SECRETARIAT)


def is_juror(viewer: Viewer, edition: Edition) -> bool:
    return edition.call is not None and viewer.has(f"juror:{edition.call_id}")
