"""Holders, those who belong to them, and those who decide for them."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network.consent.enums import ContactKind, Exposure, HolderKind, Voice
from network.consent.querysets import AttestationQuerySet, HolderQuerySet, RecoveryCodeQuerySet
from network.foundations.tongues import LONGEST_TAG, name_of
from network.thesaurus.models import in_language

_CODES = uuid.UUID("7e6c9c1e-5f0a-5d3b-9a52-3f4d0c7a1b44")


class Holder(models.Model):
    """A people, community, clan, family or keeper, under the names it gives itself.

    ``quorum``: how many of those who decide must agree before anything is shared. Narrowing and stopping
    never need more than one.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=HolderKind)
    names = models.JSONField(
        _("names"), help_text=_("Language code to name; which is their own stands beside it.")
    )
    own_language = models.CharField(
        _("the holders’ own language"),
        max_length=LONGEST_TAG,
        blank=True,
        help_text=_("Which of the names is the one that they give themselves."),
    )
    attribution = models.CharField(
        _("attribution"),
        max_length=300,
        blank=True,
        help_text=_("How the holders wish to be named beside it."),
    )
    contacts = models.JSONField(
        _("how to ask"),
        default=list,
        help_text=_("Public: kinds and words, the way that will last longest first."),
    )
    withheld_words = models.CharField(
        _("words in place of the text"),
        max_length=300,
        blank=True,
        help_text=_("Shown, in the holders’ own words, where a text is withheld."),
    )
    quorum = models.PositiveSmallIntegerField(_("how many must agree"), default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder")
        verbose_name_plural = _("holders")

    def __str__(self) -> str:
        return in_language(self.names)

    def get_absolute_url(self) -> str:
        return reverse("consent:holder", args=[self.pk])

    @property
    def own_tag(self) -> str:
        """The language of their own name; of what was written before that was asked, the first there is."""
        return self.own_language if self.own_language in self.names else next(iter(self.names), "")

    @property
    def own_name(self) -> str:
        return self.names.get(self.own_tag, "")

    @property
    def other_names(self) -> list[tuple[str, str]]:
        """Language and name of all but their own."""
        return [(tag, name) for tag, name in self.names.items() if tag != self.own_tag]

    @property
    def named_as(self) -> str:
        return self.attribution or str(self)

    @property
    def ways_to_ask(self) -> list[str]:
        return ways_to_ask(self.contacts)


def ways_to_ask(contacts: list[dict[str, str]]) -> list[str]:
    """Contacts as words: 'By radio: Fridays at seven'."""
    return [
        f"{ContactKind(contact['kind']).label}: {contact['value']}"
        for contact in contacts
        if contact.get("kind") in ContactKind.values
    ]


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
    """One of the holder's own people, known as such by the holder: gives the key ``holder:<id>``.

    Each circle gives one more, ``holder:<id>:women``. Circles are attested, never taken from a profile.
    """

    circles = models.JSONField(_("circles"), default=list, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("among the holder's own people", "standing")
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "user"], condition=models.Q(until=None), name="consent_standing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.holder_id}"


class Authority(Attestation):
    """Somebody who decides for the holder, by its own law. Women's knowledge has its own voice."""

    office = models.CharField(
        _("office"), max_length=200, help_text=_("For example: Keeper of the seed house.")
    )
    basis = models.CharField(_("by what right"), max_length=300, blank=True)
    voice = models.CharField(_("speaks for"), max_length=10, choices=Voice, default=Voice.GENERAL)

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self) -> str:
        return self.office


class RecoveryCode(models.Model):
    """A code on paper: whoever holds it stops or pauses sharing for the holder, by telephone or logged out.

    Only a digest is kept. ``keeper`` is the person to whom the paper was given; she needs no account.
    """

    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    keeper = models.CharField(_("who keeps it"), max_length=200)
    made_by = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        return f"code {self.pk} of {self.holder_id}"

    @property
    def actor(self) -> uuid.UUID:
        """The pseudonym under which records say that this code was used; it tells nobody's name."""
        return uuid.uuid5(_CODES, str(self.pk))


class CommunityProtocol(models.Model):
    """A community's own rules for its knowledge, in one version. ``text`` is kept in the vault, if at all.

    ``ceiling`` is the farthest that the protocol lets any new item of the holder go.
    """

    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="protocols")
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=LONGEST_TAG)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    url = models.URLField(_("web address"), blank=True)
    absch_id = models.CharField(
        _("record in the ABS Clearing-House"),
        max_length=60,
        blank=True,
        help_text=_("For example ABSCH-CPK-XX-000000."),
    )
    ceiling = models.CharField(
        _("how far it lets knowledge go"), max_length=12, choices=Exposure, default=Exposure.OPEN
    )
    text = models.ForeignKey(
        "KnowledgeItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("community protocol")
        verbose_name_plural = _("community protocols")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["holder", "version"], name="consent_protocol_version_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_language_display(self) -> str:
        return name_of(self.language)
