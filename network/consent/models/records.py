"""What holders said, what is owed to them, what left, and what others must be told."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.consent.decision import Clause
from network.consent.enums import Act, Agreement, Basis, ChangeKind, DutyKind, Method, RecordKind, Voice
from network.consent.models.holders import Authority, CommunityProtocol, Holder
from network.consent.models.items import KnowledgeItem
from network.consent.querysets import DutyQuerySet, RecordQuerySet, ReleaseQuerySet


class ConsentRecord(models.Model):
    """What one holder said about one item, once and for all.

    Append-only in the database itself; ids and codes only, so that erasing a person or a note breaks nothing.
    Each record carries the hash of the one before it. ``signers`` are the authorities who agreed,
    ``recipients`` the keys of those to whom it was given, ``permit`` the number of a certificate of
    compliance (IRCC) or national permit; ``visibility`` says field by field who may read it (sealed if it is
    not named).
    """

    item = models.ForeignKey(
        KnowledgeItem, on_delete=models.DO_NOTHING, related_name="records", db_constraint=False
    )
    number = models.PositiveIntegerField()
    holder = models.ForeignKey(Holder, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    authority = models.ForeignKey(
        Authority, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=12, choices=RecordKind)
    basis = models.CharField(max_length=12, choices=Basis, blank=True)
    method = models.CharField(max_length=12, choices=Method)
    preset = models.CharField(max_length=20, blank=True)
    signers = models.JSONField(default=list)
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.GENERAL)
    protocol = models.ForeignKey(
        CommunityProtocol, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    request = models.UUIDField(null=True)
    recipients = models.JSONField(default=list)
    permit = models.CharField(max_length=80, blank=True)
    agreement = models.CharField(max_length=12, choices=Agreement, blank=True)
    visibility = models.JSONField(default=dict)
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    recorded_by = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    closing = models.UUIDField(null=True, unique=True)
    hash = models.CharField(max_length=64)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent record")
        verbose_name_plural = _("consent records")
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="consent_record_number_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}: {self.kind}"

    def payload(self, clauses: list[Clause], duties: Iterable["Duty"] = ()) -> dict[str, Any]:
        """What the hash covers: all that the record says, with its scopes and duties.

        What a record does not say is left out, so that a column added later changes no older hash.
        """
        optional = {
            "signers": self.signers,
            "voice": self.voice if self.voice != Voice.GENERAL else "",
            "protocol": self.protocol_id,
            "request": self.request,
            "recipients": self.recipients,
            "permit": self.permit,
            "agreement": self.agreement,
            "visibility": self.visibility,
            "valid_from": self.valid_from and self.valid_from.timestamp(),
            "valid_until": self.valid_until and self.valid_until.timestamp(),
            "duties": [duty.said() for duty in duties],
        }
        return {name: value for name, value in optional.items() if value} | {
            "item": self.item_id,
            "number": self.number,
            "holder": self.holder_id,
            "authority": self.authority_id,
            "kind": self.kind,
            "basis": self.basis,
            "method": self.method,
            "preset": self.preset,
            "review_on": self.review_on,
            "recorded_by": self.recorded_by,
            "closing": self.closing,
            "at": self.at.timestamp(),
            "clauses": sorted((clause.said() for clause in clauses), key=str),
        }


class Scope(models.Model):
    """One thing that a record allows. Nothing is meant by what is left out: no exit listed, no exit open."""

    record = models.ForeignKey(
        ConsentRecord, on_delete=models.DO_NOTHING, related_name="scopes", db_constraint=False
    )
    audience = models.CharField(max_length=60)
    actions = models.JSONField()
    exits = models.JSONField()
    languages = models.JSONField()
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    months = models.JSONField(default=list)
    onward = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.audience}"

    @classmethod
    def from_clause(cls, record: ConsentRecord, clause: Clause) -> "Scope":
        return cls(
            record=record,
            audience=clause.audience,
            actions=sorted(clause.actions),
            exits=sorted(clause.exits),
            languages=sorted(clause.languages),
            starts=clause.starts,
            ends=clause.ends,
            months=sorted(clause.months),
            onward=clause.onward,
        )

    @property
    def clause(self) -> Clause:
        return Clause(
            audience=self.audience,
            actions=frozenset(self.actions),
            exits=frozenset(self.exits),
            languages=frozenset(self.languages),
            starts=self.starts,
            ends=self.ends,
            months=frozenset(self.months),
            onward=self.onward,
        )


class Duty(models.Model):
    """Something that a record asks of those who use what is shared; its words, if any, are a sealed part.

    ``suspends``: once it is overdue and nothing was delivered, the record allows nothing any more.
    """

    record = models.ForeignKey(
        ConsentRecord, on_delete=models.DO_NOTHING, related_name="duties", db_constraint=False
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("duty"), max_length=12, choices=DutyKind)
    due_on = models.DateField(_("due on"), null=True)
    suspends = models.BooleanField(default=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="consent_duty_number_once")]

    def __str__(self) -> str:
        return f"{self.record_id}, {self.number}: {self.kind}"

    def said(self) -> list:
        """The duty in plain values, for the hash of its record."""
        return [self.number, str(self.kind), self.due_on and self.due_on.isoformat(), self.suspends]

    @property
    def part(self) -> str:
        """The name of the sealed part that holds its words."""
        return f"duty{self.record.number * 100 + self.number}"


class Delivery(models.Model):
    """That what a duty asks for was brought, as somebody of the holder's side saw it."""

    duty = models.ForeignKey(
        Duty, on_delete=models.DO_NOTHING, related_name="deliveries", db_constraint=False
    )
    confirmed_by = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"delivery for {self.duty_id}"


class Release(models.Model):
    """That a part left, through which exit, to whom (a pseudonym; none for the public) and by what right."""

    item_id = models.UUIDField()
    part = models.CharField(max_length=30)
    language = models.CharField(max_length=35)
    exit = models.CharField(max_length=30)
    actor = models.UUIDField(null=True)
    code = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        indexes = [models.Index(fields=["item_id", "-at"], name="consent_release_of_item")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.part} through {self.exit}"


class Change(models.Model):
    """One line of the change feed; a change that asks to delete is the item's tombstone.

    ``number`` comes from the outbox stream, whose counter is locked, so that nobody who asks for
    'everything after n' misses a late commit. The line outlives whatever is cleared from the outbox.
    """

    number = models.BigIntegerField(primary_key=True)
    item_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, choices=ChangeKind)
    act = models.CharField(max_length=12, choices=Act)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of consent")
        verbose_name_plural = _("changes of consent")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.act} {self.item_id}"
