"""A consultation: its guiding questions, what is picked from the answers, the summary and its corrections."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.models.forums import Forum
from communities.forums.models.posts import Post


class GuidingQuestion(models.Model):
    """What is asked in a consultation. Once it is open its words stay, and clarifications are added."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="guiding_questions")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("question"), max_length=300)
    text = models.TextField(_("explanation"), blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("guiding question")
        verbose_name_plural = _("guiding questions")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Clarification(models.Model):
    """What was added to a guiding question after the consultation had opened. Written once."""

    question = models.ForeignKey(GuidingQuestion, on_delete=models.CASCADE, related_name="clarifications")
    text = models.TextField(_("clarification"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.question_id} at {self.at:%Y-%m-%d}"


class Passage(models.Model):
    """A paragraph of a post that a summary may rest on.

    It keeps where the words stand and never the words: the post, the version that was read, which paragraph
    of it and the digest of that. What the author changes or a moderator hides is so in every summary too.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField()
    question = models.ForeignKey(
        GuidingQuestion, on_delete=models.SET_NULL, null=True, blank=True, related_name="passages"
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="passages")
    version = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField()
    digest = models.CharField(max_length=16)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "number"], name="forums_passage_number_once"),
            models.UniqueConstraint(fields=["forum", "post", "digest"], name="forums_passage_once"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}]"


class Summary(models.Model):
    """The summary of a consultation: written, shown to those who contributed, corrected, published.

    ``drafted_at`` is when they were shown it, ``corrections_until`` the end of their time for corrections.
    """

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="summary")
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    drafted_at = models.DateTimeField(null=True, blank=True)
    corrections_until = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        constraints = [
            models.CheckConstraint(
                condition=Q(drafted_at=None, corrections_until=None)
                | Q(drafted_at__isnull=False, corrections_until__isnull=False),
                name="forums_draft_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"summary of {self.forum_id}"

    @property
    def is_drafted(self) -> bool:
        return self.drafted_at is not None

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def takes_corrections(self, now: datetime | None = None) -> bool:
        if self.corrections_until is None or self.is_published:
            return False
        return (now or timezone.now()) < self.corrections_until

    @property
    def is_in_correction(self) -> bool:
        return self.takes_corrections()


class SummarySection(models.Model):
    """What a summary says to one question; without a question what it says before them all."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="sections")
    question = models.ForeignKey(
        GuidingQuestion, on_delete=models.CASCADE, null=True, blank=True, related_name="sections"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("section of a summary")
        verbose_name_plural = _("sections of summaries")
        constraints = [
            models.UniqueConstraint(fields=["summary", "question"], name="forums_section_once"),
            models.UniqueConstraint(
                fields=["summary"], condition=Q(question=None), name="forums_section_before_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summary_id}, {self.question_id}"


class Sentence(models.Model):
    """A sentence of a summary and the passages that it rests on. ``is_own``: the words are the moderator's
    own, and rest on no passage."""

    section = models.ForeignKey(SummarySection, on_delete=models.CASCADE, related_name="sentences")
    paragraph = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    is_own = models.BooleanField(default=False)
    sources = models.ManyToManyField(
        Passage, verbose_name=_("passages"), blank=True, related_name="sentences"
    )

    class Meta:
        verbose_name = _("sentence of a summary")
        verbose_name_plural = _("sentences of summaries")
        ordering = ["paragraph", "position", "id"]

    def __str__(self) -> str:
        return f"{self.section_id}, {self.paragraph}.{self.position}"


class Correction(models.Model):
    """Somebody whose words a sentence rests on says how it should read, and why; the answer stands beside it.

    ``said`` is the sentence as it read then. Nobody is told who proposed it.
    """

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="corrections")
    sentence = models.ForeignKey(Sentence, on_delete=models.SET_NULL, null=True, related_name="corrections")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    said = models.TextField()
    proposed = models.TextField(_("how it should read"))
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(default=timezone.now)
    is_accepted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sentence", "user"],
                condition=Q(answered_at=None),
                name="forums_one_open_correction",
            )
        ]

    def __str__(self) -> str:
        return f"{self.summary_id}: {self.at:%Y-%m-%d}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
