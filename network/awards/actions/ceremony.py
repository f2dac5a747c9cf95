"""Before the ceremony named people are told; after it laureates let others learn from their answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from network.awards import policies
from network.awards.enums import Criterion
from network.awards.models import EarlyNotice, Leave, Nomination
from network.awards.signals import leave_recorded, leave_taken_back_recorded
from network.calls import actions as engine
from network.calls import chronicle
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.outbox.actions import announce

_signer = Signer(salt="network.awards.early-notice")


@deed
def tell_early(*, nomination: Nomination, name: str, email: str, reason: str, by: Any) -> EarlyNotice:
    """Let one named person read one result before the release. It goes out by mail alone, and is logged."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_tell_early(viewer_for(by), case):
            raise PermissionDenied(_("Nothing can be told early here: it is not decided, or it is out."))
        for field, value in (("name", name), ("reason", reason)):
            if not value.strip():
                raise Refused(_("The record says who is told, and why."), field=field)
        notices = EarlyNotice.objects.filter(nomination=nomination)
        if notices.filter(email__iexact=email, revoked_at=None).exists():
            raise Refused(_("A notice has gone to this address already."), field="email")
        before = notices.first()
        made = EarlyNotice.objects.create(
            nomination=nomination, name=name.strip(), email=email, reason=reason.strip(),
            made_by=by.actor_id, made_at=case.call.at, **({"code": before.code} if before else {}),
        )  # fmt: skip
        chronicle.record(case.call, "told-early", by=by, case=case, notice=made.pk)
        announce(f"call:{case.call_id}", "calls.told_early", notice=made.pk)
        return made


@deed
def revoke_early(*, notice: EarlyNotice, by: Any) -> None:
    """Close the link of a notice. What has been read has been read, and the record says so."""
    with engine.locked_case(notice.nomination.case_id) as case:
        if not policies.can_tell_early(viewer_for(by), case):
            raise PermissionDenied(_("Nothing can be told early here: it is not decided, or it is out."))
        current = EarlyNotice.objects.get(pk=notice.pk)
        if current.revoked_at is None:
            current.revoked_at = case.call.at
            current.save(update_fields=["revoked_at"])
            chronicle.record(case.call, "early-revoked", by=by, case=case, notice=current.pk)


def early_token(notice: EarlyNotice) -> str:
    return _signer.sign(str(notice.pk))


def early_of(token: str) -> EarlyNotice | None:
    """The notice that a token names; None for what we have not signed, and for what was closed."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    notices = EarlyNotice.objects.filter(pk=pk, revoked_at=None)
    return notices.select_related("nomination__edition__call", "nomination__case__party").first()


@deed
def open_early(*, token: str) -> EarlyNotice:
    """Whoever holds the link has promised to keep it to herself, and reads. Each time is logged."""
    found = early_of(token)
    if found is None:
        raise Refused(_("This link is not one of ours, or it was closed."))
    with engine.locked_case(found.nomination.case_id) as case:
        current = EarlyNotice.objects.get(pk=found.pk)
        if current.revoked_at is not None:
            raise Refused(_("This link is not one of ours, or it was closed."))
        if current.opened_at is None:
            current.opened_at = case.call.at
            current.save(update_fields=["opened_at"])
        chronicle.record(case.call, "early-opened", by=None, case=case, notice=current.pk)
    return found


@deed
def give_leave(*, nomination: Nomination, answers: list[str], by: Any) -> Leave:
    """Let these answers be published as good practice: editors are given a draft of a page."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_give_leave(viewer_for(by), case):
            raise PermissionDenied(_("The focal point of a laureate gives leave, once the results are out."))
        codes = [code for code in Criterion.values if code in answers]
        if not codes:
            raise Refused(_("Choose one answer at least."), field="answers")
        if Leave.objects.filter(nomination=nomination, taken_back_at=None).exists():
            raise Refused(_("Leave has been given already."))
        leave, _made = Leave.objects.update_or_create(
            nomination=nomination,
            defaults={
                "answers": codes, "given_by": by.actor_id, "given_at": case.call.at, "taken_back_at": None,
            },
        )  # fmt: skip
        chronicle.record(case.call, "leave-given", by=by, case=case, leave=leave.pk)
        said = [(label, text) for code, label, text in nomination.answers if code in codes]
        leave_recorded.send(sender=Nomination, nomination=nomination, answers=said, user=by)
        return leave


@deed
def take_back_leave(*, nomination: Nomination, by: Any) -> None:
    """What was published of these answers goes, at once."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_take_back_leave(viewer_for(by), case):
            raise PermissionDenied(_("The focal point of a laureate gives leave, once the results are out."))
        leave = Leave.objects.filter(nomination=nomination, taken_back_at=None).first()
        if leave is None:
            raise Refused(_("No leave stands that could be taken back."))
        leave.taken_back_at = case.call.at
        leave.save(update_fields=["taken_back_at"])
        chronicle.record(case.call, "leave-taken-back", by=by, case=case, leave=leave.pk)
        leave_taken_back_recorded.send(sender=Nomination, nomination=nomination)
