"""Threads, what was done to them, and how far people follow and have read them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Involvement
from communities.forums.enums import (
    Audience,
    ThreadEventKind,
)
from communities.forums.models.forums import Forum
from communities.forums.querysets import ThreadQuerySet
from network.foundations.addresses import address

POSTS_A_PAGE = 20


def page_start(number: int) -> int:
    """The number of the first post on the page that holds post ``number``."""
    return max(number - 1, 0) // POSTS_A_PAGE * POSTS_A_PAGE + 1


class Thread(models.Model):
    """A question or a subject and the posts under it.

    A place in the thread is a number that is given once, when a post goes out, and never taken away.
    ``last_number`` is the last one given, ``reply_count`` counts what can be read below the opening post;
    both are kept with the deed. ``published_at`` is empty while the opening post waits for a moderator.
    ``for_members``: it was written when members alone could read here, and not everybody who wrote in it has
    agreed to more readers. ``answer`` is the post that was accepted as the answer to a question,
    ``wanted_count`` counts those who have the question too.
    ``appears_at`` is set until it appears, where it was given a time; ``appears_zone`` is by whose clock.
    ``merged_into``: its posts stand in another thread, and its addresses lead there.
    ``tag_line`` holds addresses and names of its tags, for lists. ``question``: which guiding question of a
    consultation it is about.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="threads")
    question = models.ForeignKey(
        "forums.GuidingQuestion", on_delete=models.SET_NULL, null=True, blank=True, related_name="threads"
    )
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(max_length=80, allow_unicode=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="forum_threads"
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    appears_at = models.DateTimeField(_("appears"), null=True, blank=True)
    appears_zone = models.CharField(_("by the clock of"), max_length=64, default="UTC")
    pinned_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    for_members = models.BooleanField(default=False)
    answer = models.ForeignKey(
        "forums.Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wanted_count = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="merged_threads"
    )
    tags = models.ManyToManyField("forums.Tag", verbose_name=_("tags"), blank=True, related_name="threads")
    tag_line = models.JSONField(default=list, blank=True)
    reply_count = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    last_posted_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes = [
            models.Index(fields=["forum", "-last_posted_at", "-id"], name="forums_threads_by_activity"),
            models.Index(fields=["forum"], condition=~Q(pinned_at=None), name="forums_threads_pinned"),
            models.Index(
                fields=["appears_at"], condition=Q(appears_at__isnull=False), name="forums_threads_due"
            ),
            models.Index(
                fields=["forum", "-wanted_count", "-last_posted_at", "-id"], name="forums_threads_by_wish"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(appears_at=None) | Q(published_at=None), name="forums_appears_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("forums:thread", *self._place)

    def post_url(self, number: int) -> str:
        """The stable address of the post that has this number."""
        return address("forums:post", *self._place, number)

    @property
    def _place(self) -> tuple[str, str, int, str]:
        return self.forum.community.slug, self.forum.slug, self.pk, self.slug

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_scheduled(self) -> bool:
        """It has a time at which it appears, and has not appeared yet."""
        return self.appears_at is not None

    @property
    def is_pinned(self) -> bool:
        return self.pinned_at is not None

    @property
    def is_wide(self) -> bool:
        """Everybody who may read the community may read it; otherwise members alone do."""
        return self.forum.audience == Audience.COMMUNITY and not self.for_members


class ThreadEvent(models.Model):
    """What was done to a thread; shown in it, between the posts.

    ``other`` is the thread that posts went to or came from, ``from_forum`` where a moved thread stood before.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=ThreadEventKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    after_number = models.PositiveIntegerField(default=0)
    reason = models.TextField(_("reason"), blank=True)
    other = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    from_forum = models.ForeignKey(Forum, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("thread event")
        verbose_name_plural = _("thread events")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.kind}"


class Watch(models.Model):
    """How much a person wants to be told of one thread, one forum or what carries a tag; of a community her
    membership says it.

    Without a row the next one out holds: thread, tag, forum, community.
    """

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, null=True, blank=True, related_name="watches"
    )
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, null=True, blank=True, related_name="watches")
    tag = models.ForeignKey(
        "forums.Tag", on_delete=models.CASCADE, null=True, blank=True, related_name="watches"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watched_threads"
    )
    level = models.CharField(
        _("tell me of"), max_length=12, choices=Involvement, default=Involvement.EVERYTHING
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [
            models.UniqueConstraint(fields=["thread", "user"], name="forums_watched_once"),
            models.UniqueConstraint(fields=["forum", "user"], name="forums_forum_watched_once"),
            models.UniqueConstraint(fields=["tag", "user"], name="forums_tag_watched_once"),
            models.CheckConstraint(
                condition=Q(thread__isnull=False, forum=None, tag=None)
                | Q(thread=None, forum__isnull=False, tag=None)
                | Q(thread=None, forum=None, tag__isnull=False),
                name="forums_watch_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        what = next(
            f"{name} {pk}"
            for name, pk in (("thread", self.thread_id), ("forum", self.forum_id), ("tag", self.tag_id))
            if pk
        )
        return f"{self.user_id}, {what}: {self.level}"


class ReadMark(models.Model):
    """How far a person has read a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_threads")
    last_number = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="forums_read_once")]

    def __str__(self) -> str:
        return f"{self.user_id} has read {self.thread_id} to {self.last_number}"
