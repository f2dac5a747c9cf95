"""Reporting a post and deciding about what was reported."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.forums.models import Post
from communities.moderation import policies, trust
from communities.moderation.enums import Outcome
from communities.moderation.models import Report
from communities.moderation.rules import book_of
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@deed
def report(*, viewer: Viewer, post: Post, reason: str, note: str = "") -> Report:
    """Tell the moderators of a post. Reporting it again while the first report waits changes nothing.

    Where many have reported it, it is hidden until a moderator decides, or two moderators are called.
    """
    demand(policies.can_report(viewer, post), _("This post cannot be reported."))
    community = post.thread.forum.community
    report, is_new = Report.objects.waiting().get_or_create(
        post=post,
        by=viewer.user,
        defaults={
            "reason": reason,
            "note": note,
            "version": post.version,
            "weight": trust.weight(viewer, community),
        },
    )
    if is_new:
        announce(f"community:{community.pk}", "moderation.reported", report=report.pk)
        _weigh(post)
    return report


def _weigh(post: Post) -> None:
    """Act on the reports that wait, if together they weigh enough."""
    community = post.thread.forum.community
    threshold = book_of(community).report_threshold
    weights = Report.objects.waiting().filter(post=post).values_list("weight", flat=True)
    if not threshold or sum(weights) < threshold * trust.FULL_WEIGHT:
        return
    if trust.is_protected(post):
        announce(f"community:{community.pk}", "moderation.alerted", post=post.pk)
    else:
        forums.hold_back(post=post, reason=_("Several people have reported it. A moderator looks at it."))


@deed
def uphold(*, viewer: Viewer, report: Report, reason: str) -> None:
    """The report is right: hide the post, and with that answer every report about it."""
    current = _waiting(viewer, report)
    _show_held_back(viewer, current.post)
    if current.post.state == PostState.PUBLISHED:
        forums.hide(viewer=viewer, post=current.post, reason=reason)
    _answer_all(viewer, current.post, Outcome.UPHELD, Act.REPORT_UPHELD, reason)


@deed
def dismiss(*, viewer: Viewer, report: Report, reason: str) -> None:
    """Nothing is wrong with the post: it stands, and every report about it is answered."""
    current = _waiting(viewer, report)
    _show_held_back(viewer, current.post)
    _answer_all(viewer, current.post, Outcome.DISMISSED, Act.REPORT_DISMISSED, reason)


@deed
def reopen(*, viewer: Viewer, report: Report) -> None:
    """The decision was a slip: the post and its reports are as they were before."""
    current = Report.objects.select_related("post__thread__forum__community").get(pk=report.pk)
    demand(policies.can_decide(viewer, current))
    if current.decided_at is None or current.decided_by_id != viewer.user_id:
        raise Refused(_("This decision cannot be taken back any more."))
    post = current.post
    if current.outcome == Outcome.UPHELD and post.state == PostState.HIDDEN:
        forums.show_again(viewer=viewer, post=post)
        post.refresh_from_db(fields=["state"])
    answered = Report.objects.filter(post=post, decided_by=viewer.user_id, decided_at=current.decided_at)
    again = Report.objects.waiting().filter(post=post).values_list("by", flat=True)
    answered.exclude(by__in=list(again)).update(outcome="", answer="", decided_at=None, decided_by=None)
    community = post.thread.forum.community
    record(Act.DECISION_UNDONE, community, viewer, ("report", current.pk), concerns=post.author_id)
    _weigh(post)


def _show_held_back(viewer: Viewer, post: Post) -> None:
    """A person has decided: what was hidden until then is so no more."""
    if post.state == PostState.HIDDEN and post.hidings.filter(ended_at=None, by=None).exists():
        forums.show_again(viewer=viewer, post=post)
        post.refresh_from_db(fields=["state"])


def _waiting(viewer: Viewer, report: Report) -> Report:
    reports = Report.objects.select_related("post__thread__forum__community")
    current = reports.select_for_update(of=("self",)).get(pk=report.pk)
    own = Report.objects.waiting().filter(post=current.post_id, by=viewer.user_id)
    demand(
        policies.can_decide(viewer, current) and not own.exists(),
        _("Moderators decide about reports, and never about their own case."),
    )
    if current.decided_at is not None:
        raise Refused(_("Somebody has decided about this report in the meantime."))
    return current


def _answer_all(viewer: Viewer, post: Post, outcome: Outcome, act: Act, answer: str) -> None:
    """Answer every report about ``post`` that waits, at one instant: so they can be reopened together."""
    now = timezone.now()
    community = post.thread.forum.community
    for report in Report.objects.select_for_update().waiting().filter(post=post).order_by("pk"):
        report.outcome, report.answer = outcome, answer
        report.decided_at, report.decided_by = now, viewer.user
        report.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
        target = ("report", report.pk)
        record(act, community, viewer, target, concerns=post.author_id, reason=answer)
        announce(f"community:{community.pk}", "moderation.decided", report=report.pk)
