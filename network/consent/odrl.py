"""Records in the shape of ODRL 2.2, so that another archive can read what was allowed. Pure.

Audiences, actions and exits are named by our own words below ``PROFILE``: ODRL leaves such words to profiles.
"""

from datetime import date, datetime
from typing import Any

from network.consent.enums import RecordKind
from network.consent.models import ConsentRecord, Duty, Scope

CONTEXT = "http://www.w3.org/ns/odrl.jsonld"
PROFILE = "urn:network:consent"


def policies_of(records: list[ConsentRecord]) -> list[dict[str, Any]]:
    """One policy for each record, in their order."""
    return [policy(record) for record in records]


def policy(record: ConsentRecord) -> dict[str, Any]:
    """What one holder said: permissions where it gave consent, a plain prohibition where it did not."""
    target = f"urn:uuid:{record.item_id}"
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Agreement" if record.kind == RecordKind.GIVEN else "Set",
        "uid": f"{target}#record-{record.number}",
        "profile": PROFILE,
        "assigner": f"{PROFILE}:holder:{record.holder_id}",
        "target": target,
        "issued": record.at.isoformat(),
        "consent": _particulars(record),
        "hash": record.hash,
    }
    if record.kind != RecordKind.GIVEN:
        return said | {"prohibition": [{"action": "use"}]}
    said["permission"] = [_permission(record, scope) for scope in record.scopes.all()]
    duties = [_obligation(duty) for duty in sorted(record.duties.all(), key=lambda duty: duty.number)]
    return said | ({"obligation": duties} if duties else {})


def _particulars(record: ConsentRecord) -> dict[str, Any]:
    """What ODRL has no words for."""
    told = {
        "kind": record.kind, "basis": record.basis, "method": record.method, "preset": record.preset,
        "voice": record.voice, "signers": record.signers, "recipients": record.recipients,
        "permit": record.permit, "agreement": record.agreement, "protocol": record.protocol_id,
        "validFrom": _day(record.valid_from), "validUntil": _day(record.valid_until),
        "reviewOn": _day(record.review_on), "recordedBy": str(record.recorded_by),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _permission(record: ConsentRecord, scope: Scope) -> dict[str, Any]:
    constraints = [
        _constraint("channel", "isAnyOf", scope.exits),
        _constraint("language", "isAnyOf", scope.languages),
    ]
    if scope.starts or record.valid_from:
        constraints.append(_constraint("dateTime", "gteq", _day(scope.starts or record.valid_from)))
    if scope.ends or record.valid_until:
        constraints.append(_constraint("dateTime", "lt", _day(scope.ends or record.valid_until)))
    if scope.months:
        constraints.append(_constraint(f"{PROFILE}:month", "isAnyOf", scope.months))
    said = {
        "assignee": f"{PROFILE}:{scope.audience}",
        "action": [f"{PROFILE}:{action}" for action in scope.actions],
        "constraint": constraints,
    }
    return said | ({"duty": [{"action": "nextPolicy"}]} if scope.onward else {})


def _constraint(left: str, operator: str, right: Any) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def _obligation(duty: Duty) -> dict[str, Any]:
    said: dict[str, Any] = {"action": f"{PROFILE}:{duty.kind}", "suspends": duty.suspends}
    if duty.due_on:
        said["constraint"] = [_constraint("dateTime", "lteq", _day(duty.due_on))]
    delivered = [delivery.at.isoformat() for delivery in duty.deliveries.all()]
    return said | ({"delivered": delivered} if delivered else {})


def _day(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
