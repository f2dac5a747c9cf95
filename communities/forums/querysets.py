"""Findings in forums, threads and posts."""

from django.db import models
from django.db.models import Q

from communities.enums import MemberRole, Visibility
from communities.forums.enums import PostState
from communities.querysets import readable
from network.accounts.enums import Role
from network.foundations.viewer import Viewer


def moderated(viewer: Viewer, path: str) -> Q:
    """Rows in communities (at ``path``) that this viewer moderates; the queryset face of ``can_moderate``."""
    mine = Q(**{f"{path}__in": viewer.ids("community", MemberRole.MODERATOR)})
    if viewer.has(f"role:{Role.MODERATOR}"):
        mine |= Q(**{f"{path}__visibility": Visibility.PUBLIC})
    return mine


class ForumQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ForumQuerySet":
        return self.filter(readable(viewer, "community"))


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ThreadQuerySet":
        """Threads of readable communities; one that waits for a moderator, only its author and moderators."""
        out = ~Q(published_at=None) | moderated(viewer, "forum__community")
        if viewer.is_member:
            out |= Q(author=viewer.user_id)
        return self.filter(readable(viewer, "forum__community"), out)

    def published(self) -> "ThreadQuerySet":
        return self.exclude(published_at=None)


class PostQuerySet(models.QuerySet):
    def published(self) -> "PostQuerySet":
        return self.filter(state=PostState.PUBLISHED)

    def numbered(self) -> "PostQuerySet":
        """Posts that have their place in the thread, hidden ones included: a place is never taken away."""
        return self.exclude(number=None)

    def held(self) -> "PostQuerySet":
        return self.filter(state=PostState.HELD)

    def visible_to(self, viewer: Viewer) -> "PostQuerySet":
        """Posts whose words this viewer may read; what is held or hidden only its author and moderators."""
        path = "thread__forum__community"
        out = Q(state=PostState.PUBLISHED) | moderated(viewer, path)
        if viewer.is_member:
            out |= Q(author=viewer.user_id)
        return self.filter(readable(viewer, path), out)
