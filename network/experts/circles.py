"""In whose company a person is: what 'my communities' means, told by rooms above."""

from collections.abc import Callable, Iterable
from typing import Any

from network.foundations.registry import Registry
from network.foundations.viewer import EVERYONE, MEMBER

#: ``(user) -> keys`` that those in the same company hold too, such as ``community:12``.
#: A room that fills it calls ``actions.circles_changed`` whenever the answer changes.
circles: Registry[Callable[[Any], Iterable[str]]] = Registry("circles")


def circles_of(user: Any) -> set[str]:
    """The keys of all her circles; keys that everybody holds make no circle."""
    return {key for keys_of in circles for key in keys_of(user)} - {EVERYONE, MEMBER}
