"""In what capacity somebody speaks in a community, who gave it to her, and until when."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from communities.enums import Capacity, MandateState, Source
from communities.models.community import Community
from communities.querysets import ANSWER_TIME, MandateQuerySet

#: What the thesaurus knows of a country that is a Party to the Convention.
PARTY = "cbd_party"


def _today() -> date:
    return timezone.localdate()


class Mandate(models.Model):
    """Somebody asks to speak for others in one community; those others say yes or no.

    To speak for oneself needs no row. Whom it is for never changes: whoever needs another asks anew. What
    happened to it is kept with who and when; ``answered_as`` is by what office it was answered, and
    ``answered_for`` is the focal point in whose place an alternate did.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="mandates")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="mandates"
    )
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity)
    country = models.ForeignKey(
        "thesaurus.Term", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder = models.ForeignKey(
        "consent.Holder", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    named = models.CharField(_("people or community"), max_length=200, blank=True)
    themes = models.ManyToManyField("thesaurus.Term", verbose_name=_("themes"), blank=True, related_name="+")
    since = models.DateField(_("from"), default=_today)
    until = models.DateField(_("last day"))
    asked_at = models.DateTimeField(default=timezone.now)
    granted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_as = models.CharField(max_length=12, choices=Source, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity="government", country__isnull=False, organization=None, holder=None)
                | Q(capacity="organization", organization__isnull=False, country=None, holder=None)
                | Q(capacity="peoples", country=None),
                name="communities_mandate_fits_capacity",
            ),
            models.CheckConstraint(
                condition=Q(granted_at=None) | Q(declined_at=None), name="communities_mandate_one_answer"
            ),
        ]
        indexes = [models.Index(fields=["community", "user"], name="communities_mandates_of")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.community_id}: {self.capacity}"

    def state(self, at: datetime | None = None) -> MandateState:
        """Computed from the clock: nothing has to run for a mandate to end or to show as self-declared."""
        at = at or timezone.now()
        if self.withdrawn_at:
            return MandateState.WITHDRAWN
        if self.ended_at:
            return MandateState.ENDED
        if self.declined_at:
            return MandateState.DECLINED
        if timezone.localdate(at) > self.until:
            return MandateState.OVER
        if self.granted_at:
            return MandateState.GRANTED
        return MandateState.DECLARED if at >= self.declared_from else MandateState.WAITING

    @property
    def declared_from(self) -> datetime:
        return self.asked_at + ANSWER_TIME

    @property
    def current_state(self) -> MandateState:
        return self.state()

    @property
    def is_open(self) -> bool:
        return self.state() in (MandateState.WAITING, MandateState.DECLARED, MandateState.GRANTED)

    @property
    def may_speak(self) -> bool:
        """Whether she writes in this capacity today: granted, or unanswered for ten days; within its term."""
        begun = self.since <= timezone.localdate()
        return begun and self.state() in (MandateState.GRANTED, MandateState.DECLARED)

    @property
    def whom(self) -> str:
        """Whose name she speaks in."""
        if self.country:
            return self.country.name
        if self.organization:
            return self.organization.title
        return self.named or (str(self.holder) if self.holder else "")

    @property
    def line(self) -> str:
        """As it stands beside a name: ``for the Government of Kenya``."""
        if self.capacity == Capacity.GOVERNMENT:
            return __("for the Government of %(country)s") % {"country": self.whom}
        if self.capacity == Capacity.PEOPLES:
            return __("for %(people)s, Indigenous peoples and local communities") % {"people": self.whom}
        return __("for %(organization)s") % {"organization": self.whom}

    @property
    def stood_in(self) -> str:
        """Who decided last on it as an alternate, and of whom; empty where an office decided by itself."""
        by, of = self.answered_by, self.answered_for
        if self.withdrawn_at:
            by, of = self.withdrawn_by, self.withdrawn_for
        if by is None or of is None:
            return ""
        return __("Answered by %(name)s as the alternate of %(focal_point)s") % {
            "name": by.get_full_name(),
            "focal_point": of.get_full_name(),
        }

    @property
    def is_of_party(self) -> bool:
        return bool(self.country and self.country.facts.get(PARTY))
