"""What rooms above do not let stand in a text, wherever it is written."""

from collections.abc import Callable

from network.foundations.registry import Registry

#: ``(words of a text) -> a sentence for whoever wrote it``, empty where there is nothing to object to.
watchers: Registry[Callable[[str], str]] = Registry("watchers of texts")


def objection(text: str) -> str:
    """The first objection to ``text``."""
    return next((sentence for watch in watchers if (sentence := watch(text))), "")
