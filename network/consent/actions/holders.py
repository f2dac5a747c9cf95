"""Holders and the people who belong to them or decide for them."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent.enums import HolderKind
from network.consent.models import Attestation, Authority, Holder, Standing
from network.consent.querysets import STEWARD
from network.foundations.viewer import Viewer


def found_holder(
    *,
    kind: HolderKind,
    names: dict[str, str],
    contact: str,
    by: Viewer,
    attribution: str = "",
    withheld_words: str = "",
) -> Holder:
    _require_steward(by)
    return Holder.objects.create(
        kind=kind, names=names, contact=contact, attribution=attribution, withheld_words=withheld_words
    )


def attest_standing(*, holder: Holder, user: User, by: Viewer) -> Standing:
    """``user`` belongs to ``holder``: attested by one of its people or, for the first ones, by a steward."""
    if not (by.has(STEWARD) or by.has(f"holder:{holder.pk}")):
        raise PermissionDenied(_("Only the holders themselves or a steward say who belongs to them."))
    with transaction.atomic():
        found = Standing.objects.select_for_update().filter(holder=holder, user=user, until=None).first()
        return found or Standing.objects.create(holder=holder, user=user, attested_by=by.user.actor_id)


def attest_authority(
    *, holder: Holder, user: User, office: str, by: Viewer, basis: str = "", until: datetime | None = None
) -> Authority:
    _require_steward(by)
    return Authority.objects.create(
        holder=holder, user=user, office=office, basis=basis, until=until, attested_by=by.user.actor_id
    )


def end_attestation(*, attestation: Attestation, by: Viewer) -> None:
    _require_steward(by)
    attestation.until = timezone.now()
    attestation.save(update_fields=["until"])


def _require_steward(by: Viewer) -> None:
    if not by.has(STEWARD):
        raise PermissionDenied(_("Holders and those who decide for them are written down by a steward."))
