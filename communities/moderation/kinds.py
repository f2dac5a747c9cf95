"""What waits for a moderator: posts, sealed knowledge, reports, requests to join, appeals."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from communities import actions as communities
from communities.enums import MemberRole
from communities.forums import actions as forums
from communities.forums.enums import IMPORTED
from communities.forums.knowledge import RULE
from communities.forums.models import Hold, Post
from communities.forums.querysets import moderated
from communities.models import JoinRequest
from communities.moderation import actions
from communities.moderation.cases import CaseKind, Verb, case_kinds, deed, undo
from communities.moderation.mails import MAILS
from communities.moderation.models import Appeal, Claim, Report
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


def _claims(viewer: Viewer) -> QuerySet:
    imported = Post.objects.filter(
        author=OuterRef("author"), thread__forum__community=OuterRef("community"), origin__in=IMPORTED
    )
    counted = imported.order_by().values("author").annotate(n=Count("pk")).values("n")
    rows = Claim.objects.decidable_by(viewer).waiting().annotate(posts=Coalesce(Subquery(counted), 0))
    return rows.select_related("community", "author", f"post__{_PLACE}")


def _decided_claims(viewer: Viewer) -> QuerySet:
    return Claim.objects.decidable_by(viewer).filter(decided_by=viewer.user_id).select_related("community")


_AGAIN = undo(forums.wait_again, "post")
APPROVE = Verb(
    "approve",
    _("Let it go out"),
    _("It takes its place at the end of the thread, and whoever watches the thread is told."),
    "a",
    deed(forums.approve, "post"),
    _AGAIN,
    spoken="approve",
)
RETURN = Verb(
    "return",
    _("Return it"),
    _("The author reads your reason, mends the post and sends it again."),
    "r",
    deed(forums.return_to_author, "post", reasoned=True),
    _AGAIN,
    needs_words=True,
    shown=lambda post: post.number is None,
    spoken="return",
)
TURN_DOWN = Verb(
    "turn_down",
    _("Turn it down"),
    _("It does not go out. The author reads your reason and may appeal once."),
    "h",
    deed(forums.turn_down, "post", reasoned=True),
    _AGAIN,
    needs_words=True,
    spoken="reject",
)


def _read(post: Post) -> tuple[int, ...]:
    """Which text of it waits, and for which time."""
    return (post.version, *(hold.pk for hold in post.holds.all() if not hold.ended_at))


def _posts_that_wait(label: Any, number: int, order: int, *verbs: Verb, knowledge: bool) -> CaseKind:
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
        number=number,
        order=order,
        revision=_read,
    )


HELD = _posts_that_wait(_("Posts that wait"), 1, 20, APPROVE, RETURN, TURN_DOWN, knowledge=False)
KNOWLEDGE = _posts_that_wait(_("Copies of sealed knowledge"), 2, 25, TURN_DOWN, knowledge=True)
_REOPEN = undo(actions.reopen, "report")
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
            deed(actions.uphold, "report", reasoned=True),
            _REOPEN,
            needs_words=True,
            spoken="hide",
        ),
        Verb(
            "dismiss",
            _("Dismiss the report"),
            _("The post stands. Whoever reported it reads your reason."),
            "d",
            deed(actions.dismiss, "report", reasoned=True),
            _REOPEN,
            needs_words=True,
            spoken="dismiss",
        ),
    ),
    number=3,
    order=30,
    revision=lambda report: (report.post.version,),
)
_ASK_AGAIN = undo(communities.take_back_answer, "request")
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
            deed(communities.answer_request, "request", reasoned=True, accept=True),
            _ASK_AGAIN,
            spoken="approve",
        ),
        Verb(
            "decline",
            _("Decline"),
            _("She reads your reason and may ask again."),
            "h",
            deed(communities.answer_request, "request", reasoned=True, accept=False),
            _ASK_AGAIN,
            needs_words=True,
            spoken="reject",
        ),
    ),
    number=4,
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
    people=lambda appeal: [appeal.named],
    verbs=(
        Verb(
            "grant",
            _("Grant the appeal"),
            _("What was decided is taken back at once and for good. She reads your reason."),
            "a",
            deed(actions.grant, "appeal", reasoned=True),
            needs_words=True,
            spoken="approve",
        ),
        Verb(
            "keep",
            _("Let the decision stand"),
            _("Nothing changes, and she cannot appeal again. She reads your reason."),
            "d",
            deed(actions.dismiss_appeal, "appeal", reasoned=True),
            undo(actions.reopen_appeal, "appeal"),
            needs_words=True,
            spoken="reject",
        ),
    ),
    number=5,
    order=10,
)
CLAIMS = CaseKind(
    label=_("Claims of imported posts"),
    template="moderation/cases/_claim.html",
    rows=_claims,
    decided=_decided_claims,
    place="community",
    since="at",
    language="by__language",
    community=lambda claim: claim.community,
    people=lambda claim: [claim.by_id, claim.author_id],
    verbs=(
        Verb(
            "give",
            _("Give the posts to her"),
            _("All that was brought in under that name in this community is hers, and she is told so."),
            "a",
            deed(actions.grant_claim, "claim", reasoned=True),
            undo(actions.reopen_claim, "claim"),
            spoken="approve",
        ),
        Verb(
            "leave",
            _("Decline"),
            _("The posts stay under the name that they came with. She reads your reason."),
            "h",
            deed(actions.decline_claim, "claim", reasoned=True),
            undo(actions.reopen_claim, "claim"),
            needs_words=True,
            spoken="reject",
        ),
    ),
    number=7,
    order=50,
)


def register() -> None:
    kinds = {"appeal": APPEALS, "held": HELD, "knowledge": KNOWLEDGE, "mail": MAILS}
    for name, kind in (kinds | {"report": REPORTS, "request": REQUESTS, "claim": CLAIMS}).items():
        case_kinds.register(name, kind)
