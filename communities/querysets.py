"""Findings in communities."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from communities.enums import MemberRole, Visibility
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from datetime import datetime


def readable(viewer: Viewer, path: str = "") -> Q:
    """Rows whose community (at ``path``) lets this viewer read what is said in it.

    The rooms above lean on this one rule for forums, threads and posts:
    ``readable(viewer, "forum__community")``.
    """
    prefix = f"{path}__" if path else ""
    key = path or "pk"
    return Q(**{f"{prefix}visibility": Visibility.PUBLIC}) | Q(**{f"{key}__in": viewer.ids("community")})


class CommunityQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "CommunityQuerySet":
        """Communities that this viewer may know of; what is said in them is ``readable_by``."""
        return self.filter(~Q(visibility=Visibility.HIDDEN) | Q(pk__in=viewer.ids("community")))

    def readable_by(self, viewer: Viewer) -> "CommunityQuerySet":
        return self.filter(readable(viewer))

    def open(self) -> "CommunityQuerySet":
        return self.filter(closed_at=None)


class MembershipQuerySet(models.QuerySet):
    def current(self) -> "MembershipQuerySet":
        """Not ended; suspended ones included."""
        return self.filter(ended_at=None)

    def active(self) -> "MembershipQuerySet":
        """Not ended and not suspended now: these hold keys."""
        suspended = (
            apps.get_model("communities", "Suspension").objects.running().filter(membership=OuterRef("pk"))
        )
        return self.current().filter(~Exists(suspended))

    def caring(self) -> "MembershipQuerySet":
        """Those who look after the community."""
        return self.filter(role__in=[MemberRole.FACILITATOR, MemberRole.MODERATOR])


class SuspensionQuerySet(models.QuerySet):
    def running(self, at: "datetime | None" = None) -> "SuspensionQuerySet":
        now = at or timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class JoinRequestQuerySet(models.QuerySet):
    def waiting(self) -> "JoinRequestQuerySet":
        return self.filter(decided_at=None)
