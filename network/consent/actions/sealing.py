"""Sealing: from here on the text is nowhere but in the vault."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import fingerprints, gate, policies
from network.consent.enums import Exposure, PartName, ReleaseRule, Visibility
from network.consent.models import (
    Authority,
    ConsentRecord,
    Fingerprint,
    Holder,
    Holding,
    KnowledgeItem,
    Lineage,
    Part,
)
from network.consent.tokens import MARK
from network.foundations import tongues
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE, Viewer


def create_item(
    *,
    title: str,
    holders: Iterable[Holder],
    by: Viewer,
    exposure: Exposure = Exposure.REFERENCE,
    archive_url: str = "",
    rule: ReleaseRule = ReleaseRule.ALL,
    needed: int | None = None,
    decider: Authority | None = None,
    of_women: bool = False,
    derived_from: Sequence[KnowledgeItem] = (),
    parts: dict[PartName, str] | None = None,
    language: str = "en",
) -> KnowledgeItem:
    """An item of these holders with its texts sealed; nothing is shared by that.

    What is ``derived_from`` others goes no farther than each of them, and than what they were made from.
    """
    holders = list(holders)
    _check_new(title, holders, exposure, by)
    _check_rule(holders, rule, needed, decider)
    with transaction.atomic():
        item = new_item(
            title=title, holders=holders, exposure=exposure, by=by, sources=_visible(derived_from, by),
            archive_url=archive_url, rule=rule,
            needed=needed if rule == ReleaseRule.QUORUM else None,
            decider=decider if rule == ReleaseRule.NAMED else None,
            of_women=of_women,
        )  # fmt: skip
        texts = {name: text for name, text in (parts or {}).items() if text}
        for name, text in texts.items():
            check_text(item, name, language, text)
        for name, text in texts.items():
            write_part(item, name, language, text)
    return item


def new_item(
    *,
    title: str,
    holders: Iterable[Holder],
    exposure: Exposure,
    by: Viewer,
    sources: Iterable[UUID] = (),
    **more: Any,
) -> KnowledgeItem:
    """The rows of an item with its lineage, whoever asks: the caller has asked the policy."""
    item = KnowledgeItem.objects.create(title=title, exposure=exposure, created_by=by.user.actor_id, **more)
    Holding.objects.bulk_create(Holding(item=item, holder=holder) for holder in holders)
    Lineage.objects.bulk_create(
        Lineage(item=item, source_id=source) for source in {item.pk, *_ancestors(sources)}
    )
    return item


def _check_new(title: str, holders: list[Holder], exposure: Exposure, by: Viewer) -> None:
    if not holders:
        raise Refused(_("Say whose knowledge this is."), "holders")
    ids = {holder.pk for holder in holders}
    if not policies.can_seal(by, ids):
        raise PermissionDenied(_("Only the holders or a steward can seal this."))
    if exposure == Exposure.HIDDEN:
        if not settings.CONSENT_HIDDEN_ITEMS:
            raise Refused(_("This network keeps no hidden knowledge. A reference is enough."), "exposure")
        if not ids <= by.ids("holder"):
            raise Refused(_("Only the holders themselves can keep something hidden here."), "exposure")
    _check_ceilings(holders, exposure)
    if MARK in title:
        raise Refused(_("The neutral title holds words only, no sealed text."), "title")


def _check_ceilings(holders: list[Holder], exposure: Exposure) -> None:
    """What the holders' own protocols rule out is not even sealed as if it could go that far."""
    order = [known.value for known in Exposure]
    for holder in holders:
        protocol = holder.protocols.first()
        if protocol and order.index(exposure) > order.index(protocol.ceiling):
            raise Refused(
                _("The holders’ own protocol does not let knowledge go that far: %(protocol)s")
                % {"protocol": protocol},
                "exposure",
            )


def _check_rule(
    holders: list[Holder], rule: ReleaseRule, needed: int | None, decider: Authority | None
) -> None:
    if rule == ReleaseRule.QUORUM and not 1 <= (needed or 0) <= len(holders):
        raise Refused(_("Say how many of the holders must agree: at least one, at most all."), "needed")
    if rule == ReleaseRule.NAMED and (
        decider is None or decider.holder_id not in {holder.pk for holder in holders}
    ):
        raise Refused(_("Name the authority of one of these holders."), "decider")


def _visible(sources: Sequence[KnowledgeItem], by: Viewer) -> set[UUID]:
    wanted = {source.pk for source in sources}
    if KnowledgeItem.objects.discoverable_by(by).filter(pk__in=wanted).count() != len(wanted):
        raise Refused(_("Choose what it was made from among what you know of."), "derived_from")
    return wanted


def _ancestors(sources: Iterable[UUID]) -> set[UUID]:
    """Everything that an item made from ``sources`` depends on, near and far."""
    wanted = set(sources)
    if not wanted:
        return set()
    return set(Lineage.objects.filter(item__in=wanted).values_list("source", flat=True)) | wanted


def seal_part(*, item: KnowledgeItem, name: PartName, language: str, text: str, by: Viewer) -> Part:
    """Seal a text in one language; what stood there before is gone."""
    if not policies.can_seal(by, set(item.holders.values_list("pk", flat=True))):
        raise PermissionDenied(_("Only the holders or a steward can seal this."))
    check_text(item, name, language, text)
    _check_has_file(item, name, language)
    with transaction.atomic():
        return write_part(item, name, language, text)


def readers_by(record: ConsentRecord, visibility: str) -> list[str]:
    """The keys that open a field of a record: by its visibility, and always those of its holder."""
    if visibility == Visibility.PUBLIC:
        return [f"holder:{record.holder_id}", EVERYONE]
    if visibility == Visibility.PARTIES:
        holders = Holding.objects.filter(item=record.item_id).values_list("holder_id", flat=True)
        return sorted({*(f"holder:{holder}" for holder in holders), *record.recipients})
    return [f"holder:{record.holder_id}"]


def seal_note(
    *,
    item: KnowledgeItem,
    name: str,
    language: str,
    text: str,
    readers: Iterable[str],
    holder: Holder | None = None,
) -> Part:
    """Something said about an item (a note, a request, an answer): for these keys alone, and erasable."""
    return write_part(item, name, language, text, readers=sorted(set(readers)), holder=holder)


def check_text(item: KnowledgeItem, name: PartName, language: str, text: str) -> None:
    if item.exposure == Exposure.REFERENCE:
        raise Refused(
            _("A reference keeps no text here. Choose how far it may go, or leave the text out."), "exposure"
        )
    check_words(text, language, str(name))


def check_words(text: str, language: str, field: str) -> None:
    """Raise ``Refused`` where a text cannot be sealed as it is; ``field`` is where it was typed."""
    if not text.strip():
        raise Refused(_("Write something."), field)
    if not tongues.is_known(language):
        raise Refused(_("Choose a language that the network knows."), "language")
    if MARK in text:
        raise Refused(_("A sealed text cannot hold another one."), field)


def _check_has_file(item: KnowledgeItem, name: str, language: str) -> None:
    """Words for what is heard or seen are sealed anew by themselves only where there is a file already."""
    sealed = item.parts.filter(name=name, language=language).exclude(path="")
    if name in PartName.of_media() and not sealed.exists():
        raise Refused(_("Choose the recording or picture that these words belong to."), "file")


def write_part(
    item: KnowledgeItem,
    name: str,
    language: str,
    text: str,
    *,
    readers: list[str] | None = None,
    holder: Holder | None = None,
) -> Part:
    """Seal ``text`` in its place, whoever asks: the caller has asked the policy."""
    ciphertext = gate.seal(item.pk, name, language, text)
    part, _made = Part.objects.update_or_create(
        item=item,
        name=name,
        language=language,
        defaults={
            "ciphertext": ciphertext,
            "holder": holder,
            "readers": readers,
            "sealed_at": timezone.now(),
        },
    )
    _mark(part, text)
    return part


def _mark(part: Part, text: str) -> None:
    """The fingerprints of knowledge, in the place of those of what stood there before."""
    if part.name not in PartName.values:
        return
    place = {"item": part.item, "part": part.name, "language": part.language}
    Fingerprint.objects.filter(**place).delete()
    Fingerprint.objects.bulk_create(
        [Fingerprint(**place, digest=digest) for digest in fingerprints.marks(text)], batch_size=500
    )
