"""Deciding about cases of the queue, taking that back, and telling others what one is at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.moderation import policies
from communities.moderation.canned import in_words
from communities.moderation.cases import Case, find
from communities.moderation.models import Away, CannedReason, Look, MailedDecision, Move
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

#: So long somebody is said to look at a case after she was last seen there.
LOOKS_FOR = timedelta(minutes=3)
#: A button that a page shows is pressed a moment later.
_GRACE = timedelta(seconds=5)
#: So many cases are decided at once.
MOST = 50
#: Longer than any address is good for (``letterbox.GOOD_FOR``).
REMEMBERED = timedelta(days=30)


@dataclass
class Settled:
    """What came of deciding many cases: those that were decided, and why others were not."""

    done: list[Case] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@deed
def settle(
    *, viewer: Viewer, case: Case, verb: str, reason: str = "", canned: CannedReason | None = None
) -> Move:
    """Decide about one case; it can be taken back for a short time."""
    _decide(viewer, case, verb, reason, canned)
    return _remember(viewer, verb, [case])


@deed
def settle_by_mail(*, viewer: Viewer, case: Case, verb: str, reason: str, address: str) -> Move:
    """Decide about a case by the address of a mail, which is good for one decision."""
    MailedDecision.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()
    digest = sha256(address.encode()).hexdigest()
    _used, is_new = MailedDecision.objects.get_or_create(digest=digest, defaults={"by": viewer.user})
    if not is_new:
        raise Refused(_("You have decided by this mail before. It is good for one decision."))
    return settle(viewer=viewer, case=case, verb=verb, reason=reason)


def settle_many(
    *, viewer: Viewer, cases: Iterable[Case], verb: str, reason: str = "", canned: CannedReason | None = None
) -> Settled:
    """Decide about many with one reason, each by itself: what cannot be decided is left and named."""
    settled = Settled()
    for case in list(cases)[:MOST]:
        try:
            with transaction.atomic():
                _decide(viewer, case, verb, reason, canned)
        except (Refused, PermissionDenied) as refused:
            settled.left.append(str(refused))
        else:
            settled.done.append(case)
    if settled.done:
        _remember(viewer, verb, settled.done)
    return settled


def _decide(viewer: Viewer, case: Case, name: str, reason: str, canned: CannedReason | None) -> None:
    verb = case.verb(name)
    if verb is None:
        raise Refused(_("This cannot be decided about it."))
    words = in_words(canned, case.about) if canned else reason
    if verb.needs_words and not words.strip():
        raise Refused(_("Say in a sentence why; those concerned read it."), "reason")
    verb.deed(viewer, case.row, words)
    Look.objects.filter(kind=case.name, target_id=case.row.pk).delete()
    _tell(case, "moderation.settled", viewer)


def _remember(viewer: Viewer, verb: str, cases: list[Case]) -> Move:
    Move.objects.filter(by=viewer.user_id, at__lt=timezone.now() - timedelta(days=1)).delete()
    return Move.objects.create(by=viewer.user, verb=verb, cases=[[case.name, case.row.pk] for case in cases])


def undoable(viewer: Viewer) -> Move | None:
    """Her last move, while it can be taken back."""
    lately = timezone.now() - timedelta(seconds=settings.UNDO_SECONDS)
    return Move.objects.filter(by=viewer.user_id, undone_at=None, at__gte=lately).order_by("-at").first()


@deed
def undo(*, viewer: Viewer, move: Move) -> None:
    """Take back what one press of a button decided: all of it, or nothing where that is not possible."""
    current = Move.objects.select_for_update().get(pk=move.pk)
    demand(current.by_id == viewer.user_id, _("Whoever decided takes it back."))
    allowed = timedelta(seconds=settings.UNDO_SECONDS) + _GRACE
    if current.undone_at is not None or timezone.now() - current.at > allowed:
        raise Refused(_("It is too late to take this back. Decide again instead."))
    for name, pk in current.cases:
        case = find(viewer, name, pk, decided=True)
        verb = next((verb for verb in case.kind.verbs if verb.name == current.verb), None) if case else None
        if case is None or verb is None or verb.undo is None:
            raise Refused(_("This decision cannot be taken back any more."))
        verb.undo(viewer, case.row)
        _tell(case, "moderation.reopened", viewer)
    current.undone_at = timezone.now()
    current.save(update_fields=["undone_at"])


@deed
def look(*, viewer: Viewer, case: Case) -> Look:
    """Say that one is looking at a case. Whoever looked first is named until she has gone for a while."""
    now = timezone.now()
    found, is_new = Look.objects.get_or_create(
        kind=case.name, target_id=case.row.pk, defaults={"by": viewer.user, "at": now}
    )
    hers = found.by_id == viewer.user_id
    if is_new or (not hers and now - found.at > LOOKS_FOR):
        _tell(case, "moderation.looking", viewer)
    elif not hers:
        return found
    found.by, found.at = viewer.user, now
    found.save(update_fields=["by", "at"])
    return found


def _tell(case: Case, kind: str, viewer: Viewer) -> None:
    announce(f"community:{case.community.pk}", kind, case=case.key, by=viewer.user_id)


@deed
def go_away(*, viewer: Viewer, until: datetime, note: str = "") -> Away:
    """Hand over for a while: the others see until when."""
    demand(policies.looks_after_any(viewer), _("This is for those who look after a community."))
    away, _is_new = Away.objects.update_or_create(user=viewer.user, defaults={"until": until, "note": note})
    return away


@deed
def come_back(*, viewer: Viewer) -> None:
    Away.objects.filter(user=viewer.user_id).delete()
