"""Findings in reports."""

from django.db import models

from communities.forums.querysets import moderated
from network.foundations.viewer import Viewer


class ReportQuerySet(models.QuerySet):
    def waiting(self) -> "ReportQuerySet":
        return self.filter(decided_at=None)

    def visible_to(self, viewer: Viewer) -> "ReportQuerySet":
        """Reports are read by the moderators of the community, except about their own posts."""
        path = "post__thread__forum__community"
        return self.filter(moderated(viewer, path)).exclude(post__author=viewer.user_id)
