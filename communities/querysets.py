"""Findings in communities."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from communities.enums import Capacity, MemberRole, Visibility
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Expression


#: How long those who are asked for a mandate have, before it shows as self-declared.
ANSWER_TIME = timedelta(days=10)


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

    def active(self, at: "datetime | Expression | None" = None) -> "MembershipQuerySet":
        """Not ended and not suspended now: these hold keys."""
        suspensions = apps.get_model("communities", "Suspension").objects.running(at)
        suspended = suspensions.filter(membership=OuterRef("pk"))
        return self.current().filter(~Exists(suspended))

    def caring(self) -> "MembershipQuerySet":
        """Those who look after the community."""
        return self.filter(role__in=[MemberRole.FACILITATOR, MemberRole.MODERATOR])


class RestrictionQuerySet(models.QuerySet):
    def running(self, at: "datetime | Expression | None" = None) -> "RestrictionQuerySet":
        now = at or timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class JoinRequestQuerySet(models.QuerySet):
    def waiting(self) -> "JoinRequestQuerySet":
        return self.filter(decided_at=None)


class ResourceQuerySet(models.QuerySet):
    def kept(self) -> "ResourceQuerySet":
        return self.filter(removed_at=None)

    def visible_to(self, viewer: Viewer) -> "ResourceQuerySet":
        return self.kept().filter(readable(viewer, "community"))


class MandateQuerySet(models.QuerySet):
    def whole(self) -> "MandateQuerySet":
        """With everything that its line names."""
        return self.select_related("country", "organization", "holder")

    def with_answers(self) -> "MandateQuerySet":
        """With those who answered or withdrew it in the place of a focal point."""
        return self.select_related("answered_by", "answered_for", "withdrawn_by", "withdrawn_for")

    def answerable_by(self, viewer: Viewer) -> "MandateQuerySet":
        """Those that this viewer may grant, decline or withdraw, by her office and nothing else.

        For a Government, its focal point, or her alternate for whoever else asks; for an organization, its
        officers. For Indigenous peoples and
        local communities their own authority or the officers of their organization: who is a focal point of
        any country, or the alternate of one, has no voice in that, and no role gives one.
        """
        if not viewer.is_member:
            return self.none()
        current = apps.get_model("organizations", "Affiliation").objects.current()
        serving = current.filter(person=viewer.user_id, officer_since__isnull=False)
        offices = serving.values("organization")
        countries = viewer.ids("focal_point")
        mine = Q(capacity=Capacity.GOVERNMENT, country__in=countries)
        in_place = viewer.ids("alternate")
        others = Q(user=None) | ~Q(user=viewer.user_id)
        mine |= Q(others, capacity=Capacity.GOVERNMENT, country__in=in_place)
        mine |= Q(capacity=Capacity.ORGANIZATION, organization__in=offices)
        if not countries and not in_place:
            decides = apps.get_model("consent", "Authority").objects.in_force().filter(user=viewer.user_id)
            mine |= Q(capacity=Capacity.PEOPLES, holder__in=decides.values("holder"))
            mine |= Q(capacity=Capacity.PEOPLES, organization__in=offices)
        known = apps.get_model("communities", "Community").objects.visible_to(viewer)
        return self.filter(mine, community__in=known)

    def unanswered(self) -> "MandateQuerySet":
        return self.filter(
            granted_at=None,
            declined_at=None,
            ended_at=None,
            withdrawn_at=None,
            until__gte=timezone.localdate(),
        )

    def standing(self, today: "date | Expression | None" = None) -> "MandateQuerySet":
        """Granted or still unanswered, and not over."""
        today = today or timezone.localdate()
        return self.filter(declined_at=None, ended_at=None, withdrawn_at=None, until__gte=today)

    def speaking(self) -> "MandateQuerySet":
        """Those in whose name somebody may write today: granted, or unanswered for ten days."""
        answered = Q(granted_at__isnull=False) | Q(asked_at__lte=timezone.now() - ANSWER_TIME)
        return self.standing().filter(answered, since__lte=timezone.localdate())
