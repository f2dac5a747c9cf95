"""What rooms above let a reader do about a post; shown in the menu of each post."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from communities.forums.models import Post


@dataclass(frozen=True)
class PostAct:
    """``shown`` is pure: it reads the viewer's keys and the row."""

    label: str | Promise
    icon: str
    url: "Callable[[Post], str]"
    shown: "Callable[[Viewer, Post], bool]"


post_acts: Registry[PostAct] = Registry("acts on posts")
