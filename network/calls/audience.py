"""The keys that a person holds through calls."""

from collections.abc import Iterator

from network.calls.models import PanelMember


def juror_keys(user) -> Iterator[str]:
    """``juror:<call id>`` for each jury that the person sits on."""
    for call_id in PanelMember.objects.filter(person=user).values_list("call_id", flat=True):
        yield f"juror:{call_id}"
