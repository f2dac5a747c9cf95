"""Findings about calls, cases and reviews: what a viewer may see is decided here."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from network.calls.enums import AssignmentState, Round, SeatState, StageKind
from network.foundations.viewer import Viewer

SECRETARIAT = "role:secretariat"
ACTIVE = (AssignmentState.ASSIGNED, AssignmentState.DONE)


class CallQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "CallQuerySet":
        """Everybody sees a call from its opening on; the secretariat prepares it before."""
        return self if viewer.has(SECRETARIAT) else self.exclude(opened_at=None)


class CaseQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "CaseQuerySet":
        """Who may open the file.

        Those who bring it; the secretariat once it is submitted; a juror while an assignment of hers is
        active. Whoever has a conflict does not see a file that she did not bring, whatever else she is.
        """
        if not viewer.is_member:
            return self.none()
        brought = Q(nominator_id=viewer.user_id) | Q(party_id__in=viewer.ids("focal_point"))
        if viewer.has(SECRETARIAT):
            brought |= Q(entered_by_id=viewer.user_id)
        entrusted = Q(pk__in=self.model.objects.entrusted_to(viewer.user_id).values("pk"))
        if viewer.has(SECRETARIAT):
            entrusted |= Q(submitted_at__isnull=False)
        return self.filter(brought | (entrusted & ~self.conflicted(viewer.user_id)))

    def entrusted_to(self, person_id: int) -> "CaseQuerySet":
        """Cases that this juror scores, once she has disclosed her interests."""
        return self.filter(
            assignments__member__person_id=person_id,
            assignments__member__disclosed_at__isnull=False,
            assignments__state__in=ACTIVE,
        )

    def conflicted(self, person_id: int) -> Q:
        """The condition 'this person has a conflict about this case'."""
        return Q(pk__in=self.model.objects.filter(conflicts__person_id=person_id).values("pk"))

    def at_stage(self, kind: StageKind) -> "CaseQuerySet":
        return self.filter(runs__kind=kind, runs__closed_at=None)


class StageRunQuerySet(models.QuerySet):
    def open(self) -> "StageRunQuerySet":
        return self.filter(closed_at=None)


class PanelMemberQuerySet(models.QuerySet):
    def sitting(self, today: date) -> "PanelMemberQuerySet":
        """Those who can be entrusted with cases: accepted, interests disclosed, term not over."""
        return self.filter(
            Q(until=None) | Q(until__gte=today),
            state=SeatState.ACCEPTED,
            disclosed_at__isnull=False,
            person__is_active=True,
        )


class AssignmentQuerySet(models.QuerySet):
    def active(self) -> "AssignmentQuerySet":
        return self.filter(state__in=ACTIVE)


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ReviewQuerySet":
        """One's own; a colleague's only when the panel of that case has closed, never across a conflict."""
        if not viewer.is_member:
            return self.none()
        own = Q(assignment__member__person_id=viewer.user_id)
        unsealed = Q(assignment__run__closed_at__isnull=False)
        if not viewer.has(SECRETARIAT):
            unsealed &= Q(
                assignment__run__assignments__member__person_id=viewer.user_id,
                assignment__run__assignments__state=AssignmentState.DONE,
            )
        conflicted = Q(
            pk__in=self.model.objects.filter(assignment__case__conflicts__person_id=viewer.user_id)
        )
        return self.filter((own | unsealed) & ~conflicted).distinct()

    def counting(self, round: int = Round.ALONE) -> "ReviewQuerySet":
        """The newest version of each active assignment in this round: the scores that count."""
        newer = self.model.objects.filter(
            assignment=OuterRef("assignment"), round=round, version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer), round=round, assignment__state=AssignmentState.DONE)
