"""Bringing into one's own profile what stands elsewhere already."""

from typing import Any

from network.experts import sections
from network.experts.actions.editing import change, own_profile, usable
from network.experts.bibliography.works import merged
from network.experts.entries import MOST
from network.experts.enums import Field
from network.experts.values import value_of
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer


@deed
def add_publications(*, viewer: Viewer, works: list[dict[str, Any]]) -> int:
    """Add those that are not there yet, up to as many as a profile holds; returns how many were added."""
    profile = own_profile(viewer)
    held = value_of(profile, Field.PUBLICATIONS)
    rows = merged(held, works)[:MOST]
    if len(rows) > len(held):
        change(profile, sections.SECTIONS["publications"], {Field.PUBLICATIONS: rows}, {})
    return len(rows) - len(held)


@deed
def fill_in(*, viewer: Viewer, values: dict[str, Any]) -> None:
    """Write these fields, wherever they stand; who sees them stays as it is."""
    profile = own_profile(viewer)
    for section in sections.SECTIONS.values():
        if told := usable(section, values):
            change(profile, section, told, {})
