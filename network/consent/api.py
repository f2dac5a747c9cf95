"""Shared knowledge for programs, and the feed that tells them what they must delete."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import Field

from network.consent import gate
from network.consent.models import Change, KnowledgeItem, Release
from network.foundations.viewer import Viewer

knowledge = Router(tags=["knowledge"])
consent = Router(tags=["consent"])

#: Lines of the change feed in one answer.
MOST_CHANGES = 500
_BIGGEST = 2**63 - 1


class PartOut(Schema):
    name: str
    text: str = Field(description="Released for this caller, with its attribution.")


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
    at: datetime


class ChangesOut(Schema):
    changes: list[ChangeOut]
    after: int = Field(description="Ask next time for what comes after this number.")


@knowledge.get("/{uuid:pk}/", response={200: ItemOut, 410: GoneOut})
def item(request: HttpRequest, pk: UUID):
    """What its holders share with the caller. 410 where she may have had it and has to delete it."""
    found = KnowledgeItem.objects.filter(pk=pk).prefetch_related("holders", "parts").first()
    if found is None:
        raise Http404
    tokens = {part.token for part in found.parts.all() if part.holder_id is None}
    shared = gate.allowed(tokens, request.viewer, "api")
    if not shared:
        if _had(request.viewer).filter(item_id=pk).exists():
            return Status(410, {"id": pk, "act": "delete"})
        raise Http404
    holders = list(found.holders.all())
    return {
        "id": pk,
        "title": found.title,
        "attribution": [holder.named_as for holder in holders],
        "contact": [holder.contact for holder in holders],
        "parts": [{"name": t.part, "text": str(t)} for t in sorted(shared, key=lambda token: token.part)],
    }


@consent.get("/changes", response=ChangesOut)
def changes(request: HttpRequest, after: int = Query(0, ge=0, le=_BIGGEST)):
    """What changed after ``after`` for items that the caller may have had; no item that she never met."""
    met = _had(request.viewer).values("item_id")
    found = list(Change.objects.filter(number__gt=after, item_id__in=met)[:MOST_CHANGES])
    return {
        "changes": [
            {"number": change.number, "item": change.item_id, "act": change.act, "at": change.at}
            for change in found
        ],
        "after": found[-1].number if found else after,
    }


def _had(viewer: Viewer):
    return Release.objects.to_somebody_like(viewer)
