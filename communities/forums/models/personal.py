"""What people do with posts: react to them, name each other in them, keep them, and begin to write them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.enums import ReactionKind
from communities.forums.querysets import BookmarkQuerySet


class Reaction(models.Model):
    """One word of one person to a post. How many there are of each kind stands in ``Post.reactions``."""

    post = models.ForeignKey("forums.Post", on_delete=models.CASCADE, related_name="reaction_rows")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_reactions"
    )
    kind = models.CharField(max_length=10, choices=ReactionKind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["post", "user", "kind"], name="forums_reacted_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.post_id}: {self.kind}"


class Mention(models.Model):
    """Somebody was named in a post; she is told of it once, whatever becomes of its text later."""

    post = models.ForeignKey("forums.Post", on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_mentions"
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="forums_mentioned_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.post_id}"


class Bookmark(models.Model):
    """A post that somebody keeps for herself, with a note and a day on which she wants to be reminded."""

    post = models.ForeignKey("forums.Post", on_delete=models.CASCADE, related_name="bookmarks")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_bookmarks"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    remind_on = models.DateField(_("remind me on"), null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="forums_kept_once")]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="forums_bookmarks_of"),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False, reminded_at=None),
                name="forums_reminders_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} keeps {self.post_id}"


class Draft(models.Model):
    """What somebody has begun to write: a reply to ``thread``, or a new thread in ``forum``.

    Only she sees it. ``version`` counts its texts, so that a second device never writes over the first.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_drafts")
    thread = models.ForeignKey(
        "forums.Thread", on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    forum = models.ForeignKey(
        "forums.Forum", on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    html = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["user", "thread"], name="forums_one_draft_a_thread"),
            models.UniqueConstraint(fields=["user", "forum"], name="forums_one_draft_a_forum"),
            models.CheckConstraint(
                condition=Q(thread=None, forum__isnull=False) | Q(thread__isnull=False, forum=None),
                name="forums_draft_has_one_place",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-updated_at", "-id"], name="forums_drafts_of"),
            models.Index(fields=["updated_at"], name="forums_drafts_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.thread_id or self.forum_id}"
