"""Findings in reports and in the log."""

from django.db import models

from communities.forums.querysets import moderated
from communities.models import Community
from network.foundations.viewer import Viewer


class ReportQuerySet(models.QuerySet):
    def waiting(self) -> "ReportQuerySet":
        return self.filter(decided_at=None)

    def visible_to(self, viewer: Viewer) -> "ReportQuerySet":
        """Reports are read by the moderators of the community, except about their own posts."""
        path = "post__thread__forum__community"
        return self.filter(moderated(viewer, path)).exclude(post__author=viewer.user_id)


class LogQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "LogQuerySet":
        """Members read what was done in their community; rows carry no foreign key, hence the ids."""
        readable = Community.objects.filter(pk__in=viewer.ids("community")).values("pk")
        return self.filter(community_id__in=readable)
