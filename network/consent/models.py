"""The vault and its records.

Two databases: sealed texts and records in the main one, the keys that open them in ``keys``. Everything else
in the project holds tokens.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.consent.decision import Clause
from network.consent.enums import Act, Basis, Exposure, HolderKind, Method, PartName, RecordKind
from network.consent.querysets import (
    AttestationQuerySet,
    ClosingQuerySet,
    HolderQuerySet,
    ItemQuerySet,
    RecordQuerySet,
    ReleaseQuerySet,
)
from network.consent.sealed import Sealed
from network.consent.tokens import Token
from network.foundations.chain import START
from network.thesaurus.models import in_language


class Holder(models.Model):
    """A people, community, clan, family or keeper, under the names it gives itself."""

    kind = models.CharField(_("kind"), max_length=12, choices=HolderKind)
    names = models.JSONField(
        _("names"), help_text=_("Language code to name; the holders’ own language first.")
    )
    attribution = models.CharField(
        _("attribution"),
        max_length=300,
        blank=True,
        help_text=_("How the holders wish to be named beside it."),
    )
    contact = models.CharField(
        _("how to ask"),
        max_length=300,
        help_text=_("Public: an office, a telephone number, an e-mail address."),
    )
    withheld_words = models.CharField(
        _("words in place of the text"),
        max_length=300,
        blank=True,
        help_text=_("Shown, in the holders’ own words, where a text is withheld."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder")
        verbose_name_plural = _("holders")

    def __str__(self) -> str:
        return in_language(self.names)

    @property
    def named_as(self) -> str:
        return self.attribution or str(self)


class Attestation(models.Model):
    """That a person stands in a relation to a holder, who attested it, and from when until when."""

    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="%(class)s_set")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    attested_by = models.UUIDField(_("attested by"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        abstract = True


class Standing(Attestation):
    """One of the holder's own people, known as such by the holder: gives the key ``holder:<id>``."""

    class Meta:
        verbose_name = _("standing")
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "user"], condition=models.Q(until=None), name="consent_standing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.holder_id}"


class Authority(Attestation):
    """Somebody who decides for the holder, by its own law."""

    office = models.CharField(
        _("office"), max_length=200, help_text=_("For example: Keeper of the seed house.")
    )
    basis = models.CharField(_("by what right"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self) -> str:
        return self.office


class KnowledgeItem(models.Model):
    """Something that holders know. ``title`` is a neutral public name that they approved.

    The row is also the head of the chain of records: whoever adds a record locks it first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("neutral title"), max_length=150)
    exposure = models.CharField(
        _("how far it may go"), max_length=12, choices=Exposure, default=Exposure.REFERENCE
    )
    archive_url = models.URLField(_("the holders’ own archive"), blank=True)
    holders = models.ManyToManyField(Holder, through="Holding", related_name="items")
    head_number = models.PositiveIntegerField(default=0, editable=False)
    head_hash = models.CharField(max_length=64, default=START, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("knowledge item")
        verbose_name_plural = _("knowledge items")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consent:item", args=[self.pk])

    def token(self, part: str) -> Token:
        return Token(self.pk, part)


class Holding(models.Model):
    """That a holder holds an item, and the newest record of what it said about it (none: it said nothing)."""

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="holdings")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="holdings")
    record = models.ForeignKey(
        "ConsentRecord",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )

    class Meta:
        verbose_name = _("holding")
        constraints = [models.UniqueConstraint(fields=["item", "holder"], name="consent_holding_once")]

    def __str__(self) -> str:
        return f"{self.item_id} of {self.holder_id}"


class Part(models.Model):
    """A sealed text of an item in one language.

    Notes on how consent came about are parts too (``note3`` for record 3): they belong to one ``holder``,
    leave through no exit but its own workspace, and can be erased, which no record can.
    """

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=30)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    ciphertext = models.BinaryField()
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sealed part")
        verbose_name_plural = _("sealed parts")
        constraints = [
            models.UniqueConstraint(fields=["item", "name", "language"], name="consent_part_once_a_language")
        ]

    def __str__(self) -> str:
        return str(self.token)

    @property
    def token(self) -> Token:
        return Token(self.item_id, self.name)

    @property
    def sealed(self) -> Sealed:
        return Sealed(self.token, bytes(self.ciphertext))

    @property
    def label(self) -> str:
        return PartName(self.name).label if self.name in PartName.values else _("Note on the consent")


class ConsentRecord(models.Model):
    """What one holder said about one item, once and for all.

    Append-only in the database itself; ids and codes only, so that erasing a person or a note breaks nothing.
    Each record carries the hash of the one before it.
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

    def payload(self, clauses: list[Clause]) -> dict[str, Any]:
        """What the hash covers: all that the record says, its scopes included."""
        return {
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
        )


class Release(models.Model):
    """That a part left, through which exit, to whom (a pseudonym; none for the public) and by what right."""

    item_id = models.UUIDField()
    part = models.CharField(max_length=30)
    language = models.CharField(max_length=10)
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
    kind = models.CharField(max_length=12, choices=RecordKind)
    act = models.CharField(max_length=12, choices=Act)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of consent")
        verbose_name_plural = _("changes of consent")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.act} {self.item_id}"


class ItemKey(models.Model):
    """In the keys database: the key of one item, wrapped. Closed, it opens nothing; destroyed, it is gone."""

    item_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("item key")
        verbose_name_plural = _("item keys")

    def __str__(self) -> str:
        return f"key of {self.item_id}"

    @property
    def opens(self) -> bool:
        return self.closed_at is None and self.destroyed_at is None and bool(self.wrapped)

    def destroy(self) -> None:
        """Forget the key: from now on nobody can open the item, in no backup of the other database either."""
        now = timezone.now()
        self.wrapped = b""
        self.closed_at = self.closed_at or now
        self.destroyed_at = now
        self.save(update_fields=["wrapped", "closed_at", "destroyed_at"])


class Closing(models.Model):
    """In the keys database: that a withdrawal began. Settled once the main database has its record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item_id = models.UUIDField(db_index=True)
    holder_id = models.BigIntegerField()
    actor = models.UUIDField()
    method = models.CharField(max_length=12, choices=Method)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")

    def __str__(self) -> str:
        return f"closing of {self.item_id} by {self.holder_id}"
