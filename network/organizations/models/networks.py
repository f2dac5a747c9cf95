"""Which organization belongs to which network or partnership, and whom one has invited."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.organizations.models.organizations import Organization
from network.organizations.querysets import BelongingQuerySet, InvitationQuerySet


class Belonging(models.Model):
    """An organization belongs to another one, which is a network or partnership: both sides confirm it."""

    member = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="belongings")
    network = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="belonging_here")
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    member_confirmed_at = models.DateTimeField(null=True, blank=True)
    network_confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a network")
        verbose_name_plural = _("members of networks")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "network"], condition=Q(ended_at=None), name="organizations_belongs_once"
            ),
            models.CheckConstraint(condition=~Q(member=F("network")), name="organizations_belongs_to_others"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="organizations_belonging_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.network_id}"


class AffiliationInvitation(models.Model):
    """An officer says that somebody belongs to her organization, and the person says yes or no.

    ``email`` is what the officer typed, kept until there is an answer; she is not told whether it has an
    account.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="affiliation_invitations"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.CharField(_("role"), max_length=150, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation into an organization")
        verbose_name_plural = _("invitations into organizations")

    def __str__(self) -> str:
        return f"{self.person_id} into {self.organization_id}"


class OrganizationMerge(models.Model):
    """Two rows were one organization: what was moved, so that it can be moved back.

    ``changes`` holds ``[model, key, column, former value, new value]``: names, numbers and instants only.
    """

    gone = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    kept = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="merges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    changes = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge of organizations")
        verbose_name_plural = _("merges of organizations")

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
