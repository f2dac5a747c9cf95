"""Holders and the people who belong to them or decide for them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent import policies
from network.consent.enums import Circle, ContactKind, Exposure, HolderKind, Voice
from network.consent.models import (
    Attestation,
    Authority,
    CommunityProtocol,
    Holder,
    KnowledgeItem,
    Standing,
)
from network.consent.querysets import STEWARD
from network.foundations import tongues
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer


def found_holder(
    *,
    kind: HolderKind,
    names: dict[str, str],
    contacts: Sequence[tuple[ContactKind, str]],
    by: Viewer,
    attribution: str = "",
    withheld_words: str = "",
    quorum: int = 1,
) -> Holder:
    """Write down who holds knowledge: names by language (its own first) and ways to ask, in order."""
    _require_steward(by)
    _check_words(names, contacts)
    _check_quorum(quorum)
    return Holder.objects.create(
        kind=kind,
        names=names,
        own_language=next(iter(names)),
        contacts=_told(contacts),
        attribution=attribution,
        withheld_words=withheld_words,
        quorum=quorum,
    )


def holder_mark(holder: Holder) -> str:
    """A short mark of how a holder is described: whoever saves says which description she had before her."""
    shown = [
        holder.names, holder.own_language, holder.contacts, holder.attribution, holder.withheld_words,
        holder.quorum,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def describe_holder(
    *,
    holder: Holder,
    names: dict[str, str],
    contacts: Sequence[tuple[ContactKind, str]],
    attribution: str,
    withheld_words: str,
    quorum: int,
    by: Viewer,
    seen: str = "",
) -> Holder:
    """How the holders wish to be named and asked now: their own people change it, or a steward for them.

    ``names`` has their own first. ``seen`` is the ``holder_mark`` of what was changed; where somebody saved
    in between, ``StaleEdit`` carries what stands now.
    """
    if not policies.can_describe(by, holder.pk):
        raise PermissionDenied(_("Only the holders themselves or a steward change this."))
    _check_words(names, contacts)
    _check_quorum(quorum)
    with transaction.atomic():
        stands = Holder.objects.select_for_update().get(pk=holder.pk)
        if seen and seen != holder_mark(stands):
            raise StaleEdit(_("Somebody else changed this in the meantime."), stands)
        if quorum < stands.quorum and not by.has(STEWARD):
            raise Refused(
                _("That fewer must agree, a steward writes down, once those who decide have agreed on it."),
                "quorum",
            )
        stands.names, stands.own_language, stands.contacts = names, next(iter(names)), _told(contacts)
        stands.attribution, stands.withheld_words, stands.quorum = attribution, withheld_words, quorum
        stands.save(update_fields=_DESCRIBED)
    return stands


_DESCRIBED = ["names", "own_language", "contacts", "attribution", "withheld_words", "quorum"]


def _check_quorum(quorum: int) -> None:
    if quorum < 1:
        raise Refused(_("At least one of those who decide must agree."), "quorum")


def name_beside(*, item: KnowledgeItem, holder: Holder, words: str, by: Viewer) -> None:
    """How the holders wish to be named beside this one item, and not beside others."""
    if not policies.can_describe(by, holder.pk):
        raise PermissionDenied(_("Only the holders themselves or a steward change this."))
    item.holdings.filter(holder=holder).update(attribution=words)


def _check_words(names: dict[str, str], contacts: Sequence[tuple[ContactKind, str]]) -> None:
    if not any(names.values()):
        raise Refused(_("Say what the holders call themselves."), "own_name")
    if not all(tongues.is_known(tag) for tag in names):
        raise Refused(_("Choose a language that the network knows."), "own_language")
    if not contacts:
        raise Refused(_("Say how the holders can be asked."), "contacts")


def _told(contacts: Sequence[tuple[ContactKind, str]]) -> list[dict[str, str]]:
    return [{"kind": ContactKind(kind).value, "value": value} for kind, value in contacts]


def attest_standing(*, holder: Holder, user: User, by: Viewer, circles: Iterable[Circle] = ()) -> Standing:
    """``user`` belongs to ``holder``: attested by one of its people or, for the first ones, by a steward.

    To which circles she belongs, only the people itself says, never a steward.
    """
    circles = sorted(Circle(circle).value for circle in circles)
    if not (by.has(STEWARD) or policies.belongs_to(by, holder.pk)):
        raise PermissionDenied(_("Only the holders themselves or a steward say who belongs to them."))
    if circles and not policies.decides_for(by, holder.pk):
        raise PermissionDenied(_("Only somebody who decides for the holders says who is in a circle."))
    with transaction.atomic():
        found = Standing.objects.select_for_update().filter(holder=holder, user=user, until=None).first()
        if found and circles and found.circles != circles:
            found.until = timezone.now()
            found.save(update_fields=["until"])
            found = None
        return found or Standing.objects.create(
            holder=holder, user=user, circles=circles, attested_by=by.user.actor_id
        )


def attest_authority(
    *,
    holder: Holder,
    user: User,
    office: str,
    by: Viewer,
    basis: str = "",
    voice: Voice = Voice.GENERAL,
    until: datetime | None = None,
) -> Authority:
    _require_steward(by)
    return Authority.objects.create(
        holder=holder,
        user=user,
        office=office,
        basis=basis,
        voice=voice,
        until=until,
        attested_by=by.user.actor_id,
    )


def set_circles(*, standing: Standing, circles: Iterable[Circle], by: Viewer) -> Standing:
    """In which circles one of the people is: a new attestation, so that what held before stays written."""
    chosen = sorted(Circle(circle).value for circle in circles)
    if not policies.decides_for(by, standing.holder_id):
        raise PermissionDenied(_("Only somebody who decides for the holders says who is in a circle."))
    with transaction.atomic():
        found = Standing.objects.select_for_update().get(pk=standing.pk)
        if found.until or found.circles == chosen:
            return found
        found.until = timezone.now()
        found.save(update_fields=["until"])
        return Standing.objects.create(
            holder=found.holder, user=found.user, circles=chosen, attested_by=by.user.actor_id
        )


def end_attestation(*, attestation: Attestation, by: Viewer) -> None:
    """She no longer belongs to the holders, or no longer decides for them; what she decided stays."""
    if not policies.can_end(by, attestation):
        raise PermissionDenied(_("Only a steward, or somebody who decides for the holders, ends this."))
    attestation.until = timezone.now()
    attestation.save(update_fields=["until"])


def record_protocol(
    *,
    holder: Holder,
    title: str,
    language: str,
    by: Viewer,
    adopted_on: date | None = None,
    url: str = "",
    absch_id: str = "",
    ceiling: Exposure = Exposure.OPEN,
    text: KnowledgeItem | None = None,
) -> CommunityProtocol:
    """The next version of the holders' own protocol; new consent follows its ceiling from now on."""
    if not policies.can_describe(by, holder.pk):
        raise PermissionDenied(_("Only the holders themselves or a steward write down their protocol."))
    if not tongues.is_known(language):
        raise Refused(_("Choose a language that the network knows."), "language")
    if text is not None and not text.holdings.filter(holder=holder).exists():
        raise Refused(_("This text belongs to other holders."), "text")
    with transaction.atomic():
        Holder.objects.select_for_update().get(pk=holder.pk)
        newest = holder.protocols.first()
        return CommunityProtocol.objects.create(
            holder=holder,
            version=newest.version + 1 if newest else 1,
            title=title,
            language=language,
            adopted_on=adopted_on,
            url=url,
            absch_id=absch_id,
            ceiling=ceiling,
            text=text,
            recorded_by=by.user.actor_id,
        )


def _require_steward(by: Viewer) -> None:
    if not by.has(STEWARD):
        raise PermissionDenied(_("Holders and those who decide for them are written down by a steward."))
