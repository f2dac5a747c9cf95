"""What goes by itself: sealed files of which nobody speaks any more."""

from network.consent import vault
from network.consent.models import Part


def sweep_files() -> int:
    """Delete strays from the vault; returns how many there were. The worker runs it every hour."""
    known = set(Part.objects.exclude(path="").values_list("path", flat=True))
    for needed in vault.lodgers:
        known.update(needed())
    return vault.sweep(known)
