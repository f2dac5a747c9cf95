"""Posts; what they said before, why they wait or are hidden, and the files that came with them."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from communities.enums import MandateState, SpeakerGroup
from communities.forums.enums import (
    Origin,
    PostState,
    ReactionKind,
)
from communities.forums.models.threads import Thread
from communities.forums.querysets import HoldQuerySet, PostQuerySet
from network.consent.tokens import find


def file_storage() -> FileSystemStorage:
    """Outside everything that is served: files go through the view that asks who may read the post."""
    return FileSystemStorage(location=settings.VAR_DIR / "forum_files", base_url=None)


class Post(models.Model):
    """One contribution. ``html`` is made once, when it is written; reading never parses it.

    ``number`` is empty until the post goes out. ``version`` counts its texts, so that an edit of an older
    one is noticed. ``mandate`` and ``mandate_state`` say in what capacity it was written, as that stood then.
    ``reactions`` counts them by kind; it is kept with the deed. ``moderator_note`` is what a moderator who
    has edited it says of that to everybody. ``deleted_at`` is when its author deleted it; for a time she can
    take that back, then its words go.
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
    deleted_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def is_picture(self) -> bool:
        """Written anew by us, and so safe to show in a page."""
        return bool(self.file) and self.name.lower().endswith(".webp")
