"""Items, their sealed parts, and what holders put on them."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.consent import vault
from network.consent.enums import Detail, Exposure, LabelFamily, PartName, ReleaseRule
from network.consent.models.holders import Authority, Holder
from network.consent.querysets import HoldingQuerySet, ItemQuerySet, LabelQuerySet, PartQuerySet
from network.consent.sealed import Sealed
from network.consent.tokens import Token
from network.foundations.chain import START
from network.foundations.tongues import LONGEST_TAG, name_of


class KnowledgeItem(models.Model):
    """Something that holders know. ``title`` is a neutral public name that they approved.

    The row is also the head of the chain of records: whoever adds a record locks it first.
    ``rule`` says who must have agreed before it is shared; ``needed`` is the number for a quorum, ``decider``
    the named authority.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("neutral title"), max_length=150)
    exposure = models.CharField(
        _("how far it may go"), max_length=12, choices=Exposure, default=Exposure.REFERENCE
    )
    archive_url = models.URLField(_("the holders’ own archive"), blank=True)
    holders = models.ManyToManyField(Holder, through="Holding", related_name="items")
    rule = models.CharField(_("who must agree"), max_length=10, choices=ReleaseRule, default=ReleaseRule.ALL)
    needed = models.PositiveSmallIntegerField(_("how many holders"), null=True, blank=True)
    decider = models.ForeignKey(Authority, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    of_women = models.BooleanField(
        _("women’s knowledge"),
        default=False,
        help_text=_("Where a women’s authority is named, she alone decides on sharing it."),
    )
    sources = models.ManyToManyField("self", through="Lineage", symmetrical=False, related_name="descendants")
    head_number = models.PositiveIntegerField(default=0, editable=False)
    head_hash = models.CharField(max_length=64, default=START, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("knowledge item")
        verbose_name_plural = _("knowledge items")
        constraints = [
            models.CheckConstraint(
                condition=~Q(rule="quorum") | Q(needed__gte=1), name="consent_quorum_has_a_number"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consent:item", args=[self.pk])

    def token(self, part: str) -> Token:
        return Token(self.pk, part)


class Lineage(models.Model):
    """That an item goes no farther than ``source``. Each item stands here as its own source, and with every
    item that it was made from, near or far: without these rows nothing of it is released.
    """

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="lineage")
    source = models.ForeignKey(KnowledgeItem, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("lineage")
        constraints = [models.UniqueConstraint(fields=["item", "source"], name="consent_lineage_once")]

    def __str__(self) -> str:
        return f"{self.item_id} from {self.source_id}"


class Holding(models.Model):
    """That a holder holds an item, and the newest record of what it said about it (none: it said nothing).

    ``warnings`` and ``attribution`` are the holder's own for this item.
    """

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="holdings")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="holdings")
    warnings = models.JSONField(_("ask before showing"), default=list, blank=True)
    attribution = models.CharField(_("attribution"), max_length=300, blank=True)
    record = models.ForeignKey(
        "ConsentRecord",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding")
        constraints = [models.UniqueConstraint(fields=["item", "holder"], name="consent_holding_once")]

    def __str__(self) -> str:
        return f"{self.item_id} of {self.holder_id}"


class Label(models.Model):
    """A label of Local Contexts that a holder put on an item: a code and the hub’s ids, no text, no icon.

    What it says is the community's; here it can only narrow (``network.consent.labels``).
    """

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="labels")
    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="labels")
    family = models.CharField(_("family"), max_length=2, choices=LabelFamily)
    code = models.CharField(_("label"), max_length=10)
    hub_project = models.UUIDField(_("project in the hub"), null=True, blank=True)
    hub_label = models.UUIDField(_("label in the hub"), null=True, blank=True)
    applied_by = models.UUIDField()
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "holder", "family", "code"],
                condition=Q(until=None),
                name="consent_label_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.family}:{self.code}"


class Part(models.Model):
    """A sealed text of an item in one language.

    Without ``readers`` it is knowledge, and ``decide`` says who reads it. With ``readers`` it is something
    said *about* the item (how consent came about, a request, an answer): it is read by those keys and
    nobody else, on pages only, and can be erased, which no record can. ``holder`` is whose it is then.

    A part of media has its file in the vault at ``path``, ``size`` bytes when opened, and goes out at
    ``/k/<handle>/``; its text tells what is seen or heard in it.
    """

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=30)
    language = models.CharField(max_length=LONGEST_TAG)
    ciphertext = models.BinaryField()
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    readers = models.JSONField(null=True, blank=True)
    handle = models.UUIDField(null=True, unique=True, editable=False)
    media_type = models.CharField(max_length=60, blank=True)
    path = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    objects = PartQuerySet.as_manager()

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
    def is_knowledge(self) -> bool:
        return self.readers is None

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """With its file; what goes in bulk leaves files that the sweep finds."""
        vault.delete_after_commit(self.path)
        return super().delete(*args, **kwargs)

    @property
    def label(self) -> str | Promise:
        """What kind of text it is: of knowledge by its name, else by what stands before its number."""
        if self.name in PartName.values:
            return PartName(self.name).label
        about = self.name.rstrip("0123456789")
        return Detail(about).label if about in Detail.values else _("Note on the consent")

    def get_language_display(self) -> str:
        return name_of(self.language)


class Fingerprint(models.Model):
    """One mark of a sealed text, made with a secret: tells that words are the same, not what they are."""

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="fingerprints")
    part = models.CharField(max_length=30)
    language = models.CharField(max_length=LONGEST_TAG)
    digest = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "part", "language", "digest"], name="consent_fingerprint_once"
            )
        ]

    def __str__(self) -> str:
        return f"fingerprint of {self.item_id}"
