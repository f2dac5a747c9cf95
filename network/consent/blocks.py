"""Placing knowledge on a page.

For a StreamField: ``("knowledge", KnowledgeBlock())``. The page stores the item's id and the names of its
parts; what is rendered are tokens, each alone in its paragraph, which the gate turns into a block with the
attribution and the terms of use, or into the holders' words where it is withheld. Page, preview, revision,
search index and cache hold no word of it. The demo's items are found by ``network.consent.demo.item(title)``.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from network.consent.choosers import knowledge_chooser
from network.consent.enums import PartName
from network.consent.models import KnowledgeItem

_ChooserBlock = knowledge_chooser.get_block_class(name="_ChooserBlock", module_path="network.consent.blocks")


class KnowledgeItemChooserBlock(_ChooserBlock):  # type: ignore[valid-type]
    """The item by its id. Wagtail looks stored ids up as the text that JSON keeps; ours are UUIDs.

    What is hidden looks as if it were not there: a page is no place for it.
    """

    def bulk_to_python(self, values: list[str | None]) -> list[KnowledgeItem | None]:
        found = KnowledgeItem.objects.placeable().in_bulk([value for value in values if value])
        by_text = {str(pk): item for pk, item in found.items()}
        return [by_text.get(value) if value else None for value in values]


class KnowledgeBlock(blocks.StructBlock):
    """A piece of traditional knowledge, shown as far as its holders allow to whoever looks."""

    item = KnowledgeItemChooserBlock(label=_("Knowledge"))
    parts = blocks.MultipleChoiceBlock(
        choices=PartName.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What to show"),
        help_text=_("Each reader sees what the holders allow her. Choose nothing for a reference alone."),
    )

    class Meta:
        icon = "key"
        label = _("Traditional knowledge")
        template = "consent/blocks/knowledge.html"
        preview_template = "consent/blocks/preview.html"
        description = _("Each reader sees what the holders allow her. The page keeps no word of it.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        item, chosen = value.get("item"), value.get("parts") or ()
        sealed = set(item.parts.values_list("name", flat=True)) if item and chosen else ()
        context["tokens"] = [item.token(part) for part in chosen if part in sealed]
        return context
