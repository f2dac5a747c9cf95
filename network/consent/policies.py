"""Who may do what in the workspace: pure, default no. Who may *read* is ``decide``'s business alone."""

from collections.abc import Set

from network.consent.enums import Voice
from network.consent.models import (
    Attestation,
    Authority,
    ConsentRequest,
    Duty,
    KnowledgeItem,
    Standing,
)
from network.consent.presets import ALONE, Preset
from network.consent.querysets import STEWARD
from network.foundations.viewer import Viewer


def can_enter(viewer: Viewer) -> bool:
    """Stewards and people of holders have a workspace; for others there is none."""
    return viewer.has(STEWARD) or bool(viewer.ids("holder"))


def belongs_to(viewer: Viewer, holder_id: int) -> bool:
    return viewer.has(f"holder:{holder_id}")


def decides_for(viewer: Viewer, holder_id: int) -> bool:
    """She is one of those who decide for the holder, by its own law."""
    deciding = Authority.objects.in_force().filter(holder=holder_id, user=viewer.user_id)
    return viewer.is_member and deciding.exists()


def holders_decided_by(viewer: Viewer) -> set[int]:
    if not viewer.is_member:
        return set()
    deciding = Authority.objects.in_force().filter(user=viewer.user_id)
    return set(deciding.values_list("holder_id", flat=True))


def can_describe(viewer: Viewer, holder_id: int) -> bool:
    """How holders wish to be named and asked: they say it themselves, or a steward writes it for them."""
    return viewer.has(STEWARD) or decides_for(viewer, holder_id)


def can_loosen(viewer: Viewer, item: KnowledgeItem, holder_id: int) -> bool:
    """Taking away what holds an item back: somebody who decides; on women's knowledge, their own voice."""
    deciding = Authority.objects.in_force().filter(holder=holder_id)
    if item.of_women and deciding.filter(voice=Voice.WOMEN).exists():
        deciding = deciding.filter(voice=Voice.WOMEN)
    return viewer.is_member and deciding.filter(user=viewer.user_id).exists()


def can_confirm(viewer: Viewer, duty: Duty, deciding: Set[int] | None = None) -> bool:
    """Whoever belongs to the holders sees what arrived. That sharing goes on, somebody who decides says.

    ``deciding``: for whom she decides, where a list has asked that already.
    """
    if not duty.suspends:
        return belongs_to(viewer, duty.record.holder_id)
    return duty.record.holder_id in (holders_decided_by(viewer) if deciding is None else deciding)


def can_end(viewer: Viewer, attestation: Attestation) -> bool:
    """Stewards end what they attested; those who decide say who no longer belongs, never who decides."""
    if viewer.has(STEWARD):
        return True
    return isinstance(attestation, Standing) and decides_for(viewer, attestation.holder_id)


def can_take_back(viewer: Viewer, item: KnowledgeItem) -> bool:
    """The whole of an item goes to one of its own people who decides, and to nobody on her behalf."""
    return _decides_on(viewer, item, viewer.ids("holder"))


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
    return _decides_on(viewer, item, holders_decided_by(viewer))


def _decides_on(viewer: Viewer, item: KnowledgeItem, holders: set[int]) -> bool:
    """Whether she decides for one of ``holders`` who holds the item."""
    wanted = holders & holders_decided_by(viewer)
    return bool(wanted) and item.holdings.filter(holder__in=wanted).exists()


def can_ask(viewer: Viewer, item: KnowledgeItem) -> bool:
    """Every member may ask about, and warn of, what she may know of."""
    return viewer.is_member and KnowledgeItem.objects.discoverable_by(viewer).filter(pk=item.pk).exists()


def may_be_asked_for(item: KnowledgeItem, preset: Preset, name: str) -> bool:
    """What the ceiling of an item rules out is not asked for; to ask for oneself is always possible."""
    return name == ALONE or item.exposure in preset.exposures


def serves(viewer: Viewer, item: KnowledgeItem) -> bool:
    """She is on the holders' side of an item: one of their people, or a steward."""
    return KnowledgeItem.objects.visible_to(viewer).filter(pk=item.pk).exists()


def belongs_to_any(viewer: Viewer, item: KnowledgeItem) -> bool:
    return item.holdings.filter(holder__in=viewer.ids("holder")).exists()


def can_write(viewer: Viewer, request: ConsentRequest) -> bool:
    """Whoever asked and the holders' own people talk until she is told an answer or takes it back."""
    if not viewer.is_member or not request.is_waiting:
        return False
    return viewer.user_id == request.requester_id or belongs_to_any(viewer, request.item)


def can_answer(viewer: Viewer, request: ConsentRequest) -> bool:
    """Somebody who decides for one of the holders, or a steward who writes down what they said."""
    if not viewer.is_member or not serves(viewer, request.item):
        return False
    deciding = Authority.objects.in_force().filter(holder__in=request.item.holders.all(), user=viewer.user_id)
    return viewer.has(STEWARD) or deciding.exists()


def can_decline(viewer: Viewer, holder_id: int) -> bool:
    """No is said by one of those who decide for the holder, or written down by a steward."""
    return viewer.has(STEWARD) or decides_for(viewer, holder_id)
