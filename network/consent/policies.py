"""Who may do what in the workspace: pure, default no. Who may *read* is ``decide``'s business alone."""

from network.consent.models import Authority, KnowledgeItem
from network.consent.querysets import STEWARD
from network.foundations.viewer import Viewer


def can_enter(viewer: Viewer) -> bool:
    """Stewards and people of holders have a workspace; for others there is none."""
    return viewer.has(STEWARD) or bool(viewer.ids("holder"))


def belongs_to(viewer: Viewer, holder_id: int) -> bool:
    return viewer.has(f"holder:{holder_id}")


def can_seal(viewer: Viewer, holder_ids: set[int]) -> bool:
    """Stewards seal for holders; people of a holder seal what is theirs, not what others hold as well."""
    return viewer.has(STEWARD) or (bool(holder_ids) and holder_ids <= viewer.ids("holder"))


def can_record(viewer: Viewer, authority: Authority) -> bool:
    """Consent widens, so it needs a person who decides: herself, or a steward who writes down her word."""
    return viewer.has(STEWARD) or (viewer.is_member and viewer.user_id == authority.user_id)


def can_withdraw(viewer: Viewer, holder_id: int) -> bool:
    """Stopping narrows: any of the holder's people may, and a steward whom they asked to."""
    return viewer.has(STEWARD) or belongs_to(viewer, holder_id)


def can_destroy(viewer: Viewer, item: KnowledgeItem) -> bool:
    """Erasing for good cannot be undone: only somebody who decides for a holder, never a steward."""
    deciding = Authority.objects.in_force().filter(holder__in=item.holders.all())
    return viewer.is_member and deciding.filter(user=viewer.user_id).exists()
