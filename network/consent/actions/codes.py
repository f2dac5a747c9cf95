"""Codes on paper: whoever holds one stops or pauses sharing for a holder, with no account and no reason."""

import hmac
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import codes, policies
from network.consent.actions.withdrawing import close
from network.consent.enums import Method, RecordKind
from network.consent.models import Holder, KnowledgeItem, RecoveryCode
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


def give_code(*, holder: Holder, keeper: str, by: Viewer) -> tuple[RecoveryCode, str]:
    """A new code for ``keeper``, and the code itself: this is the only moment at which anybody knows it."""
    _require_describing(holder.pk, by)
    if not keeper.strip():
        raise Refused(_("Say who will keep the code."), "keeper")
    plain = codes.new()
    made = RecoveryCode.objects.create(
        holder=holder, digest=codes.digest(plain), keeper=keeper.strip(), made_by=by.user.actor_id
    )
    return made, plain


def revoke_code(*, code: RecoveryCode, by: Viewer) -> None:
    _require_describing(code.holder_id, by)
    if code.revoked_at is None:
        code.revoked_at = timezone.now()
        code.save(update_fields=["revoked_at"])


def enter_code(typed: str) -> RecoveryCode:
    """The code that was typed, noted as used. To all others ``Refused`` says one and the same sentence."""
    wanted = codes.digest(typed)
    found = RecoveryCode.objects.in_force().select_related("holder").filter(digest=wanted).first()
    if not hmac.compare_digest(found.digest if found else "", wanted) or found is None:
        raise Refused(_("This code is not known here. Compare each letter and digit with the paper."), "code")
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    return found


def close_by_code(
    *, code: RecoveryCode, items: Iterable[KnowledgeItem], kind: RecordKind, method: Method
) -> None:
    """Stop (``withdrawn``) or pause (``suspended``) these items of the code's holder.

    Each is closed for itself: what fails in between leaves the others closed.
    """
    if kind not in (RecordKind.WITHDRAWN, RecordKind.SUSPENDED):
        raise ValueError("A code can only make less of what is shared.")
    if not RecoveryCode.objects.in_force().filter(pk=code.pk).exists():
        raise Refused(_("This code was taken back in the meantime."))
    for item in items:
        close(item=item, holder=code.holder, kind=kind, actor=code.actor, method=method)


def _require_describing(holder_id: int, by: Viewer) -> None:
    if not policies.can_describe(by, holder_id):
        raise PermissionDenied(
            _("Only those who decide for the holders, or a steward for them, give out codes.")
        )
