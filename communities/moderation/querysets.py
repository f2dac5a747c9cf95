"""Findings in reports and appeals."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from communities.enums import MemberRole
from communities.forums.querysets import moderated, opened
from network.accounts.enums import Role
from network.accounts.merging import pseudonyms
from network.foundations.viewer import Viewer


class LogQuerySet(models.QuerySet):
    def about(self, viewer: Viewer) -> "LogQuerySet":
        """What was decided about her: under her pseudonym, and about posts that she wrote without her name.

        Those rows name nobody, so that no reader of the log learns who wrote what.
        """
        if not viewer.is_member:
            return self.none()
        unnamed = apps.get_model("forums", "Unnamed").objects.filter(user=viewer.user_id)
        hers = Q(
            concerns=None, target_kind="post", act__startswith="post.", target_id__in=unnamed.values("post")
        )
        return self.filter(Q(concerns__in=pseudonyms(viewer.user_id)) | hers)


class ReportQuerySet(models.QuerySet):
    def waiting(self) -> "ReportQuerySet":
        return self.filter(decided_at=None)

    def visible_to(self, viewer: Viewer) -> "ReportQuerySet":
        """Reports are read by the moderators of the community, except about their own posts."""
        path = "post__thread__forum__community"
        case = moderated(viewer, path) & opened(viewer, "post__thread__forum", "post__thread")
        hers = Q(post__author=viewer.user_id) | Q(post__unnamed__user=viewer.user_id)
        return self.filter(case).exclude(hers)


class ClaimQuerySet(models.QuerySet):
    def waiting(self) -> "ClaimQuerySet":
        return self.filter(decided_at=None)

    def decidable_by(self, viewer: Viewer) -> "ClaimQuerySet":
        """Those in the communities that she moderates, but her own."""
        if not viewer.is_member:
            return self.none()
        hers = Q(by=viewer.user_id) | Q(author=viewer.user_id)
        return self.filter(moderated(viewer, "community")).exclude(hers)


class AppealQuerySet(models.QuerySet):
    def waiting(self) -> "AppealQuerySet":
        return self.filter(decided_at=None)

    def decidable_by(self, viewer: Viewer) -> "AppealQuerySet":
        """Those that she may decide: as a moderator of the community who did not act, about somebody else.

        Where the community has no such moderator, those who moderate the whole site decide.
        """
        if not viewer.is_member:
            return self.none()
        case = moderated(viewer, "community")
        if viewer.has(f"role:{Role.MODERATOR}"):
            others = (
                apps.get_model("communities", "Membership")
                .objects.active()
                .filter(community=OuterRef("community"), role=MemberRole.MODERATOR)
                .exclude(user=OuterRef("by"))
                .exclude(user__actor_id=OuterRef("actor"))
            )
            case |= Q(~Exists(others))
        return self.filter(case & ~Q(by=viewer.user_id)).exclude(actor__in=pseudonyms(viewer.user_id))
