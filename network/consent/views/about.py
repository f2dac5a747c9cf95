"""What everybody who may know of an item can know of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.consent import gate, labels
from network.consent.enums import ContactKind
from network.consent.models import ConsentRequest, Flag, Holder
from network.consent.receipts import receipts
from network.consent.views.doorway import known_item

#: The ways to ask that need no network come first.
_ONLINE = (ContactKind.EMAIL, ContactKind.WEB)


@never_cache
@require_safe
def about(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whose knowledge it is, how to ask them, and what they share with whoever looks.

    A hidden item and one that is not there are answered alike. Why something is not shared is not told.
    """
    viewer = request.viewer
    item = known_item(request, pk)
    tokens = {part.token for part in item.parts.knowledge().order_by("id")}
    shared = gate.allowed(tokens, viewer, "page")
    holders = list(item.holders.prefetch_related("protocols").order_by("id"))
    return render(
        request,
        "consent/about/index.html",
        {
            "item": item,
            "holders": [_card(holder) for holder in holders],
            "shared": sorted(shared, key=lambda token: token.part),
            "labels": [_label(label) for label in item.labels.in_force().order_by("id")],
            "receipts": receipts(item, viewer) if shared else [],
            "sources": item.sources.discoverable_by(viewer).exclude(pk=item.pk).order_by("title"),
            "asked": ConsentRequest.objects.by(viewer).filter(item=item).order_by("-asked_at").first(),
            "warned": viewer.is_member and Flag.objects.open().filter(item=item, raised_by=viewer.user),
        },
    )


def _card(holder: Holder) -> dict[str, Any]:
    """Names in every language in which they told them, ways to ask, and the newest of their protocols."""
    contacts = sorted(holder.contacts, key=lambda contact: contact.get("kind") in _ONLINE)
    return {
        "holder": holder,
        "names": list(dict.fromkeys(name for name in holder.names.values() if name)),
        "ways": [
            (ContactKind(contact["kind"]).label, contact["value"])
            for contact in contacts
            if contact.get("kind") in ContactKind.values
        ],
        "protocol": next(iter(holder.protocols.all()), None),
    }


def _label(label: Any) -> dict[str, str]:
    return {
        "family": label.get_family_display(),
        "name": labels.name_of(label.family, label.code),
        "url": labels.project_url(label.hub_project),
    }
