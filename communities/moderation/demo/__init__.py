"""What waits for a moderator in the demonstration, what was decided, and ready-made reasons."""

from datetime import timedelta
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

from communities import actions as communities
from communities.demo import html, person, viewer
from communities.enums import Act
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.forums.models import Post, Thread
from communities.models import Community, Membership
from communities.moderation import actions
from communities.moderation.demo import brought_in, mails
from communities.moderation.enums import ReportReason
from communities.moderation.models import Appeal, CannedReason, ModerationLogEntry, ModNote, Report

_REASONS = Path(__file__).parent.parent / "reasons.yaml"
_FRENCH = "Centres d’échange francophones"
_COASTS = "Mangroves and coasts"
_NEWCOMER = "zanele.dube"
_HELD = (
    "I work on what companies tell about nature, and coasts are where they know least. We have a short "
    "guide that may help those of you who are asked by hotels for figures: https://green-ledger.example/coasts"
)


def seed() -> None:
    """Add each once; a moderator who has decided is not asked again."""
    _ready_made_reasons()
    _first_post_of_a_newcomer()
    _report()
    _silence()
    _appeal()
    here = Community.objects.get(name=_COASTS)
    brought_in.seed(here)
    mails.seed(here)


@transaction.atomic
def _ready_made_reasons() -> None:
    """Of the whole site, in six languages."""
    if CannedReason.objects.exists():
        return
    for texts in yaml.safe_load(_REASONS.read_text(encoding="utf-8")):
        reason = CannedReason.objects.create()
        for language, (title, text) in texts.items():
            reason.texts.create(language=language, title=title, text=text)


@transaction.atomic
def _first_post_of_a_newcomer() -> None:
    here = Community.objects.get(name=_COASTS)
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


def _member(community: str, handle: str) -> Membership:
    return Membership.objects.current().get(community__name=community, user=person(handle))


def _silence() -> None:
    """Somebody who reads for a fortnight and does not write, with a note of the moderators about it."""
    member = _member(_COASTS, "ahmad.wijaya")
    if member.silences.exists():
        return
    moderator = viewer("moderator")
    communities.silence(
        viewer=moderator,
        membership=member,
        reason="Three threads about the same price list in one day. Please read along for two weeks.",
        until=timezone.now() + timedelta(days=14),
    )
    if not ModNote.objects.filter(about=member.user_id).exists():
        actions.write_note(
            viewer=moderator,
            membership=member,
            text="He answered kindly and understood. Lift it early if he asks.",
        )


def _appeal() -> None:
    """A warning by one moderator, and an appeal that waits for the other."""
    member = _member(_FRENCH, "elodie.ouedraogo")
    if Appeal.objects.filter(by=member.user_id).exists():
        return
    communities.warn(
        viewer=viewer("mamadou.ndiaye"),
        membership=member,
        reason="Merci de ne pas citer le nom des villages.",
    )
    entry = ModerationLogEntry.objects.filter(
        act=Act.MEMBER_WARNED, concerns=person("elodie.ouedraogo").actor_id
    ).latest("pk")
    actions.appeal(
        viewer=viewer("elodie.ouedraogo"),
        entry=entry,
        words="Le village a publié lui-même son nom dans son plan de gestion, que je citais.",
    )
