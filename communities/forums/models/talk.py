"""Forums, threads and posts; what changes them is kept as rows beside them."""

from datetime import datetime

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from communities.enums import Involvement, MandateState, SpeakerGroup
from communities.forums.enums import (
    Attribution,
    Audience,
    ForumKind,
    Origin,
    Phase,
    PostState,
    ReactionKind,
    ThreadEventKind,
)
from communities.forums.querysets import ForumQuerySet, HoldQuerySet, PostQuerySet, ThreadQuerySet
from communities.forums.windows import Window, is_writable, next_opening, phase
from network.consent.tokens import find
from network.foundations.addresses import address

POSTS_A_PAGE = 20


def file_storage() -> FileSystemStorage:
    """Outside everything that is served: files go through the view that asks who may read the post."""
    return FileSystemStorage(location=settings.VAR_DIR / "forum_files", base_url=None)


def page_start(number: int) -> int:
    """The number of the first post on the page that holds post ``number``."""
    return max(number - 1, 0) // POSTS_A_PAGE * POSTS_A_PAGE + 1


class Forum(models.Model):
    """A room of a community with its own threads.

    It has a window where ``opens_at`` and ``closes_at`` are set (always both): nobody writes outside it.
    ``final_call_for`` is the close before which members were told last that it comes.
    """

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
    audience = models.CharField(
        _("who may read"), max_length=10, choices=Audience, default=Audience.COMMUNITY
    )
    kind = models.CharField(_("kind"), max_length=13, choices=ForumKind, default=ForumKind.DISCUSSION)
    takes_replies = models.BooleanField(
        _("members reply to announcements"),
        default=True,
        help_text=_("Counts in a forum of announcements only."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    zone = models.CharField(_("official time zone"), max_length=64, default="UTC")
    pauses_at_weekends = models.BooleanField(_("pauses at weekends"), default=False)
    final_call_days = models.PositiveSmallIntegerField(_("days of the final call"), default=0)
    final_call_for = models.DateTimeField(null=True, blank=True)
    summary_url = models.URLField(_("address of the summary"), max_length=500, blank=True)
    takes_unnamed = models.BooleanField(
        _("posts may be anonymous"),
        default=False,
        help_text=_(
            "Whoever writes may do so without her name. Moderators of the community can look up who it was, "
            "and that is logged. Once somebody has used it, it stays."
        ),
    )
    attribution = models.CharField(
        _("what proceedings say of those who contributed"),
        max_length=8,
        choices=Attribution,
        default=Attribution.CAPACITY,
        help_text=_("Counts in a consultation only, and stays as it is once that has opened."),
    )
    correction_days = models.PositiveSmallIntegerField(
        _("working days for corrections"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("So long those who are quoted may correct the draft of a summary of a consultation."),
    )
    next_thread_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the next thread appears that has a time of its own.")
    )
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
            models.UniqueConstraint(fields=["community", "slug"], name="forums_address_once_a_community"),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")),
                name="forums_window_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("forums:forum", self.community.slug, self.slug)

    @property
    def is_questions(self) -> bool:
        return self.kind == ForumKind.QUESTIONS

    @property
    def is_announcements(self) -> bool:
        return self.kind == ForumKind.ANNOUNCEMENTS

    @property
    def is_consultation(self) -> bool:
        return self.kind == ForumKind.CONSULTATION

    @property
    def has_begun(self) -> bool:
        """It has opened; without a window, somebody has written in it."""
        if self.window:
            return self.phase != Phase.ANNOUNCED
        return self.thread_count > 0

    @property
    def is_one_way(self) -> bool:
        """Announcements that nobody replies to."""
        return self.is_announcements and not self.takes_replies

    @property
    def window(self) -> Window | None:
        if self.opens_at is None or self.closes_at is None:
            return None
        return Window(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            zone=self.zone,
            pauses=self.pauses_at_weekends,
            final_days=self.final_call_days,
            is_summarised=bool(self.summary_url),
        )

    @property
    def phase(self) -> Phase | None:
        """Where its window stands now; None without one."""
        return phase(self.window, timezone.now()) if self.window else None

    @property
    def goes_on_at(self) -> datetime | None:
        """While it pauses: when people write again."""
        return next_opening(self.window, timezone.now()) if self.window else None

    @property
    def is_writable(self) -> bool:
        """Whether the clock lets people write here now."""
        return is_writable(self.window, timezone.now())


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


class Post(models.Model):
    """One contribution. ``html`` is made once, when it is written; reading never parses it.

    ``number`` is empty until the post goes out. ``version`` counts its texts, so that an edit of an older
    one is noticed. ``mandate`` and ``mandate_state`` say in what capacity it was written, as that stood then.
    ``reactions`` counts them by kind; it is kept with the deed. ``moderator_note`` is what a moderator who
    has edited it says of that to everybody.
    ``participant``: it was written without a name, by the person who has this number in the thread; then it
    has no ``author``, and no mandate but the group that she said (``participant_group``). Who it was stands
    in ``Unnamed`` alone.
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
    reactions = models.JSONField(default=dict, blank=True)
    mandate = models.ForeignKey(
        "communities.Mandate", on_delete=models.SET_NULL, null=True, blank=True, related_name="posts"
    )
    mandate_state = models.CharField(max_length=10, choices=MandateState, blank=True)
    participant = models.PositiveIntegerField(null=True, blank=True)
    participant_group = models.CharField(max_length=13, choices=SpeakerGroup, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    moderator_note = models.CharField(_("note of a moderator"), max_length=300, blank=True)
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
                condition=Q(state__in=["held", "rejected", "scheduled"]) | Q(number__isnull=False),
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
        if self.number is None:
            return self.thread.get_absolute_url()
        return self.thread.post_url(self.number)

    @property
    def as_participant(self) -> str:
        """What stands in the place of a name where it was written without one: ``Participant 2``."""
        if self.participant is None:
            return ""
        return __("Participant %(number)s") % {"number": self.participant}

    @property
    def signature(self) -> str:
        """The name under it, or what stands in its place."""
        return self.author.get_full_name() if self.author else self.as_participant or __("A former member")

    def is_by(self, user_id: int | None) -> bool:
        """Whether this person wrote it, with her name or without. A page of posts brings ``is_own_unnamed``
        along; otherwise posts without a name cost a question."""
        if user_id is None:
            return False
        if self.participant is None:
            return self.author_id == user_id
        known = getattr(self, "is_own_unnamed", None)
        if known is None:
            known = type(self).objects.filter(pk=self.pk, unnamed__user=user_id).exists()
        return known

    @cached_property
    def shown_files(self) -> "list[PostFile]":
        """Its files; a page of posts brings them along."""
        return list(self.files.all())

    @property
    def spoken(self) -> str:
        """In what capacity it was written, as that stood then: ``for the Government of Kenya``."""
        if self.mandate is None:
            return ""
        if self.mandate_state == MandateState.GRANTED:
            return self.mandate.line
        return f"{self.mandate.line} ({MandateState(self.mandate_state).label})"

    @property
    def reaction_counts(self) -> "list[tuple[ReactionKind, int]]":
        """How often it was reacted to, in the order of the kinds, without those that nobody chose."""
        return [(kind, self.reactions[kind]) for kind in ReactionKind if self.reactions.get(kind)]

    @property
    def returned(self) -> "Hold | None":
        """The hold by which it is with its author to be mended; reads ``holds``, so have them at hand."""
        return next((h for h in self.holds.all() if h.returned_at and not h.ended_at), None)

    @property
    def repeats_knowledge(self) -> bool:
        """Its words were kept with the sealed knowledge that they copy."""
        return any(token.is_held for token in find(self.html))


class Hold(models.Model):
    """Why a post waits (the gatekeepers' names) and what a moderator decided.

    ``returned_at``: a moderator has asked the author to mend it; ``reason`` says what. Sent again, it waits
    with a new row.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="holds")
    rules = models.JSONField(default=list)
    since = models.DateTimeField(default=timezone.now)
    returned_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [
            models.Index(
                fields=["since", "post"],
                condition=Q(ended_at=None, returned_at=None),
                name="forums_holds_open",
            )
        ]

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
