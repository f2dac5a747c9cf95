"""Cases that came by letter, and the endorsement that makes them the Party's own."""

from datetime import date, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from network.calls import chronicle, policies
from network.calls.actions._door import actor, advance, close_run, locked_call, locked_case, require, ring
from network.calls.actions.cases import begin
from network.calls.enums import Outcome, StageKind
from network.calls.models import Call, Case, EndorsementLink, StageRun
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce
from network.thesaurus.models import Term

#: How long a link opens its one door.
LASTS = timedelta(days=14)
_signer = Signer(salt="network.calls.endorsement")


@deed
def enter_letter(*, call: Call, party: Term, letter_of: date, by: Any) -> Case:
    """Type in a case that came by letter. It goes on once those whose letter it is confirm it."""
    with locked_call(call.pk) as locked:
        require(policies.can_enter(actor(by), locked))
        if letter_of > locked.at.date():
            raise Refused(_("A letter cannot be of a day to come."), field="letter_of")
        return begin(locked, party, by, entered_by=by, letter_of=letter_of)


@deed
def endorse(*, case: Case, by: Any) -> Case:
    """The focal point confirms, signed in, that this is what her Party submits."""
    with locked_case(case.pk) as locked:
        require(policies.can_endorse(actor(by), locked))
        if locked.nominator_id is None:
            locked.nominator = by
            locked.save(update_fields=["nominator"])
        return _endorsed(locked, by=by)


@deed
def send_link(*, case: Case, email: str, by: Any) -> EndorsementLink:
    """Let somebody without an account confirm: one case, one use, a fortnight. It goes out by mail alone."""
    with locked_case(case.pk) as locked:
        require(policies.can_send_link(actor(by), locked))
        link = EndorsementLink.objects.create(
            run=locked.run, email=email, expires_at=locked.call.at + LASTS, made_by=by.actor_id,
            made_at=locked.call.at,
        )  # fmt: skip
        chronicle.record(locked.call, "link-made", by=by, case=locked, link=link.pk)
        announce(f"call:{locked.call_id}", "calls.link_made", link=link.pk)
        return link


def token_for(link: EndorsementLink) -> str:
    return _signer.sign(str(link.pk))


def link_of(token: str) -> EndorsementLink | None:
    """The link that a token names, used up or not; None for anything that we have not signed."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return EndorsementLink.objects.select_related("run__case__call", "run__case__party").filter(pk=pk).first()


@deed
def endorse_by_link(*, token: str, name: str) -> Case:
    """Confirm through a link: whoever holds it says her name."""
    found = link_of(token)
    if found is None:
        raise Refused(_("This link is not one of ours."))
    with locked_case(found.run.case_id) as locked:
        link = EndorsementLink.objects.select_related("run").get(pk=found.pk)
        if not link.is_usable():
            raise Refused(_("This link has been used, or its time is over."))
        if not name.strip():
            raise Refused(_("Write your name."), field="name")
        link.used_at, link.signed_name = locked.call.at, name.strip()[:150]
        link.save(update_fields=["used_at", "signed_name"])
        return _endorsed(locked, by=None, link=link.pk)


def _endorsed(case: Case, *, by: Any, **ids: int) -> Case:
    run: StageRun = close_run(case, outcome=Outcome.ENDORSED, by=by)
    opened = advance(case, run, but=frozenset({StageKind.ENDORSE}))
    chronicle.record(
        case.call, "endorsed", by=by, case=case, run=run.pk, digest=case.digest,
        opens=opened.kind if opened else None, **ids,
    )  # fmt: skip
    announce(f"call:{case.call_id}", "calls.submitted", case=case.pk)
    ring(case, run, by)
    return case
