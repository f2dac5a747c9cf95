"""What waits for a moderator: posts, sealed knowledge, reports, requests to join, appeals."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from communities import actions as communities
from communities.enums import MemberRole
from communities.forums import actions as forums
from communities.forums.knowledge import RULE
from communities.forums.models import Hold, Post
from communities.forums.querysets import moderated
from communities.models import JoinRequest
from communities.moderation import actions
from communities.moderation.cases import CaseKind, Verb, case_kinds
from communities.moderation.mails import MAILS
from communities.moderation.models import Appeal, Report
from network.foundations.viewer import Viewer

_PLACE = "thread__forum__community"


def _posts(viewer: Viewer) -> QuerySet:
    """Posts of others that she moderates, with everything that a case shows."""
    hers = Q(author=viewer.user_id) | Q(unnamed__user=viewer.user_id)
    mine = Post.objects.visible_to(viewer).filter(moderated(viewer, _PLACE)).exclude(hers)
    return mine.select_related(_PLACE).prefetch_related("holds")


def _waiting(viewer: Viewer, *, knowledge: bool) -> QuerySet:
    holds = Hold.objects.waiting().annotate(names=Cast("rules", TextField()))
    copies = Q(names__contains=f'"{RULE}"')
    return _posts(viewer).filter(holds__in=holds.filter(copies if knowledge else ~copies))


def _reports(viewer: Viewer) -> QuerySet:
    """The first report about each post; nobody decides where she has reported herself."""
    waiting = Report.objects.waiting().filter(post=OuterRef("post"))
    reports = Report.objects.waiting().visible_to(viewer)
    reports = reports.filter(~Exists(waiting.filter(pk__lt=OuterRef("pk"))))
    reports = reports.filter(~Exists(waiting.filter(by=viewer.user_id)))
    return reports.select_related(f"post__{_PLACE}")


def _decided_reports(viewer: Viewer) -> QuerySet:
    return Report.objects.visible_to(viewer).exclude(by=viewer.user_id).select_related(f"post__{_PLACE}")


def _requests(viewer: Viewer) -> QuerySet:
    return _all_requests(viewer).filter(decided_at=None)


def _all_requests(viewer: Viewer) -> QuerySet:
    mine = Q(community__in=viewer.ids("community", MemberRole.FACILITATOR)) | moderated(viewer, "community")
    return JoinRequest.objects.filter(mine).exclude(user=viewer.user_id).select_related("community")


def _appeals(viewer: Viewer) -> QuerySet:
    appeals = Appeal.objects.decidable_by(viewer).filter(decided_at=None)
    return appeals.select_related("community", f"post__{_PLACE}")


def _decided_appeals(viewer: Viewer) -> QuerySet:
    return Appeal.objects.filter(decided_by=viewer.user_id).select_related("community", "post")


def _again(viewer: Viewer, post: Post) -> None:
    forums.wait_again(viewer=viewer, post=post)


def _post_kind(label: Any, order: int, *verbs: Verb, knowledge: bool) -> CaseKind:
    return CaseKind(
        label=label,
        template="moderation/cases/_post.html",
        rows=lambda viewer: _waiting(viewer, knowledge=knowledge),
        decided=_posts,
        place=_PLACE,
        since="holds__since",
        language="thread__language",
        community=lambda post: post.thread.forum.community,
        people=lambda post: [post.author_id],
        verbs=verbs,
        order=order,
    )


APPROVE = Verb(
    "approve",
    _("Let it go out"),
    _("It takes its place at the end of the thread, and whoever watches the thread is told."),
    "a",
    lambda viewer, post, reason: forums.approve(viewer=viewer, post=post),
    _again,
)
RETURN = Verb(
    "return",
    _("Return it"),
    _("The author reads your reason, mends the post and sends it again."),
    "r",
    lambda viewer, post, reason: forums.return_to_author(viewer=viewer, post=post, reason=reason),
    _again,
    needs_words=True,
    shown=lambda post: post.number is None,
)
TURN_DOWN = Verb(
    "turn_down",
    _("Turn it down"),
    _("It does not go out. The author reads your reason and may appeal once."),
    "h",
    lambda viewer, post, reason: forums.turn_down(viewer=viewer, post=post, reason=reason),
    _again,
    needs_words=True,
)


def _reopen(viewer: Viewer, report: Report) -> None:
    actions.reopen(viewer=viewer, report=report)


REPORTS = CaseKind(
    label=_("Reports"),
    template="moderation/cases/_report.html",
    rows=_reports,
    decided=_decided_reports,
    place=f"post__{_PLACE}",
    since="at",
    language="post__thread__language",
    community=lambda report: report.post.thread.forum.community,
    people=lambda report: [report.post.author_id, report.by_id],
    verbs=(
        Verb(
            "uphold",
            _("Hide the post"),
            _("Its author and moderators alone read it. She and whoever reported it read your reason."),
            "h",
            lambda viewer, report, reason: actions.uphold(viewer=viewer, report=report, reason=reason),
            _reopen,
            needs_words=True,
        ),
        Verb(
            "dismiss",
            _("Dismiss the report"),
            _("The post stands. Whoever reported it reads your reason."),
            "d",
            lambda viewer, report, reason: actions.dismiss(viewer=viewer, report=report, reason=reason),
            _reopen,
            needs_words=True,
        ),
    ),
    order=30,
)


def _answer(*, accept: bool) -> Any:
    return lambda viewer, request, reason: communities.answer_request(
        viewer=viewer, request=request, accept=accept, reason=reason
    )


def _ask_again(viewer: Viewer, request: JoinRequest) -> None:
    communities.take_back_answer(viewer=viewer, request=request)


REQUESTS = CaseKind(
    label=_("Requests to join"),
    template="moderation/cases/_request.html",
    rows=_requests,
    decided=_all_requests,
    place="community",
    since="asked_at",
    language="user__language",
    community=lambda request: request.community,
    people=lambda request: [request.user_id],
    verbs=(
        Verb(
            "accept",
            _("Accept"),
            _("She is a member at once and is told so."),
            "a",
            _answer(accept=True),
            _ask_again,
        ),
        Verb(
            "decline",
            _("Decline"),
            _("She reads your reason and may ask again."),
            "h",
            _answer(accept=False),
            _ask_again,
            needs_words=True,
        ),
    ),
    order=40,
)
APPEALS = CaseKind(
    label=_("Appeals"),
    template="moderation/cases/_appeal.html",
    rows=_appeals,
    decided=_decided_appeals,
    place="community",
    since="at",
    language="by__language",
    community=lambda appeal: appeal.community,
    people=lambda appeal: [appeal.by_id],
    verbs=(
        Verb(
            "grant",
            _("Grant the appeal"),
            _("What was decided is taken back at once and for good. She reads your reason."),
            "a",
            lambda viewer, appeal, reason: actions.grant(viewer=viewer, appeal=appeal, reason=reason),
            needs_words=True,
        ),
        Verb(
            "keep",
            _("Let the decision stand"),
            _("Nothing changes, and she cannot appeal again. She reads your reason."),
            "d",
            lambda viewer, appeal, reason: actions.dismiss_appeal(
                viewer=viewer, appeal=appeal, reason=reason
            ),
            lambda viewer, appeal: actions.reopen_appeal(viewer=viewer, appeal=appeal),
            needs_words=True,
        ),
    ),
    order=10,
)


def register() -> None:
    case_kinds.register("appeal", APPEALS)
    waiting = _post_kind(_("Posts that wait"), 20, APPROVE, RETURN, TURN_DOWN, knowledge=False)
    case_kinds.register("held", waiting)
    sealed = _post_kind(_("Copies of sealed knowledge"), 25, TURN_DOWN, knowledge=True)
    case_kinds.register("knowledge", sealed)
    case_kinds.register("mail", MAILS)
    case_kinds.register("report", REPORTS)
    case_kinds.register("request", REQUESTS)
