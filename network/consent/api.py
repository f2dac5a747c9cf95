"""Shared knowledge for programs, and the feed that tells them what they must delete."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import Field

from network.consent import gate, signing
from network.consent.enums import Action, DutyKind
from network.consent.models import Change, KnowledgeItem, Release
from network.foundations.viewer import Viewer

knowledge = Router(tags=["knowledge"])
consent = Router(tags=["consent"])

#: Lines of the change feed in one answer.
MOST_CHANGES = 500
_BIGGEST = 2**63 - 1


class PartOut(Schema):
    name: str
    language: str
    text: str = Field(description="Released for this caller, with its attribution.")
    uses: list[Action] = Field(description="What the caller may do with it; nothing else.")
    until: datetime | None = Field(description="From this instant it is not shared any more.")
    onward: bool = Field(description="Whether it may be passed on, under the same conditions.")
    duties: list[DutyKind] = Field(description="What whoever uses it owes the holders.")


class ItemOut(Schema):
    id: UUID
    title: str
    attribution: list[str]
    contact: list[str]
    parts: list[PartOut]


class GoneOut(Schema):
    id: UUID
    act: str = Field(description="'delete': every copy must go.")


class ChangeOut(Schema):
    number: int
    item: UUID
    act: str = Field(description="'delete': every copy must go; 'review': ask for the item again.")
    at: str = Field(description="The instant in UTC.")
    signature: str = Field(
        description="Ed25519, base64, over number, item, act and at, one a line, as they stand here."
    )


class KeyOut(Schema):
    algorithm: str
    public_key: str = Field(description="Raw, base64. Changes are signed with it.")


class ChangesOut(Schema):
    changes: list[ChangeOut]
    after: int = Field(description="Ask next time for what comes after this number.")


@knowledge.get("/{uuid:pk}/", response={200: ItemOut, 410: GoneOut})
def item(request: HttpRequest, pk: UUID):
    """What its holders share with the caller. 410 where she may have had it and has to delete it."""
    had = _had(request.viewer).filter(item_id=pk)
    found = KnowledgeItem.objects.filter(pk=pk).prefetch_related("holders", "parts").first()
    if found is None:
        raise Http404
    tokens = {part.token for part in found.parts.all() if part.is_knowledge}
    shared = gate.allowed(tokens, request.viewer, "api")
    if not shared:
        if had.exists():
            return Status(410, {"id": pk, "act": "delete"})
        raise Http404
    holders = list(found.holders.all())
    return {
        "id": pk,
        "title": found.title,
        "attribution": [holder.named_as for holder in holders],
        "contact": [way for holder in holders for way in holder.ways_to_ask],
        "parts": [
            _part(outcome) for _token, outcome in sorted(shared.items(), key=lambda pair: pair[0].part)
        ],
    }


def _part(outcome: gate.Outcome) -> dict[str, Any]:
    """The token in the place of the text: the gate at the door turns it into what this caller may have."""
    return {
        "name": outcome.token.part,
        "language": outcome.language,
        "text": str(outcome.token),
        "uses": [use for use in Action if use in outcome.uses and use is not Action.DISCOVER],
        "until": outcome.conditions.until,
        "onward": outcome.conditions.onward,
        "duties": list(outcome.duties),
    }


@consent.get("/changes", response=ChangesOut)
def changes(request: HttpRequest, after: int = Query(0, ge=0, le=_BIGGEST)):
    """What changed after ``after`` for items that the caller may have had; no item that she never met."""
    met = _had(request.viewer).values("item_id")
    found = list(Change.objects.filter(number__gt=after, item_id__in=met)[:MOST_CHANGES])
    return {
        "changes": [_change(change) for change in found],
        "after": found[-1].number if found else after,
    }


def _change(change: Change) -> dict[str, Any]:
    at = change.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said = {"number": change.number, "item": str(change.item_id), "act": change.act, "at": at}
    return said | {"signature": signing.sign("\n".join(str(value) for value in said.values()))}


@consent.get("/key", response=KeyOut)
def changes_key(request: HttpRequest):
    """The key that proves that a change came from here."""
    return {"algorithm": "Ed25519", "public_key": signing.public_key()}


def _had(viewer: Viewer):
    return Release.objects.to_somebody_like(viewer)
