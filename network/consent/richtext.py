"""Knowledge inside a rich text of the CMS.

Stored is ``<embed embedtype="knowledge" id="…" part="…"/>``: an item's id and the name of a part. On the page
it is a token alone in its paragraph, which the gate binds for each reader; in the editor the neutral title.
"""

from uuid import UUID

from django.utils.translation import gettext as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Entity
from wagtail.admin.rich_text.converters.html_to_contentstate import AtomicBlockEntityElementHandler
from wagtail.rich_text import EmbedHandler

from network.consent.enums import PartName
from network.consent.models import KnowledgeItem
from network.consent.tokens import Token

ENTITY = "KNOWLEDGE"


class KnowledgeEmbedHandler(EmbedHandler):
    """The page: only well-formed references, and nothing is asked for."""

    identifier = "knowledge"

    @staticmethod
    def get_model() -> type[KnowledgeItem]:
        return KnowledgeItem

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [f"<p>{token}</p>" if (token := _token(attrs)) else "" for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: dict):
        if token := _token(attrs):
            yield KnowledgeItem, str(token.item), "", ""


class KnowledgeElementHandler(AtomicBlockEntityElementHandler):
    """From what is stored to what the editor shows."""

    def create_entity(self, name, attrs: dict, state, contentstate) -> Entity:
        token = _token(attrs)
        known = KnowledgeItem.objects.placeable().filter(pk=token.item) if token else ()
        title = next((item.title for item in known), _("Traditional knowledge"))
        stored = {"id": str(token.item), "part": token.part} if token else {}
        return Entity(ENTITY, "IMMUTABLE", {**stored, "title": title})


def stored(props: dict):
    """From the editor to what is stored: no word of the title goes with it."""
    attributes = {"embedtype": "knowledge", "id": props.get("id"), "part": props.get("part")}
    return DOM.create_element("embed", attributes)


CONVERSION = {
    "from_database_format": {'embed[embedtype="knowledge"]': KnowledgeElementHandler()},
    "to_database_format": {"entity_decorators": {ENTITY: stored}},
}


def _token(attrs: dict) -> Token | None:
    part = attrs.get("part")
    try:
        item = UUID(str(attrs.get("id")))
    except ValueError:
        return None
    return Token(item, str(part)) if part in PartName.values else None
