"""A community of practice, its code of conduct and what it keeps at hand."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Joining, Visibility
from communities.querysets import CommunityQuerySet, ResourceQuerySet


def file_storage() -> FileSystemStorage:
    """Outside everything that is served: a view asks who may read the community."""
    return FileSystemStorage(location=settings.VAR_DIR / "community_files", base_url=None)


class Community(models.Model):
    """People who practise the same thing and talk about it. A plain row, not a page of the CMS.

    ``member_count``, ``thread_count``, ``post_count`` and ``last_active_at`` are kept in the transaction of
    the deed that changes them. ``questions`` are put to those who ask to join; ``conduct_version`` names the
    code of conduct in force, 0 the one that every community begins with.
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
    questions = models.JSONField(default=list, blank=True)
    conduct_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closing_reason = models.TextField(blank=True)
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


class Conduct(models.Model):
    """A code of conduct in one version; earlier ones stay, for people have agreed to them."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="conducts")
    version = models.PositiveIntegerField()
    html = models.TextField(_("code of conduct"))
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("code of conduct")
        verbose_name_plural = _("codes of conduct")
        constraints = [
            models.UniqueConstraint(fields=["community", "version"], name="communities_conduct_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.community_id}, version {self.version}"


class Resource(models.Model):
    """A link or a document that those who look after a community keep at hand; ``position`` is its place."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="resources")
    title = models.CharField(_("title"), max_length=160)
    description = models.CharField(_("what it is good for"), max_length=300, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    file = models.FileField(
        _("document"), storage=file_storage, upload_to="%Y/%m/", max_length=255, blank=True
    )
    size = models.PositiveBigIntegerField(default=0)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title
