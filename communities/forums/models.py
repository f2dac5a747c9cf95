"""Forums, threads and posts; what changes them is kept as rows beside them."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.enums import Origin, PostState, ThreadEventKind
from communities.forums.querysets import ForumQuerySet, PostQuerySet, ThreadQuerySet

POSTS_A_PAGE = 20


def file_storage() -> FileSystemStorage:
    """Outside everything that is served: files go through the view that asks who may read the post."""
    return FileSystemStorage(location=settings.VAR_DIR / "forum_files", base_url=None)


def page_start(number: int) -> int:
    """The number of the first post on the page that holds post ``number``."""
    return max(number - 1, 0) // POSTS_A_PAGE * POSTS_A_PAGE + 1


class Forum(models.Model):
    """A room of a community with its own threads."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="forums")
    slug = models.SlugField(_("address"), max_length=80, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What belongs here, in one or two sentences."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(default=timezone.now)
    thread_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_posted_at = models.DateTimeField(null=True, blank=True)
    last_thread = models.ForeignKey(
        "forums.Thread", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="forums_address_once_a_community")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forums:forum", args=[self.community.slug, self.slug])


class Thread(models.Model):
    """A question or a subject and the posts under it.

    A place in the thread is a number that is given once, when a post goes out, and never taken away.
    ``last_number`` is the last one given, ``reply_count`` counts what can be read below the opening post;
    both are kept with the deed. ``published_at`` is empty while the opening post waits for a moderator.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="threads")
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
    pinned_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forums:thread", args=[self.forum.community.slug, self.forum.slug, self.pk, self.slug])

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_pinned(self) -> bool:
        return self.pinned_at is not None


class Post(models.Model):
    """One contribution. ``html`` is made once, when it is written; reading never parses it.

    ``number`` is empty until the post goes out. ``version`` counts its texts, so that an edit of an older
    one is noticed.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="forum_posts"
    )
    state = models.CharField(_("state"), max_length=10, choices=PostState, default=PostState.PUBLISHED)
    html = models.TextField(_("text"))
    folded = models.TextField(blank=True, help_text=_("Quoted text and signature of a mail, folded away."))
    excerpt = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.WEB)
    message_id = models.CharField(max_length=400, null=True, blank=True, unique=True)
    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="forums_number_once_a_thread"),
            models.CheckConstraint(
                condition=Q(state__in=["held", "rejected"]) | Q(number__isnull=False),
                name="forums_published_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["thread"], condition=Q(state="held"), name="forums_posts_held"),
            models.Index(fields=["author", "-written_at"], name="forums_posts_by_author"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}, {self.number}"

    def get_absolute_url(self) -> str:
        """The stable address of a post; it leads to the page that the post stands on."""
        thread = self.thread
        place = [thread.forum.community.slug, thread.forum.slug, thread.pk, thread.slug]
        if self.number is None:
            return thread.get_absolute_url()
        return reverse("forums:post", args=[*place, self.number])


class Hold(models.Model):
    """Why a post waits (the gatekeepers' names) and what a moderator decided."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="holds")
    rules = models.JSONField(default=list)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")

    def __str__(self) -> str:
        return f"{self.post_id}: {', '.join(self.rules)}"


class Hiding(models.Model):
    """A post taken out of sight: who did it, why, and who showed it again."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="hidings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("hiding")
        verbose_name_plural = _("hidings")

    def __str__(self) -> str:
        return f"{self.post_id} from {self.since:%Y-%m-%d}"


class PostEdit(models.Model):
    """A text that a post had before: version, who had written it, from when."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    html = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="forums_version_once_a_post")]

    def __str__(self) -> str:
        return f"{self.post_id}, version {self.version}"


class PostFile(models.Model):
    """A file that came with a post; handed out by a view that asks who may read the post.

    Without ``file`` it is only named: it came with a mail and could not be kept.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(storage=file_storage, upload_to="%Y/%m/", max_length=255, blank=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ThreadEvent(models.Model):
    """What was done to a thread; shown in it, between the posts."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=ThreadEventKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    after_number = models.PositiveIntegerField(default=0)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("thread event")
        verbose_name_plural = _("thread events")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.kind}"


class Watch(models.Model):
    """A person wants to be told of each reply in a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watched_threads"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="forums_watched_once")]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.thread_id}"


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
