"""Communities of practice and who belongs to them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Decision, Involvement, Joining, MemberRole, Visibility
from communities.querysets import (
    CommunityQuerySet,
    InvitationQuerySet,
    JoinRequestQuerySet,
    MembershipQuerySet,
    SuspensionQuerySet,
)

INVITATION_DAYS = 30


def _invitation_expiry():
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class Community(models.Model):
    """People who practise the same thing and talk about it. A plain row, not a page of the CMS.

    ``member_count``, ``thread_count``, ``post_count`` and ``last_active_at`` are kept in the transaction of
    the deed that changes them.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(
        _("in one sentence"), max_length=240, help_text=_("Stands under the name in the list of communities.")
    )
    purpose = models.TextField(_("purpose"), help_text=_("What brings these people together."))
    welcome = models.TextField(
        _("welcome"), blank=True, help_text=_("Shown to new members on their first visit.")
    )
    themes = models.ManyToManyField(
        "thesaurus.Term", verbose_name=_("themes"), blank=True, related_name="communities_about"
    )
    languages = models.ManyToManyField(
        "thesaurus.Term",
        verbose_name=_("languages"),
        blank=True,
        limit_choices_to={"domain": "language"},
        related_name="communities_speaking",
    )
    visibility = models.CharField(
        _("who may read"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    joining = models.CharField(_("who may join"), max_length=10, choices=Joining, default=Joining.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    member_count = models.PositiveIntegerField(default=0)
    thread_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_active_at = models.DateTimeField(default=timezone.now)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        indexes = [models.Index(fields=["-last_active_at", "-id"], name="communities_by_activity")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:community", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC


class Membership(models.Model):
    """One stay of one person in one community; whoever comes back gets a new row."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="community_memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER)
    involvement = models.CharField(
        _("tell me of"), max_length=12, choices=Involvement, default=Involvement.MENTIONS
    )
    since = models.DateTimeField(default=timezone.now)
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


class Suspension(models.Model):
    """For a time a member may not take part: who decided it, why, until when."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="suspensions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")

    def __str__(self) -> str:
        return f"{self.membership_id} from {self.since:%Y-%m-%d}"


class Invitation(models.Model):
    """A signed link sent to one address, good for one person and until ``expires_at``."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER)
    language = models.CharField(
        _("language of the letter"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_invitation_expiry)
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


class JoinRequest(models.Model):
    """Somebody asks to join; a facilitator or moderator answers."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="community_join_requests"
    )
    message = models.TextField(_("why you would like to join"), max_length=2000)
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
