"""Results: written by the release, mended in the open; facts checked before, appeals heard after."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.awards import policies
from network.awards.enums import Medal, Mending
from network.awards.models import Appeal, Certificate, Correction, Edition, FactCheck, Laureate, Nomination
from network.calls import actions as engine
from network.calls import chronicle
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.outbox.actions import announce


def proclaim(*, edition: Edition) -> list[Laureate]:
    """Write the public results from the newest decision of each case. Called inside the release."""
    laureates: list[Laureate] = []
    codes: list[str | None] = []
    cases = edition.call.cases.prefetch_related("decisions").select_related("nomination", "party")
    for case in cases:
        decision = next(iter(case.decisions.all()), None)
        if decision is None or decision.outcome == Medal.NONE:
            continue
        nomination = case.nomination
        told_early = nomination.early_notices.first()
        codes.append(told_early and told_early.code)
        laureates.append(
            Laureate(
                edition=edition,
                category=nomination.category,
                medal=decision.outcome,
                party=case.party,
                site_name=nomination.site_name,
                site_url=nomination.site_url,
            )
        )
    made = Laureate.objects.bulk_create(laureates)
    # Who printed a certificate for the ceremony holds the one that counts.
    Certificate.objects.bulk_create(
        Certificate(laureate=laureate, issued_at=edition.call.at, **({"code": code} if code else {}))
        for laureate, code in zip(made, codes, strict=True)
    )
    return made


def _told(laureate: Laureate) -> dict[str, str]:
    return {"medal": laureate.medal, "site_name": laureate.site_name, "site_url": laureate.site_url}


@deed
def correct_result(
    *, laureate: Laureate, medal: str, site_name: str, site_url: str, reason: str, by: Any
) -> Correction:
    """Mend a result that is out: what was stays readable beside what is. The certificate follows."""
    after = {"medal": medal, "site_name": site_name, "site_url": site_url}
    if medal not in Medal.values or medal == Medal.NONE:
        raise Refused(_("Choose one of the awards; to take one away, revoke it."), field="medal")
    return _mend(laureate, Mending.CORRECTED, after, reason, by)


@deed
def revoke_result(*, laureate: Laureate, reason: str, by: Any) -> Correction:
    """Take an award away. Its certificate says so from now on to everybody who verifies it."""
    return _mend(laureate, Mending.REVOKED, None, reason, by)


def _mend(laureate: Laureate, kind: Mending, after: dict | None, reason: str, by: Any) -> Correction:
    edition = Edition.objects.select_related("call").get(pk=laureate.edition_id)
    if not policies.can_mend(viewer_for(by), edition):
        raise PermissionDenied(_("Results that are out are mended by the secretariat."))
    with engine.locked_call(edition.call_id) as call:
        current = Laureate.objects.select_for_update().get(pk=laureate.pk)
        if current.revoked_at:
            raise Refused(_("This award has been revoked."))
        before = _told(current)
        if before == after:
            raise Refused(_("Nothing has changed."))
        if not reason.strip():
            raise Refused(_("Say why: everybody reads this sentence."), field="reason")
        if after is None:
            current.revoked_at = call.at
            Certificate.objects.filter(laureate=current).update(revoked_at=call.at)
        else:
            for name, value in after.items():
                setattr(current, name, value)
        current.save()
        made = Correction.objects.create(
            edition=edition, laureate=current.pk, kind=kind, before=before, after=after,
            reason=reason.strip(), made_by=by.actor_id, at=call.at,
        )  # fmt: skip
        chronicle.record(call, kind.value, by=by, correction=made.pk, laureate=current.pk)
        announce(f"call:{call.pk}", "calls.mended", call=call.pk, correction=made.pk)
        return made


@deed
def ask_facts(*, nomination: Nomination, asked: str, by: Any) -> FactCheck:
    """Before the decision, let the nominee check facts that the file leaves open."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_ask_facts(viewer_for(by), case):
            raise PermissionDenied(_("Facts are checked between the scores and the decision."))
        if not asked.strip():
            raise Refused(_("Write which facts are meant."), field="asked")
        try:
            with transaction.atomic():
                made = FactCheck.objects.create(
                    nomination=nomination, asked=asked.strip(), asked_at=case.call.at
                )
        except IntegrityError:
            raise Refused(_("The nominee has been asked already.")) from None
        chronicle.record(case.call, "facts-asked", by=by, case=case, facts=made.pk)
        announce(f"call:{case.call_id}", "calls.facts_asked", case=case.pk)
        return made


@deed
def answer_facts(*, nomination: Nomination, answer: str, by: Any) -> FactCheck:
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_answer_facts(viewer_for(by), case):
            raise PermissionDenied(_("Facts are checked by the nominee, before the decision."))
        check = FactCheck.objects.filter(nomination=nomination).first()
        if check is None or check.answered_at:
            raise Refused(_("Nothing waits for your answer."))
        if not answer.strip():
            raise Refused(_("Write an answer."), field="answer")
        check.answer, check.answered_at = answer.strip(), case.call.at
        check.save(update_fields=["answer", "answered_at"])
        chronicle.record(case.call, "facts-answered", by=by, case=case, facts=check.pk)
        return check


@deed
def appeal(*, nomination: Nomination, text: str, by: Any) -> Appeal:
    """One appeal, where the rules of the edition allow for it and until its instant."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_appeal(viewer_for(by), case):
            raise PermissionDenied(_("The rules of this edition do not allow for an appeal of yours now."))
        if not text.strip():
            raise Refused(_("Say what was wrong about the procedure."), field="text")
        try:
            with transaction.atomic():
                made = Appeal.objects.create(
                    nomination=nomination, text=text.strip(), filed_by=by, filed_at=case.call.at
                )
        except IntegrityError:
            raise Refused(_("There is an appeal already.")) from None
        chronicle.record(case.call, "appealed", by=by, case=case, appeal=made.pk)
        announce(f"call:{case.call_id}", "calls.appealed", case=case.pk)
        return made


@deed
def decide_appeal(*, nomination: Nomination, upheld: bool, answer: str, by: Any) -> Appeal:
    """By somebody who had no part in the result. What follows for the result is a correction of its own."""
    with engine.locked_case(nomination.case_id) as case:
        if not policies.can_decide_appeal(viewer_for(by), case):
            raise PermissionDenied(_("An appeal is decided by somebody who had no part in the result."))
        found = Appeal.objects.filter(nomination=nomination).first()
        if found is None or found.decided_at:
            raise Refused(_("No appeal waits for a decision."))
        if not answer.strip():
            raise Refused(_("Give the reasons: the nominee reads them."), field="answer")
        found.upheld, found.answer = upheld, answer.strip()
        found.decided_by, found.decided_at = by, case.call.at
        found.save(update_fields=["upheld", "answer", "decided_by", "decided_at"])
        chronicle.record(case.call, "appeal-decided", by=by, case=case, appeal=found.pk)
        announce(f"call:{case.call_id}", "calls.appeal_decided", case=case.pk)
        return found
