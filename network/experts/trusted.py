"""Findings about endorsements and rosters."""

from datetime import date

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from network.foundations.viewer import Viewer


class EndorsementQuerySet(models.QuerySet):
    def whole(self) -> "EndorsementQuerySet":
        """With whom it is about, by whom and in whose name."""
        return self.select_related("person", "by", "country", "organization").prefetch_related("scope")

    def open(self) -> "EndorsementQuerySet":
        """Neither ended nor run out, whether it was answered or not."""
        return self.filter(ended_at=None, until__gte=timezone.localdate())

    def waiting(self) -> "EndorsementQuerySet":
        """Those that their person has not answered yet."""
        return self.open().filter(accepted_at=None)

    def standing(self, today: date | None = None) -> "EndorsementQuerySet":
        """Those that others may know of: accepted, within the term, the account open."""
        today = today or timezone.localdate()
        return self.filter(
            ended_at=None,
            accepted_at__isnull=False,
            since__lte=today,
            until__gte=today,
            person__is_active=True,
        )

    def in_name_of(self, countries: set[int], organizations: set[int]) -> "EndorsementQuerySet":
        return self.filter(Q(country__in=countries) | Q(organization__in=organizations))


class RosterQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "RosterQuerySet":
        """Rosters are public, with their mandate and criteria; who stands on them shows herself or not."""
        return self

    def open(self) -> "RosterQuerySet":
        return self.filter(closed_at=None)

    def kept_by(self, viewer: Viewer) -> "RosterQuerySet":
        return self.filter(pk__in=viewer.ids("roster", "keeper"))


class KeeperQuerySet(models.QuerySet):
    def current(self) -> "KeeperQuerySet":
        return self.filter(until=None)


class EntryQuerySet(models.QuerySet):
    def whole(self) -> "EntryQuerySet":
        return self.select_related("roster", "person", "country", "organization")

    def visible_to(self, viewer: Viewer) -> "EntryQuerySet":
        """The whole of an entry: for its person, the keepers, and those who act for whom nominated her."""
        if not viewer.is_member:
            return self.none()
        parties = viewer.ids("focal_point") | viewer.ids("alternate")
        return self.filter(
            Q(person=viewer.user_id)
            | Q(roster__in=viewer.ids("roster", "keeper"))
            | Q(country__in=parties)
            | Q(organization__in=viewer.ids("officer"))
        )

    def open(self) -> "EntryQuerySet":
        """Not ended, whatever it waits for."""
        return self.filter(ended_at=None, roster__closed_at=None)

    def waiting_for_person(self) -> "EntryQuerySet":
        return self.open().filter(accepted_at=None)

    def waiting_for_keeper(self) -> "EntryQuerySet":
        return self.open().filter(accepted_at__isnull=False, approved_at=None)

    def active(self) -> "EntryQuerySet":
        """Those on the roster."""
        return self.open().filter(approved_at__isnull=False, person__is_active=True)

    def to_renew(self) -> "EntryQuerySet":
        """Those whose term ends soon."""
        return self.active().filter(term_told_at__isnull=False)

    def sinking(self) -> "EntryQuerySet":
        """Those that have not been confirmed come last: ``sunk`` is 1 for them."""
        return self.annotate(
            sunk=Case(When(stale_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
        )

    def to_confirm(self) -> "EntryQuerySet":
        """Those that were asked whether they are still true and have not answered."""
        return self.active().filter(asked_at__isnull=False)
