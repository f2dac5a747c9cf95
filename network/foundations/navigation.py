"""What stands in the header: rooms say it in ``ready()``, the header shows it to those whom it concerns."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Entry:
    """A link by URL name. ``shown`` decides from the viewer's keys alone and asks no database."""

    label: str
    url_name: str
    icon: str = ""
    order: int = 100
    shown: Callable[[Viewer], bool] = lambda viewer: True

    @property
    def url(self) -> str:
        return reverse(self.url_name)


#: The main sections: People, Communities, Events, Awards.
primary: Registry[Entry] = Registry("primary navigation")

#: The signed-in person's own menu, below her name.
personal: Registry[Entry] = Registry("personal menu")


def entries(registry: Registry[Entry], viewer: Viewer) -> list[Entry]:
    """What ``viewer`` finds in ``registry``, in the order of ``order``."""
    return sorted((entry for entry in registry if entry.shown(viewer)), key=lambda entry: entry.order)


def in_language(path: str, language: str) -> str:
    """``path`` (with its query) in another language.

    Languages differ in the prefix alone, so exchanging it gives what ``translate_url`` finds by resolving
    and reversing six times on every page. Slashes after the prefix go: ``/ar//host/`` must never become
    ``//host/``.
    """
    _, _, rest = path.partition("/")
    first, slash, tail = rest.partition("/")
    if first in dict(settings.LANGUAGES):
        rest = tail if slash else ""
    prefix = "" if language == settings.LANGUAGE_CODE else f"{language}/"
    return f"/{prefix}{rest.lstrip('/')}"
