"""What pages tell of requests and proposals, in plain words."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent.actions import signers, still_missing
from network.consent.actions.plain import from_plain
from network.consent.enums import Basis, Detail, DutyKind
from network.consent.models import ConsentRequest, Flag, Holding, KnowledgeItem, Part, Proposal
from network.consent.presets import ALONE, asked_for
from network.consent.tokens import Token
from network.consent.wording import audience_name, in_plain_words, places
from network.foundations.viewer import Viewer, viewer_for


@dataclass(frozen=True)
class Told:
    """A request: who asks for what, who would read it, until when, where it would appear."""

    request: ConsentRequest
    who: str
    purpose: Token | None
    readers: str
    description: Any
    where: str


def request_told(request: ConsentRequest, viewer: Viewer) -> Told:
    first = request.messages.first()
    preset = asked_for(request.preset, request.requester_id)
    readers = audience_name(request.audience, viewer, viewer_for(request.requester))
    return Told(
        request,
        request.requester.get_full_name(),
        request.item.token(first.part) if first else None,
        readers,
        preset.description if preset and request.preset != ALONE else "",
        places(preset.exits) if preset else "",
    )


def proposal_told(proposal: Proposal, viewer: Viewer) -> dict[str, Any]:
    """What would be shared, with whom, until when, who agreed, and the words that wait sealed."""
    said = from_plain(proposal.terms)
    words = proposal.terms["words"]
    notes = Part.objects.notes().filter(item=proposal.item_id, name__in=words).order_by("id")
    return {
        "proposal": proposal,
        "basis": Basis(said.basis).label,
        "clauses": in_plain_words(said.clauses, viewer),
        "duties": [(DutyKind(d.kind).label, d.due_on, d.suspends) for d in said.particulars.duties],
        "notes": [(_meant(words[note.name]), note.token) for note in notes],
        "signed": signers(proposal),
        "missing": still_missing(proposal),
    }


def _meant(name: str) -> Any:
    return Detail(name).label if name in Detail.values else _("What is owed")


#: More would bury the items; the rest stands on pages of its own.
_MOST_WAITING = 10


def waiting_for(viewer: Viewer) -> dict[str, Any]:
    """What waits in the whole workspace of ``viewer``, longest first: requests, proposals, warnings,
    and what the holders wanted to look at again."""
    items = KnowledgeItem.objects.visible_to(viewer)
    requests = ConsentRequest.objects.open().to_people_of(viewer).select_related("item", "requester")
    proposals = Proposal.objects.open().filter(item__in=items).select_related("item", "holder")
    flags = Flag.objects.open().filter(item__in=items).select_related("item")
    reviews = Holding.objects.filter(item__in=items).to_look_at_again(timezone.localdate())
    return {
        "reviews": list(reviews[:_MOST_WAITING]),
        "requests": list(requests.order_by("asked_at")[:_MOST_WAITING]),
        "proposals": list(proposals.order_by("id")[:_MOST_WAITING]),
        "flags": list(flags.order_by("id")[:_MOST_WAITING]),
    }


def waiting_on(item: KnowledgeItem) -> dict[str, Any]:
    """What waits for the holders on the page of an item: requests, proposals, warnings, looking again."""
    return {
        "reviews": list(item.holdings.to_look_at_again(timezone.localdate())),
        "requests": list(
            ConsentRequest.objects.open().filter(item=item).select_related("requester").order_by("asked_at")
        ),
        "proposals": list(Proposal.objects.open().filter(item=item).select_related("holder").order_by("id")),
        "flags": list(Flag.objects.open().filter(item=item).select_related("raised_by").order_by("id")),
    }
