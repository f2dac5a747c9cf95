"""Reporting a post and deciding about a report."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.forums.models import Post
from communities.moderation import policies
from communities.moderation.enums import Outcome
from communities.moderation.models import Report
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@transaction.atomic
def report(*, viewer: Viewer, post: Post, reason: str, note: str = "") -> Report:
    """Tell the moderators of a post. Reporting it again while the first report waits changes nothing."""
    demand(policies.can_report(viewer, post), _("This post cannot be reported."))
    report, is_new = Report.objects.waiting().get_or_create(
        post=post,
        by=viewer.user,
        defaults={"reason": reason, "note": note, "version": post.version},
    )
    if is_new:
        community = post.thread.forum.community_id
        announce(f"community:{community}", "moderation.reported", report=report.pk)
    return report


@transaction.atomic
def uphold(*, viewer: Viewer, report: Report, reason: str) -> None:
    """The report is right: hide the post, and with that answer every report about it."""
    current = _waiting(viewer, report)
    if current.post.state == PostState.PUBLISHED:
        forums.hide(viewer=viewer, post=current.post, reason=reason)
    for other in Report.objects.select_for_update().waiting().filter(post=current.post_id):
        _decide(viewer, other, current.post, Outcome.UPHELD, Act.REPORT_UPHELD, reason)


@transaction.atomic
def dismiss(*, viewer: Viewer, report: Report, reason: str) -> None:
    """Nothing is wrong with the post."""
    current = _waiting(viewer, report)
    _decide(viewer, current, current.post, Outcome.DISMISSED, Act.REPORT_DISMISSED, reason)


def _waiting(viewer: Viewer, report: Report) -> Report:
    reports = Report.objects.select_related("post__thread__forum__community")
    current = reports.select_for_update(of=("self",)).get(pk=report.pk)
    demand(
        policies.can_decide(viewer, current),
        _("Moderators decide about reports, and never about their own case."),
    )
    if current.decided_at is not None:
        raise Refused(_("Somebody has decided about this report in the meantime."))
    return current


def _decide(viewer: Viewer, report: Report, post: Post, outcome: Outcome, act: Act, answer: str) -> None:
    report.outcome, report.answer = outcome, answer
    report.decided_at, report.decided_by = timezone.now(), viewer.user
    report.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    record(
        act,
        post.thread.forum.community,
        viewer,
        ("report", report.pk),
        concerns=post.author_id,
        reason=answer,
    )
    announce(f"community:{post.thread.forum.community_id}", "moderation.decided", report=report.pk)
