"""In whose name a person endorses and nominates: the Parties and organizations that she acts for."""

from dataclasses import dataclass

from network.experts.enums import Capacity
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.thesaurus.models import Term


@dataclass(frozen=True)
class Voice:
    """One of them. ``key`` is the key of the viewer that gives it: ``focal_point:140``."""

    key: str
    capacity: Capacity
    name: str
    country: Term | None = None
    organization: Organization | None = None

    @property
    def label(self) -> str:
        return f"{self.name} ({self.capacity.label})"


def voices_of(viewer: Viewer) -> list[Voice]:
    """All that her keys give her; two questions at most, none for whoever has no such key."""
    parties = dict.fromkeys(viewer.ids("alternate"), Capacity.ALTERNATE)
    parties |= dict.fromkeys(viewer.ids("focal_point"), Capacity.FOCAL_POINT)
    offices = viewer.ids("officer")
    found = []
    if parties:
        for term in Term.objects.filter(pk__in=parties).order_by("code"):
            capacity = parties[term.pk]
            found.append(Voice(f"{capacity}:{term.pk}", capacity, term.name, country=term))
    if offices:
        for office in Organization.objects.filter(pk__in=offices).order_by("sort_name"):
            key = f"officer:{office.pk}"
            found.append(Voice(key, Capacity.OFFICER, office.title, organization=office))
    return found


def nominating_voices_of(viewer: Viewer) -> list[Voice]:
    """Those in whose name she may put people forward: who stands in for a focal point nominates nobody."""
    return [voice for voice in voices_of(viewer) if voice.capacity != Capacity.ALTERNATE]


def has_voice(viewer: Viewer) -> bool:
    """From the keys alone."""
    return any(viewer.ids(key) for key in ("focal_point", "alternate", "officer"))


def holds(viewer: Viewer, voice: Voice) -> bool:
    """Whether the key is hers at this moment."""
    return viewer.is_member and viewer.has(voice.key)
