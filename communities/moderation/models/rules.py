"""What makes a post wait in a community, and how far a member is trusted there."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RuleBook(models.Model):
    """What a community has settled beforehand; one without a row goes by the defaults."""

    community = models.OneToOneField(
        "communities.Community", on_delete=models.CASCADE, related_name="rule_book"
    )
    first_posts = models.PositiveSmallIntegerField(
        _("first posts that wait"),
        default=0,
        validators=[MaxValueValidator(20)],
        help_text=_("So many posts of a new member wait, whatever is in them."),
    )
    trusted_after = models.PositiveSmallIntegerField(
        _("posts until a member is trusted"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("So many posts of hers have to stand. One that was hidden lately takes the trust away."),
    )
    new_links = models.PositiveSmallIntegerField(
        _("links of a new member"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("A post of a new member with more links waits."),
    )
    new_an_hour = models.PositiveSmallIntegerField(
        _("posts of a new member in an hour"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text=_("What comes faster waits."),
    )
    words = models.TextField(
        _("words"),
        blank=True,
        max_length=5000,
        help_text=_("One word or phrase on each line. A post with one of them waits, whoever wrote it."),
    )
    hides_repeats = models.BooleanField(
        _("hold what was removed before"),
        default=True,
        help_text=_("A text that moderators here have turned down or hidden waits when it comes again."),
    )
    report_threshold = models.PositiveSmallIntegerField(
        _("reports that hide a post"),
        default=3,
        validators=[MaxValueValidator(50)],
        help_text=_(
            "So many reports hide a post until a moderator decides. Zero: never. Reports from new accounts "
            "count half. What is written under a mandate or by those who speak for Indigenous peoples and "
            "local communities is never hidden so: two moderators are called instead."
        ),
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("rules of moderation")
        verbose_name_plural = _("rules of moderation")

    def __str__(self) -> str:
        return f"rules of {self.community_id}"


class Standing(models.Model):
    """What a member has done in a community, counted: how far she is trusted follows from it.

    ``hidden`` counts posts that were hidden or turned down in the last ninety days.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    posts = models.PositiveIntegerField(default=0)
    threads_read = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)
    vouched = models.BooleanField(default=False)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = pgettext_lazy("how far a member is trusted", "standing")
        verbose_name_plural = pgettext_lazy("how far a member is trusted", "standings")
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="moderation_stands_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.community_id}: {self.posts}"


class Print(models.Model):
    """The digest of a text that moderators of a community have turned down or hidden: no word of it."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("print of a removed text")
        verbose_name_plural = _("prints of removed texts")
        constraints = [
            models.UniqueConstraint(fields=["community", "digest"], name="moderation_printed_once")
        ]

    def __str__(self) -> str:
        return self.digest[:12]
