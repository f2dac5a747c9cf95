"""Findings about profiles. Everything asks for the viewer and compares levels in SQL."""

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from network.experts.enums import ShareRole, State, Visibility
from network.foundations.viewer import Viewer


def reaches(viewer: Viewer, level: str, profile: str = "") -> Q:
    """Rows whose ``level`` column opens to this viewer; ``profile`` is the path to the profile row."""
    if not viewer.is_member:
        return Q(**{level: Visibility.EVERYONE})
    shared = apps.get_model("experts", "Circle").objects.filter(key__in=viewer.keys).values("profile")
    opens = Q(**{f"{level}__gte": Visibility.MEMBERS})
    opens |= Q(**{level: Visibility.CIRCLES, f"{profile or 'pk'}__in": shared})
    # Hers by their number: so that a million rows of facets are not joined to profiles for one of them.
    own = apps.get_model("experts", "ExpertProfile").objects.filter(user=viewer.user_id).values("pk")
    return opens | (Q(**{f"{profile}__in": own}) if profile else Q(user=viewer.user_id))


def position_here(profile: str) -> Subquery:
    """The position of ``profile`` in the language of the page, where its person wrote it in that one, too."""
    translations = apps.get_model("experts", "ProfileTranslation").objects
    held = translations.filter(profile=OuterRef(profile), language=get_language() or "")
    return Subquery(held.values("designation")[:1])


class ProfileQuerySet(models.QuerySet):
    def published(self) -> "ProfileQuerySet":
        """Profiles with a page: published by a person whose account is open."""
        return self.filter(state=State.PUBLISHED, user__is_active=True)

    def visible_to(self, viewer: Viewer) -> "ProfileQuerySet":
        """Profiles whose name, and so whose page, opens to the viewer."""
        return self.published().filter(reaches(viewer, "name_visibility"))

    def for_cards(self) -> "ProfileQuerySet":
        return self.select_related(
            "user", "country", "organization", "endorsement__country", "endorsement__organization"
        ).annotate(position_here=position_here("pk"))


class FacetQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "FacetQuerySet":
        return self.filter(reaches(viewer, "visibility", "profile"))


class ShortlistQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ShortlistQuerySet":
        """One's own, and those that are shared with her."""
        if not viewer.is_member:
            return self.none()
        shared = apps.get_model("experts", "ShortlistShare").objects.filter(person=viewer.user_id)
        return self.filter(Q(owner=viewer.user_id) | Q(pk__in=shared.values("shortlist")))

    def editable_by(self, viewer: Viewer) -> "ShortlistQuerySet":
        """One's own, and those on which she works with others."""
        if not viewer.is_member:
            return self.none()
        shares = apps.get_model("experts", "ShortlistShare").objects
        shared = shares.filter(person=viewer.user_id, role=ShareRole.EDIT)
        return self.filter(Q(owner=viewer.user_id) | Q(pk__in=shared.values("shortlist")))


class ExportQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ExportQuerySet":
        """Those that she asked for herself."""
        return self.filter(by=viewer.user_id) if viewer.is_member else self.none()

    def waiting(self) -> "ExportQuerySet":
        return self.filter(ready_at=None)

    def downloadable(self) -> "ExportQuerySet":
        return self.filter(ready_at__isnull=False, expires_at__gt=timezone.now()).exclude(file=None)


class MessageQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "MessageQuerySet":
        """Messages that she wrote or was sent."""
        if not viewer.is_member:
            return self.none()
        return self.filter(Q(sender=viewer.user_id) | Q(recipient=viewer.user_id))

    def whole(self) -> "MessageQuerySet":
        return self.select_related("sender", "recipient", "report")
