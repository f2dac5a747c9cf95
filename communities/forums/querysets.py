"""Findings in forums, threads and posts."""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from communities.enums import MemberRole, Visibility
from communities.forums.enums import Audience, PostState
from communities.querysets import readable
from network.accounts.enums import Role
from network.foundations.viewer import Viewer


def moderated(viewer: Viewer, path: str) -> Q:
    """Rows in communities (at ``path``) that this viewer moderates; the queryset face of ``can_moderate``."""
    mine = Q(**{f"{path}__in": viewer.ids("community", MemberRole.MODERATOR)})
    if viewer.has(f"role:{Role.MODERATOR}"):
        mine |= Q(**{f"{path}__visibility": Visibility.PUBLIC})
    return mine


def facilitated(viewer: Viewer, path: str) -> Q:
    """Rows in communities (at ``path``) that this viewer helps to look after: ``can_facilitate``."""
    return Q(**{f"{path}__in": viewer.ids("community", MemberRole.FACILITATOR)}) | moderated(viewer, path)


def opened(viewer: Viewer, forum: str = "forum", thread: str | None = "") -> Q:
    """Rows that the audience of their forum (at path ``forum``) and thread lets this viewer read.

    The other half of ``readable``: a forum may be for members alone, and so may a thread that was written
    when members alone could read here. ``thread`` is the path to the thread, None where there is none.
    """
    at = f"{forum}__" if forum else ""
    wide = Q(**{f"{at}audience": Audience.COMMUNITY})
    if thread is not None:
        wide &= Q(**{f"{thread}__for_members" if thread else "for_members": False})
    return readable(viewer, f"{at}community") & (wide | Q(**{f"{at}community__in": viewer.ids("community")}))


class ForumQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ForumQuerySet":
        return self.filter(opened(viewer, "", None))


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ThreadQuerySet":
        """Threads of readable communities; one that waits for a moderator, only its author and moderators.

        One that has a time, until then only its author and those who look after the community. One that was
        merged into another is no thread any more.
        """
        path = "forum__community"
        out = ~Q(published_at=None) | moderated(viewer, path) | Q(appears_at__lte=timezone.now())
        out |= Q(appears_at__isnull=False) & facilitated(viewer, path)
        if viewer.is_member:
            out |= Q(author=viewer.user_id)
        return self.filter(opened(viewer), out, merged_into=None)

    def published(self) -> "ThreadQuerySet":
        return self.exclude(published_at=None)

    def scheduled(self) -> "ThreadQuerySet":
        """Threads that have a time and have not appeared yet."""
        return self.filter(appears_at__isnull=False)

    def due(self, now: datetime) -> "ThreadQuerySet":
        """Scheduled threads whose time has come."""
        return self.filter(appears_at__lte=now)


class TagQuerySet(models.QuerySet):
    def used_by(self, viewer: Viewer) -> "TagQuerySet":
        """Tags on threads that this viewer may read, and on how many (``uses``)."""
        threads = apps.get_model("forums", "Thread").objects.visible_to(viewer)
        seen = Count("threads", filter=Q(threads__in=threads.values("pk")))
        return self.annotate(uses=seen).filter(uses__gt=0)


class PostQuerySet(models.QuerySet):
    def published(self) -> "PostQuerySet":
        return self.filter(state=PostState.PUBLISHED)

    def numbered(self) -> "PostQuerySet":
        """Posts that have their place in the thread, hidden ones included: a place is never taken away."""
        return self.exclude(number=None)

    def held(self) -> "PostQuerySet":
        return self.filter(state=PostState.HELD)

    def visible_to(self, viewer: Viewer) -> "PostQuerySet":
        """Posts whose words this viewer may read; what is held or hidden only its author and moderators, what
        has a time until then those who look after the community, too."""
        path = "thread__forum__community"
        out = Q(state=PostState.PUBLISHED) | moderated(viewer, path)
        out |= Q(state=PostState.SCHEDULED) & facilitated(viewer, path)
        if viewer.is_member:
            out |= Q(author=viewer.user_id)
        return self.filter(opened(viewer, "thread__forum", "thread"), out)


class HoldQuerySet(models.QuerySet):
    def open(self) -> "HoldQuerySet":
        """Not decided; those that are with their authors included."""
        return self.filter(ended_at=None)

    def waiting(self) -> "HoldQuerySet":
        """Those that a moderator decides about."""
        return self.filter(ended_at=None, returned_at=None)


class BookmarkQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "BookmarkQuerySet":
        """Bookmarks whose day has come and of which nobody was reminded yet."""
        return self.filter(remind_at__lte=now, reminded_at=None)
