"""What waits for a moderator in the demonstration: a held post and a report."""

from django.db import transaction

from communities import actions as communities
from communities.demo import html, person, viewer
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.forums.models import Post, Thread
from communities.models import Community, Membership
from communities.moderation import actions
from communities.moderation.enums import ReportReason
from communities.moderation.models import Report

_NEWCOMER = "zanele.dube"
_HELD = (
    "I work on what companies tell about nature, and coasts are where they know least. We have a short "
    "guide that may help those of you who are asked by hotels for figures: https://green-ledger.example/coasts"
)


def seed() -> None:
    """Add both once; a moderator who has decided is not asked again."""
    _first_post_of_a_newcomer()
    _report()


@transaction.atomic
def _first_post_of_a_newcomer() -> None:
    here = Community.objects.get(name="Mangroves and coasts")
    if Post.objects.filter(author=person(_NEWCOMER), thread__forum__community=here).exists():
        return
    if not Membership.objects.current().filter(user=person(_NEWCOMER), community=here).exists():
        communities.join(viewer=viewer(_NEWCOMER), community=here)
    thread = Thread.objects.get(title="Which indicators did you drop, and why?")
    forums.reply(viewer=viewer(_NEWCOMER), thread=thread, html=html(_HELD))


def _report() -> None:
    reporter = person("tui.rangihuna")
    post = Post.objects.filter(author=person("li.xiaomei"), number=1, state=PostState.PUBLISHED).first()
    if post is None or Report.objects.filter(by=reporter).exists():
        return
    actions.report(
        viewer=viewer("tui.rangihuna"),
        post=post,
        reason=ReportReason.OTHER,
        note="The distances look precise enough to find the villages. Could somebody check?",
    )
