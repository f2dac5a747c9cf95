"""What is told of claims: to moderators that one waits, to whoever claimed what they decided."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.moderation.enums import ClaimOutcome
from communities.moderation.models import Claim
from communities.notices import carers
from network.experts.disclosure import cards_for
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.outbox.models import Entry


def register() -> None:
    waits, answers = gettext_lazy("Claims of imported posts"), gettext_lazy("Answers to my claims")
    kinds.register("moderation.claim", Kind(waits, _render_claim, family=Family.MODERATION))
    kinds.register("moderation.claim_answer", Kind(answers, _render_answer, family=Family.MODERATION))


def tell_of_claim(entry: Entry) -> None:
    claim = Claim.objects.waiting().filter(pk=entry.ids["claim"]).first()
    if claim is not None:
        notify(
            kind="moderation.claim",
            recipients=carers(claim.community_id, only_moderators=True),
            actor=claim.by_id,
            group=f"claims:{claim.community_id}",
            place=f"community:{claim.community_id}",
            ids={"claim": claim.pk},
        )


def tell_claimant(entry: Entry) -> None:
    claim = Claim.objects.exclude(decided_at=None).filter(pk=entry.ids["claim"]).first()
    if claim is not None:
        notify(
            kind="moderation.claim_answer",
            recipients=[claim.by_id],
            place=f"community:{claim.community_id}",
            ids={"claim": claim.pk},
        )


def _render_claim(ids: Ids, viewer: Viewer) -> Rendered | None:
    claims = Claim.objects.decidable_by(viewer).waiting().select_related("community", "author")
    claim = claims.filter(pk=ids["claim"]).first()
    if claim is None:
        return None
    cards = cards_for(viewer, [claim.by_id])
    name = cards[claim.by_id].name if claim.by_id in cards else _("A member")
    return Rendered(
        subject=_("%(name)s says that imported posts are hers") % {"name": name},
        text=_("Brought in under the name %(author)s, in %(community)s. %(words)s")
        % {"author": claim.author.get_full_name(), "community": claim.community.name, "words": claim.words},
        url=reverse("moderation:decide", args=["claim", claim.pk]),
    )


def _render_answer(ids: Ids, viewer: Viewer) -> Rendered | None:
    claims = Claim.objects.exclude(decided_at=None).filter(pk=ids["claim"], by=viewer.user_id)
    claim = claims.select_related("community").first()
    if claim is None:
        return None
    granted = claim.outcome == ClaimOutcome.GRANTED
    subject = (
        _("The imported posts are yours now") if granted else _("Your claim of imported posts was declined")
    )
    return Rendered(
        subject=subject, text=claim.answer or claim.community.name, url=reverse("moderation:mine")
    )
