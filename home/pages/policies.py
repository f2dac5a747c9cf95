"""Who may write in a blog: by the viewer's keys and the row."""

from typing import TYPE_CHECKING

from communities.enums import MemberRole
from network.accounts.enums import Role
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from home.pages.models import BlogEntryPage, BlogPage


def can_write(viewer: Viewer, blog: "BlogPage") -> bool:
    """Whose blog it is: the person, or those who facilitate the community."""
    if not viewer.is_member:
        return False
    if blog.keeper is not None:
        return blog.keeper.user_id == viewer.user_id
    return viewer.has(f"community:{blog.community_id}:{MemberRole.FACILITATOR}")


def can_change(viewer: Viewer, entry: "BlogEntryPage", blog: "BlogPage") -> bool:
    """Its author, as long as she writes in the blog, and editors."""
    if viewer.has(f"role:{Role.EDITOR}"):
        return True
    wrote = entry.author is not None and entry.author.user_id == viewer.user_id
    return wrote and can_write(viewer, blog)
