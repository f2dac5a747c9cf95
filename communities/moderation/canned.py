"""Ready-made reasons, in the language of whoever reads them."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from communities.models import Community
from communities.moderation.models import CannedReason, CannedText
from network.foundations.viewer import Viewer


def offered(community: Community | None) -> QuerySet[CannedReason]:
    """Those of the community and those of the whole site, the oldest first."""
    mine = Q(community=None)
    if community is not None:
        mine |= Q(community=community)
    return CannedReason.objects.filter(mine, retired_at=None).prefetch_related("texts").order_by("pk")


def offered_to_all(communities: Iterable[Community]) -> QuerySet[CannedReason]:
    """Those that can be said in each of these: of one community its own too, of several the site's alone."""
    known = {community.pk: community for community in communities}
    return offered(next(iter(known.values())) if len(known) == 1 else None)


def text_in(reason: CannedReason, language: str) -> CannedText | None:
    """Its text in ``language``, else in the network's first language, else in the one that there is."""
    texts = {text.language: text for text in reason.texts.all()}
    return texts.get(language) or texts.get(settings.LANGUAGE_CODE) or next(iter(texts.values()), None)


def choices(viewer: Viewer, communities: Iterable[Community]) -> dict[int, list[CannedText]]:
    """What is offered in each of these communities (by number), as this moderator reads it; two questions."""
    ids = {community.pk for community in communities}
    reasons = CannedReason.objects.filter(Q(community=None) | Q(community__in=ids), retired_at=None)
    found: dict[int, list[CannedText]] = {pk: [] for pk in ids}
    for reason in reasons.prefetch_related("texts").order_by("pk"):
        text = text_in(reason, viewer.language)
        for pk in found if reason.community_id is None else [reason.community_id]:
            if text is not None:
                found[pk].append(text)
    return found


def in_words(reason: CannedReason, person: int | None) -> str:
    """What the person whom it concerns will read: in her own language."""
    people = get_user_model().objects.filter(pk=person)
    language = people.values_list("language", flat=True).first() or settings.LANGUAGE_CODE
    text = text_in(reason, language)
    return text.text if text else ""


def translated(viewer: Viewer, texts: Iterable[str]) -> dict[str, str]:
    """Texts that are ready-made, word for word, to the same in the viewer's language; two questions."""
    said = CannedText.objects.filter(text__in=set(texts)).select_related("reason")
    rows = list(said.prefetch_related("reason__texts"))
    found = {row.text: text_in(row.reason, viewer.language) for row in rows}
    return {text: other.text for text, other in found.items() if other is not None}
