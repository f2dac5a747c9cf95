"""What people are told: rows of ids, and the mails that carry them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.notifications.enums import Channel, MailForm, MailState, Timing
from network.notifications.incoming import (  # noqa: F401 - Django looks for models here
    Bounce,
    IncomingMail,
    MailSuspension,
)
from network.notifications.querysets import (
    NotificationQuerySet,
    OutgoingMailQuerySet,
    PlaceChoiceQuerySet,
)


class Notification(models.Model):
    """One thing that one person is told of.

    ``group`` holds together what is one line in the inbox (``thread:17``), ``place`` is where it happened
    (``community:12``). ``in_inbox`` and ``mail`` are what she had chosen when it happened. ``digest_at`` is
    when a digest takes it along, and empty once one has: so nothing is told in two of them.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=60)
    group = models.CharField(max_length=100)
    place = models.CharField(max_length=60, blank=True)
    ids = models.JSONField(default=dict)
    in_inbox = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, choices=Timing, default=Timing.NEVER)
    digest_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notifications_by_recipient"),
            models.Index(fields=["recipient", "group", "-id"], name="notifications_by_group"),
            models.Index(
                fields=["recipient", "group"],
                condition=models.Q(read_at=None, in_inbox=True),
                name="notifications_unread",
            ),
            models.Index(
                fields=["digest_at", "recipient"],
                condition=models.Q(digest_at__isnull=False),
                name="notifications_digest_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"


class Preference(models.Model):
    """How one person wants to be told of one kind on one channel.

    ``kind`` may also name a family (``family:mention``): that holds for its kinds without a row of their own.
    Without any row the default of the kind holds.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel)
    timing = models.CharField(max_length=10, choices=Timing)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "channel"], name="notifications_preference_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}: {self.timing}"


class Habit(models.Model):
    """When and in which language one person wants her mails; without a row the usual holds.

    Hours and days are those of her own time zone. ``version`` counts what she saved on the page, so that two
    open pages never write over one another.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_habit"
    )
    digest_hour = models.PositiveSmallIntegerField(default=7)
    digest_weekday = models.PositiveSmallIntegerField(default=0)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_to = models.PositiveSmallIntegerField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("habit of mails")
        verbose_name_plural = _("habits of mails")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest_hour__lt=24, digest_weekday__lt=7)
                & (models.Q(quiet_from=None, quiet_to=None) | models.Q(quiet_from__lt=24, quiet_to__lt=24)),
                name="notifications_habit_hours_exist",
            )
        ]

    def __str__(self) -> str:
        return f"Mails of {self.person_id}"


class PlaceChoice(models.Model):
    """What one person wants of one place, against what she chose for all: a community, a thread, a line.

    ``place`` is ``community:12``, ``thread:17`` or any other group of notifications. An empty timing leaves
    her choice for the kind as it is. ``every_post``: each post of this community comes as its own mail, with
    her own ones among them if she wants (``own_posts``).
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_places"
    )
    place = models.CharField(max_length=100)
    inbox = models.CharField(max_length=10, choices=Timing, blank=True)
    mail = models.CharField(max_length=10, choices=Timing, blank=True)
    every_post = models.BooleanField(default=False)
    own_posts = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)

    objects = PlaceChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice for a place")
        verbose_name_plural = _("choices for places")
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="notifications_place_once")]
        indexes = [
            models.Index(fields=["place"], condition=models.Q(every_post=True), name="notifications_lists")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.place}"


class OutgoingMail(models.Model):
    """A mail that is owed. It holds no words: they are made when it is sent, for the person as she is then.

    ``message_id`` is given when the row is written, so that a mail that had to be sent twice (the worker died
    between the server's yes and our note of it) is one mail to the recipient's mail program.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="outgoing_mails",
        help_text=_("Empty for a mail to an address that belongs to nobody here."),
    )
    address = models.EmailField(max_length=254, blank=True)
    form = models.CharField(max_length=10, choices=MailForm, default=MailForm.SINGLE)
    notification_ids = models.JSONField(default=list)
    language = models.CharField(max_length=10, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(address=""),
                name="notifications_mail_has_somebody",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="notifications_mail_due",
            ),
            models.Index(
                fields=["-id"], condition=models.Q(state="failed"), name="notifications_mail_failed"
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
