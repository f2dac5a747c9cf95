"""What a reader may do about a post besides; shown in the menu of each post, filled by rooms above too."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.forums import policies
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

#: What a mail quoted is one click away for those who may read it.
MAIL = PostAct(
    label=_("Whole mail"),
    icon="mail",
    url=lambda post: f"{post.get_absolute_url()}mail/",
    shown=policies.can_see_mail,
)
