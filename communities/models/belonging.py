"""Who belongs to a community, and how she came in."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Decision, Involvement, MemberRole
from communities.models.community import Community
from communities.querysets import (
    InvitationQuerySet,
    JoinRequestQuerySet,
    MembershipQuerySet,
    RestrictionQuerySet,
)

INVITATION_DAYS = 30
#: Nobody is reminded of an invitation more often than this.
REMINDED_EVERY = timedelta(days=7)


def _invitation_expiry():
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class Membership(models.Model):
    """One stay of one person in one community; whoever comes back gets a new row.

    ``conduct_version`` is the code of conduct that she has agreed to last.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="community_memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER)
    involvement = models.CharField(
        _("tell me of"), max_length=12, choices=Involvement, default=Involvement.MENTIONS
    )
    since = models.DateTimeField(default=timezone.now)
    conduct_version = models.PositiveIntegerField(default=0)
    conduct_accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"], condition=Q(ended_at=None), name="communities_member_once"
            )
        ]
        indexes = [models.Index(fields=["community", "since", "id"], name="communities_members_in_order")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.community_id}: {self.role}"


class Restriction(models.Model):
    """What a member may not do for a time: who decided it, why, until when."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="%(class)ss")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.membership_id} from {self.since:%Y-%m-%d}"


class Suspension(Restriction):
    """A member may not take part: neither write nor read what is for members."""

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")


class Silence(Restriction):
    """A member reads on and does not write."""

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")


class Invitation(models.Model):
    """A signed link sent to one address, good for one person and until ``expires_at``.

    ``nominated_for`` is the country whose focal point nominates her, where joining goes that way. ``person``
    is somebody of the network who was invited by her name: whoever invites her is never shown her address.
    ``sent_at`` is when the letter went out, ``reminded_at`` when it was last sent again.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER)
    language = models.CharField(
        _("language of the letter"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(default=_invitation_expiry)
    nominated_for = models.ForeignKey(
        "thesaurus.Term", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "community",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="communities_invited_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.community_id}"

    @property
    def addressee(self) -> str:
        """As those who look after the community may read it: somebody invited by her name by that alone."""
        return self.person.get_full_name() if self.person else self.email

    @property
    def may_be_reminded(self) -> bool:
        lately = timezone.now() - REMINDED_EVERY
        return self.invited_at <= lately and (self.reminded_at is None or self.reminded_at <= lately)


class JoinRequest(models.Model):
    """Somebody asks to join; a facilitator or moderator answers.

    ``answers`` keeps each question as it was put, with what she said to it.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="community_join_requests"
    )
    message = models.TextField(_("why you would like to join"), max_length=2000)
    answers = models.JSONField(default=list, blank=True)
    conduct_version = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(_("answer"), max_length=10, choices=Decision, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"], condition=Q(decided_at=None), name="communities_asked_once"
            )
        ]
        indexes = [models.Index(fields=["community", "asked_at", "id"], name="communities_requests_in_order")]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.community_id}"
