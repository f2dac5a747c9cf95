"""Audiences by name: rooms above offer those that holders can choose, as ``(key, label)``.

Consent knows keys such as ``community:12`` and nothing of what a community is. The room that does registers
``(viewer) -> [("community:12", "Reef keepers"), ...]`` in its ``AppConfig.ready()``.
"""

from collections.abc import Callable, Iterable

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

audiences: Registry[Callable[[Viewer], Iterable[tuple[str, str]]]] = Registry("audiences")


def choices(viewer: Viewer) -> list[tuple[str, str]]:
    return [choice for offer in audiences for choice in offer(viewer)]
