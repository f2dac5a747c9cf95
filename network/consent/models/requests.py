"""Asking the holders, their talk about it, warnings from others. What is said is sealed; rows hold ids."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.consent.enums import RecordKind, RequestState
from network.consent.models.holders import Authority, Holder
from network.consent.models.items import KnowledgeItem
from network.consent.models.records import ConsentRecord
from network.consent.querysets import FlagQuerySet, ProposalQuerySet, RequestQuerySet
from network.consent.tokens import Token


class ConsentRequest(models.Model):
    """Somebody asks holders to share an item. No answer is a no, and so it stays for as long as they wish.

    ``told``: the holders chose to let her know of a refusal; without that it looks like silence.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="requests")
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consent_requests"
    )
    preset = models.CharField(_("who would read it"), max_length=20)
    audience = models.CharField(max_length=60, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=14, choices=RequestState, default=RequestState.OPEN)
    told = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    record = models.ForeignKey(
        ConsentRecord,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        indexes = [models.Index(fields=["item", "-asked_at"], name="consent_requests_of_item")]

    def __str__(self) -> str:
        return f"request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("consent:request", args=[self.pk])

    @property
    def told_state(self) -> RequestState:
        """What whoever asked knows of it: until the holders tell her something, it waits."""
        told = self.told or self.state in (RequestState.GRANTED, RequestState.TAKEN_BACK)
        return RequestState(self.state) if told else RequestState.OPEN

    @property
    def is_waiting(self) -> bool:
        """Whether, as far as whoever asked knows, an answer may still come."""
        return self.told_state not in (RequestState.GRANTED, RequestState.REFUSED, RequestState.TAKEN_BACK)


class Message(models.Model):
    """One thing said in a request, in any language: written (part ``message<pk>``) or spoken (``voice…``)."""

    request = models.ForeignKey(ConsentRequest, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    from_holders = models.BooleanField()
    language = models.CharField(_("language"), max_length=35)
    spoken = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.request_id}"

    @property
    def part(self) -> str:
        return f"voice{self.pk}" if self.spoken else f"message{self.pk}"

    @property
    def token(self) -> Token:
        return self.request.item.token(self.part)


class Proposal(models.Model):
    """What one authority would say for a holder, waiting until as many as the holder asks for have agreed.

    ``terms`` is what ``record_consent`` takes, in plain values; no words of knowledge are in it.
    """

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="proposals")
    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=12, choices=RecordKind, default=RecordKind.GIVEN)
    terms = models.JSONField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    record = models.ForeignKey(
        ConsentRecord, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("consent:proposal", args=[self.item_id, self.pk])


class Signature(models.Model):
    """That one authority agrees to a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="signatures")
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="+")
    signed_by = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [models.UniqueConstraint(fields=["proposal", "authority"], name="consent_signed_once")]

    def __str__(self) -> str:
        return f"{self.authority_id} signs {self.proposal_id}"


class Flag(models.Model):
    """Somebody warns the holders that an item may not be shared rightly; the words are part ``flag<pk>``.

    It freezes nothing: that is for the holders, who see it at once.
    """

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="flags")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning from others")
        verbose_name_plural = _("warnings from others")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "raised_by"], condition=Q(settled_at=None), name="consent_flag_once"
            )
        ]

    def __str__(self) -> str:
        return f"flag {self.pk} on {self.item_id}"

    @property
    def part(self) -> str:
        return f"flag{self.pk}"

    @property
    def token(self) -> Token:
        return self.item.token(self.part)
