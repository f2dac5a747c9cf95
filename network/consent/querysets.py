"""Findings in the room ``consent``."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connections, models, router
from django.db.models import Count, Expression, Max, Min, Q
from django.db.models.sql import InsertQuery
from django.utils import timezone

from network.consent.enums import Exposure, RecordKind, RequestState
from network.foundations.viewer import anonymous

if TYPE_CHECKING:
    from network.foundations.viewer import Viewer

STEWARD = "role:steward"


def _in_force(at: datetime | Expression) -> Q:
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


class AttestationQuerySet(models.QuerySet):
    """Rows with ``since`` and ``until``."""

    def in_force(self, at: datetime | Expression | None = None) -> "AttestationQuerySet":
        return self.filter(_in_force(at or timezone.now()))


class HolderQuerySet(models.QuerySet):
    def visible_to(self, viewer: "Viewer") -> "HolderQuerySet":
        """In the workspace: stewards see whom they serve, people of the holders see themselves."""
        if viewer.has(STEWARD):
            return self
        return self.filter(pk__in=viewer.ids("holder"))


class ItemQuerySet(models.QuerySet):
    def held_by(self, viewer: "Viewer") -> "ItemQuerySet":
        """Items of holders to whom she belongs."""
        holdings = self.model.holders.through.objects.filter(holder__in=viewer.ids("holder"))
        return self.filter(pk__in=holdings.values("item"))

    def visible_to(self, viewer: "Viewer") -> "ItemQuerySet":
        """What the workspace shows: its own to each holder, and to stewards all that is not hidden."""
        if viewer.has(STEWARD):
            return self.discoverable_by(viewer)
        return self.held_by(viewer)

    def entrusted(self) -> "ItemQuerySet":
        """What somebody told of others' knowledge, and about which its holders have not spoken yet."""
        return self.filter(parts__name="body", parts__readers__isnull=False).distinct()

    def asleep_since(self, at: datetime) -> "ItemQuerySet":
        """Items whose holders stopped sharing before ``at`` and have said nothing else since."""
        holdings = self.model.holders.through.objects
        woken = ~Q(record__kind=RecordKind.WITHDRAWN) | Q(record__at__gte=at)
        stopped = holdings.filter(record__kind=RecordKind.WITHDRAWN, record__at__lt=at)
        return self.filter(pk__in=stopped.values("item")).exclude(
            pk__in=holdings.filter(record__isnull=False).filter(woken).values("item")
        )

    def discoverable_by(self, viewer: "Viewer") -> "ItemQuerySet":
        """Whose neutral title she may know: hidden items are there for their holders alone.

        So are those that were made from a hidden one.
        """
        hidden = self.model.objects.filter(exposure=Exposure.HIDDEN).exclude(
            pk__in=self.model.objects.held_by(viewer).values("pk")
        )
        made_from_hidden = self.model.sources.through.objects.filter(source__in=hidden)
        return self.exclude(pk__in=hidden.values("pk")).exclude(pk__in=made_from_hidden.values("item"))

    def placeable(self) -> "ItemQuerySet":
        """What may be named on a page: an editor of it is not one of the holders, nor are its readers."""
        return self.discoverable_by(anonymous())


class HoldingQuerySet(models.QuerySet):
    def to_look_at_again(self, day: date) -> "HoldingQuerySet":
        """Consent that stands, and that its holders wanted to look at again by now."""
        due = self.filter(record__kind=RecordKind.GIVEN, record__review_on__lte=day)
        return due.select_related("item", "holder", "record").order_by("record__review_on", "pk")


class PartQuerySet(models.QuerySet):
    def knowledge(self) -> "PartQuerySet":
        """Parts that ``decide`` speaks about; the others are things said about the item."""
        return self.filter(readers__isnull=True)

    def notes(self) -> "PartQuerySet":
        return self.filter(readers__isnull=False)

    def copies(self) -> "PartQuerySet":
        """Words that repeat an item and were kept with it."""
        return self.notes().filter(name__regex=r"^held[0-9]+$")


class LabelQuerySet(models.QuerySet):
    def in_force(self) -> "LabelQuerySet":
        return self.filter(until=None)


class RecoveryCodeQuerySet(models.QuerySet):
    def in_force(self) -> "RecoveryCodeQuerySet":
        return self.filter(revoked_at=None)


class RequestQuerySet(models.QuerySet):
    def open(self) -> "RequestQuerySet":
        return self.filter(state__in=(RequestState.OPEN, RequestState.DELIBERATING))

    def waiting(self) -> "RequestQuerySet":
        """Those on which whoever asked was told nothing: a refusal in silence looks like no answer yet."""
        untold = Q(state=RequestState.REFUSED, told=False)
        return self.filter(Q(state__in=(RequestState.OPEN, RequestState.DELIBERATING)) | untold)

    def by(self, viewer: "Viewer") -> "RequestQuerySet":
        return self.filter(requester=viewer.user_id) if viewer.is_member else self.none()

    def to_people_of(self, viewer: "Viewer") -> "RequestQuerySet":
        """Those to holders to whom she belongs or whom she serves as a steward."""
        items = self.model._meta.get_field("item").related_model.objects
        return self.filter(item__in=items.visible_to(viewer))

    def visible_to(self, viewer: "Viewer") -> "RequestQuerySet":
        """Her own requests, and those to holders to whom she belongs or whom she serves as a steward."""
        own = Q(requester=viewer.user_id) if viewer.is_member else Q(pk__in=[])
        return self.filter(own | Q(pk__in=self.model.objects.to_people_of(viewer).values("pk")))


class ProposalQuerySet(models.QuerySet):
    def open(self) -> "ProposalQuerySet":
        return self.filter(closed_at=None)


class FlagQuerySet(models.QuerySet):
    def open(self) -> "FlagQuerySet":
        return self.filter(settled_at=None)


class DutyQuerySet(models.QuerySet):
    def in_force(self) -> "DutyQuerySet":
        """Duties of records that still speak for their holder."""
        items = self.model._meta.get_field("record").related_model._meta.get_field("item").related_model
        return self.filter(record__in=items.holders.through.objects.exclude(record=None).values("record"))

    def owed_to(self, viewer: "Viewer") -> "DutyQuerySet":
        """Of items that the workspace shows her; what is owed to other holders of one of them is theirs.

        Stewards see what is owed to those whom they serve.
        """
        items = self.model._meta.get_field("record").related_model._meta.get_field("item").related_model
        owed = self.in_force().filter(record__item__in=items.objects.visible_to(viewer))
        return owed if viewer.has(STEWARD) else owed.filter(record__holder__in=viewer.ids("holder"))

    def undelivered(self) -> "DutyQuerySet":
        return self.filter(deliveries=None)

    def overdue(self, day: date) -> "DutyQuerySet":
        return self.undelivered().filter(due_on__lt=day)


class RecordQuerySet(models.QuerySet):
    def in_order(self) -> "RecordQuerySet":
        return self.order_by("number")


def _in_one_statement(using: str, fields: list[models.Field], rows: list[models.Model]) -> int:
    return connections[using].ops.bulk_batch_size(fields, rows)


class ReleaseQuerySet(models.QuerySet):
    def write(self, rows: list[models.Model]) -> None:
        """One statement, and no transaction begun and ended around it where none is open: a page of released
        knowledge is asked for by readers, and waits for each of them."""
        using = router.db_for_write(self.model)
        fields = [field for field in self.model._meta.concrete_fields if not field.primary_key]
        if connections[using].in_atomic_block or len(rows) > _in_one_statement(using, fields, rows):
            self.bulk_create(rows)
        elif rows:
            query = InsertQuery(self.model)
            query.insert_values(fields, rows)
            query.get_compiler(using=using).execute_sql()

    def to_others(self) -> "ReleaseQuerySet":
        """What left under terms; not what holders, and those they talk to, read as their own."""
        return self.exclude(code__in=("own_use", "party"))

    def by_receiver(self) -> "ReleaseQuerySet":
        """One row for each exit and person (none: the public), with how often, from when until when.

        ``newest`` is a key to page by: no two rows have it in common.
        """
        return self.values("exit", "actor").annotate(
            times=Count("id"), first=Min("at"), last=Max("at"), newest=Max("id")
        )

    def to_somebody_like(self, viewer: "Viewer") -> "ReleaseQuerySet":
        """Releases to this person or to nobody in particular, which may have been anybody."""
        had_by = Q(actor=None)
        if viewer.is_member:
            had_by |= Q(actor=viewer.user.actor_id)
        return self.filter(had_by)


class ClosingQuerySet(models.QuerySet):
    def unsettled(self) -> "ClosingQuerySet":
        return self.filter(settled_at=None)
