"""What somebody may put into what she writes: parts that holders let her quote, found by neutral title."""

from dataclasses import dataclass

from network.consent import gate
from network.consent.enums import Action, PartName
from network.consent.models import KnowledgeItem, Part
from network.consent.tokens import Token
from network.foundations.viewer import Viewer

#: Items that one search looks at, and that it shows.
_LOOKED_AT = 60
SHOWN = 20


@dataclass(frozen=True)
class Quotable:
    item: KnowledgeItem
    parts: list[tuple[str, Token]]


def quotable(viewer: Viewer, search: str = "") -> list[Quotable]:
    """Items with something in them that ``viewer`` may quote now. Nothing is opened."""
    known = KnowledgeItem.objects.discoverable_by(viewer)
    with_texts = known.filter(pk__in=Part.objects.knowledge().values("item")).order_by("title", "pk")
    if search:
        with_texts = with_texts.filter(title__icontains=search)
    items = list(with_texts.prefetch_related("holders")[:_LOOKED_AT])
    parts = Part.objects.knowledge().filter(item__in=items, name__in=_WORDS).order_by("id")
    tokens = dict.fromkeys(Token(item, name) for item, name in parts.values_list("item_id", "name"))
    allowed = gate.allowed(tokens, viewer, "page")
    free = [token for token in tokens if token in allowed and Action.QUOTE in allowed[token].uses]
    found = [Quotable(item, _named(item, free)) for item in items]
    return [each for each in found if each.parts][:SHOWN]


#: Texts; recordings and pictures are shown where they are placed, not quoted.
_WORDS = [PartName.TITLE, PartName.SUMMARY, PartName.BODY, PartName.PLACE, PartName.PEOPLE]


def _named(item: KnowledgeItem, tokens: list[Token]) -> list[tuple[str, Token]]:
    return [(str(PartName(token.part).label), token) for token in tokens if token.item == item.pk]
