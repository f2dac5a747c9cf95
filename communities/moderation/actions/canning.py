"""Writing ready-made reasons."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.models import Community
from communities.moderation import policies
from communities.moderation.models import CannedReason, CannedText
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

#: By language: in a word, and in a sentence.
Texts = Mapping[str, tuple[str, str]]


@deed
def write_canned(*, viewer: Viewer, community: Community | None, texts: Texts) -> CannedReason:
    """``community`` is None for a reason that all communities are offered."""
    demand(policies.can_can(viewer, community))
    reason = CannedReason.objects.create(community=community)
    _put(reason, texts)
    return reason


@deed
def change_canned(*, viewer: Viewer, reason: CannedReason, texts: Texts) -> None:
    """What was said with it already stays as it was said."""
    demand(policies.can_can(viewer, reason.community))
    _put(CannedReason.objects.select_for_update().get(pk=reason.pk), texts)


@deed
def retire_canned(*, viewer: Viewer, reason: CannedReason) -> None:
    """It is offered no more."""
    demand(policies.can_can(viewer, reason.community))
    CannedReason.objects.filter(pk=reason.pk, retired_at=None).update(retired_at=timezone.now())


def _put(reason: CannedReason, texts: Texts) -> None:
    given = {language: said for language, said in texts.items() if said[0].strip() and said[1].strip()}
    if not given:
        raise Refused(_("Write it in one language at least."))
    reason.texts.exclude(language__in=given).delete()
    for language, (title, text) in given.items():
        CannedText.objects.update_or_create(
            reason=reason, language=language, defaults={"title": title, "text": text}
        )
