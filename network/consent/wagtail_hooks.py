"""What the Wagtail administration knows of this room: how to choose an item, nothing of what is in it."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from network.consent import richtext
from network.consent.choosers import KnowledgeChooserViewSet, knowledge_chooser
from network.consent.enums import PartName


@hooks.register("register_admin_viewset")
def register_knowledge_chooser() -> KnowledgeChooserViewSet:
    return knowledge_chooser


@hooks.register("register_rich_text_features")
def register_knowledge_feature(features: FeatureRegistry) -> None:
    features.register_embed_type(richtext.KnowledgeEmbedHandler)
    features.register_editor_plugin(
        "draftail",
        "knowledge",
        EntityFeature(
            {
                "type": richtext.ENTITY,
                "icon": "key",
                "description": _("Traditional knowledge"),
                "chooserUrls": {"knowledgeChooser": reverse_lazy("knowledge_chooser:choose")},
                "parts": [{"value": part.value, "label": part.label} for part in PartName],
                "partLabel": _("What to show"),
                # Only what is inserted here: nothing that was copied together from other pages.
                "attributes": ["id", "part", "title"],
                "allowlist": {"id": True, "part": True},
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/knowledge-entity.js"],
        ),
    )
    features.register_converter_rule("contentstate", "knowledge", richtext.CONVERSION)
