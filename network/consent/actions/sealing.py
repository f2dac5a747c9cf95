"""Sealing: from here on the text is nowhere but in the vault."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import gate, policies
from network.consent.enums import Exposure, PartName
from network.consent.models import Holder, Holding, KnowledgeItem, Part
from network.consent.tokens import MARK
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


def create_item(
    *,
    title: str,
    holders: Iterable[Holder],
    by: Viewer,
    exposure: Exposure = Exposure.REFERENCE,
    archive_url: str = "",
    parts: dict[PartName, str] | None = None,
    language: str = "en",
) -> KnowledgeItem:
    """An item of these holders with its texts sealed; nothing is shared by that."""
    holders = list(holders)
    if not holders:
        raise Refused(_("Say whose knowledge this is."), "holders")
    if not policies.can_seal(by, {holder.pk for holder in holders}):
        raise PermissionDenied(_("Only the holders or a steward can seal this."))
    if MARK in title:
        raise Refused(_("The neutral title holds words only, no sealed text."), "title")
    with transaction.atomic():
        item = KnowledgeItem.objects.create(
            title=title, exposure=exposure, archive_url=archive_url, created_by=by.user.actor_id
        )
        Holding.objects.bulk_create(Holding(item=item, holder=holder) for holder in holders)
        texts = {name: text for name, text in (parts or {}).items() if text}
        for name, text in texts.items():
            _check(item, name, text)
        for name, text in texts.items():
            _write(item, name, language, text)
    return item


def seal_part(*, item: KnowledgeItem, name: PartName, language: str, text: str, by: Viewer) -> Part:
    """Seal a text in one language; what stood there before is gone."""
    if not policies.can_seal(by, set(item.holders.values_list("pk", flat=True))):
        raise PermissionDenied(_("Only the holders or a steward can seal this."))
    _check(item, name, text)
    with transaction.atomic():
        return _write(item, name, language, text)


def seal_note(*, item: KnowledgeItem, holder: Holder, number: int, language: str, text: str) -> Part:
    """How consent came about, told by one holder: its own people read it, and it can be erased."""
    return _write(item, f"note{number}", language, text, holder)


def _check(item: KnowledgeItem, name: PartName, text: str) -> None:
    if item.exposure == Exposure.REFERENCE:
        raise Refused(
            _("A reference keeps no text here. Choose how far it may go, or leave the text out."), "exposure"
        )
    if MARK in text:
        raise Refused(_("A sealed text cannot hold another one."), str(name))


def _write(item: KnowledgeItem, name: str, language: str, text: str, holder: Holder | None = None) -> Part:
    ciphertext = gate.seal(item.pk, name, language, text)
    part, _made = Part.objects.update_or_create(
        item=item,
        name=name,
        language=language,
        defaults={"ciphertext": ciphertext, "holder": holder, "sealed_at": timezone.now()},
    )
    return part
