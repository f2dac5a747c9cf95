"""Lists of people that offices bring in, and what becomes of those who stand in them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.accounts.enums import ListState


class PeopleList(models.Model):
    """One file on its way in: uploaded, its columns told, tried, then taken in by the worker.

    ``content`` is the table as it was read, packed; it goes as soon as it is done. ``reasons`` tells rows
    that could not be taken, ``rejected`` is a table of them to mend, kept for some days.
    """

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(_("name of the list"), max_length=150)
    file_name = models.CharField(max_length=150)
    content = models.BinaryField(null=True)
    columns = models.JSONField(default=dict)
    invite = models.BooleanField(_("invite the people"), default=False)
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    tried = models.JSONField(null=True)
    reasons = models.JSONField(default=list)
    rejected = models.BinaryField(null=True)
    finished_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        indexes = [models.Index(fields=["-uploaded_at"], name="accounts_lists_by_age")]

    def __str__(self) -> str:
        return self.name


class ListShape(models.Model):
    """What the columns of lists with this header were said to hold, for the next list of the same shape."""

    header_hash = models.CharField(max_length=64, unique=True)
    columns = models.JSONField(default=dict)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("shape of lists")
        verbose_name_plural = _("shapes of lists")

    def __str__(self) -> str:
        return self.header_hash[:12]


class ListedPerson(models.Model):
    """This person's account was made from a list; whether she has been written to, which happens once."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="from_list"
    )
    list_name = models.CharField(max_length=150, blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("person from a list")
        verbose_name_plural = _("people from lists")

    def __str__(self) -> str:
        return self.list_name


class ListRefusal(models.Model):
    """Somebody did not want to be here: lists that name her address again leave her out.

    Only a keyed hash of the address is kept.
    """

    email_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refusal of a list")
        verbose_name_plural = _("refusals of lists")

    def __str__(self) -> str:
        return self.email_hash[:12]


class ListSuggestion(models.Model):
    """A list says otherwise than the profile that its person keeps herself: shown to her, never written.

    ``values`` holds the fields in question as the list has them; a newer list takes the place of an older
    one. ``declined`` remembers what she did not want, so that the same list does not ask her again.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_suggestion"
    )
    list_name = models.CharField(max_length=150, blank=True)
    values = models.JSONField(default=dict)
    declined = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("suggestion from a list")
        verbose_name_plural = _("suggestions from lists")

    def __str__(self) -> str:
        return self.list_name
