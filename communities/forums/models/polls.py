"""Polls: a question under a post, and one ballot a person."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.enums import Results
from communities.forums.models.posts import Post


class Poll(models.Model):
    """A question that those who write here answer by choosing.

    ``options`` are texts, ``tallies`` how often each was chosen, ``voters`` how many have voted: kept in the
    transaction of each vote, so that a page with a poll asks nothing more than one without. ``closes_at`` is
    an instant, told in ``zone``; ``closed_at`` is when somebody closed it by hand.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="poll")
    question = models.CharField(_("question"), max_length=200)
    options = models.JSONField(default=list)
    tallies = models.JSONField(default=list)
    voters = models.PositiveIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=1)
    is_secret = models.BooleanField(default=False)
    may_change = models.BooleanField(default=True)
    results = models.CharField(max_length=8, choices=Results, default=Results.ALWAYS)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closes_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{self.post.get_absolute_url()}poll/"

    @property
    def ended_at(self) -> datetime | None:
        """When it closed, by hand or by the clock; None while it is open."""
        ends = [at for at in (self.closed_at, self.closes_at) if at is not None and at <= timezone.now()]
        return min(ends, default=None)

    @property
    def is_closed(self) -> bool:
        return self.ended_at is not None


class Ballot(models.Model):
    """What somebody chose: numbers of options. Without ``user``: she has left, and her vote still counts."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    choices = models.JSONField(default=list)
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [models.UniqueConstraint(fields=["poll", "user"], name="forums_one_ballot_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.poll_id}"
