"""Findings about profiles. Everything asks for the viewer and compares levels in SQL."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from network.experts.enums import State, Visibility
from network.foundations.viewer import Viewer


def reaches(viewer: Viewer, level: str, profile: str = "") -> Q:
    """Rows whose ``level`` column opens to this viewer; ``profile`` is the path to the profile row."""
    opens = Q(**{level: Visibility.EVERYONE})
    if viewer.is_member:
        path = f"{profile}__" if profile else ""
        shared = apps.get_model("experts", "Circle").objects.filter(key__in=viewer.keys).values("profile")
        opens |= Q(**{level: Visibility.MEMBERS})
        opens |= Q(**{level: Visibility.CIRCLES, f"{profile or 'pk'}__in": shared})
        opens |= Q(**{f"{path}user": viewer.user_id})
    return opens


class ProfileQuerySet(models.QuerySet):
    def published(self) -> "ProfileQuerySet":
        """Profiles with a page: published by a person whose account is open."""
        return self.filter(state=State.PUBLISHED, user__is_active=True)

    def visible_to(self, viewer: Viewer) -> "ProfileQuerySet":
        """Profiles whose name, and so whose page, opens to the viewer."""
        return self.published().filter(reaches(viewer, "name_visibility"))

    def for_cards(self) -> "ProfileQuerySet":
        return self.select_related("user", "country", "organization")


class FacetQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "FacetQuerySet":
        return self.filter(reaches(viewer, "visibility", "profile"))


class MessageQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "MessageQuerySet":
        """Messages that she wrote or was sent."""
        if not viewer.is_member:
            return self.none()
        return self.filter(Q(sender=viewer.user_id) | Q(recipient=viewer.user_id))

    def whole(self) -> "MessageQuerySet":
        return self.select_related("sender", "recipient", "report")
