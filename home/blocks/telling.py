"""Blocks that tell something in another form than text: numbers, a table, steps in time, questions, a map."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from home.blocks.terms import TermBlock
from network.thesaurus.models import Term
from network.thesaurus.tiles import tile_map

#: What may stand in a short text inside of another block: no headings, which belong to the page.
SMALL = ["bold", "italic", "ol", "ul", "link"]


class FigureBlock(blocks.StructBlock):
    number = blocks.CharBlock(
        label=_("Number"), max_length=20, help_text=_("As it should read: 1.4 million.")
    )
    meaning = blocks.CharBlock(label=_("What it counts"), max_length=120)


class FiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(FigureBlock(), label=_("Figures"), min_num=1, max_num=6)
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "order"
        label = _("Figures with their source")
        template = "blocks/figures.html"
        preview_value = {
            "figures": [
                {"number": "11", "meaning": "coasts"},
                {"number": "4,200", "meaning": "hectares planted"},
            ],
            "source": "Survey of the network, 2025",
            "url": "",
        }
        description = _("A few numbers in large type, and where they come from.")


class TableBlock(TypedTableBlock):
    words = blocks.CharBlock(label=_("Words"), required=False, max_length=300)
    number = blocks.DecimalBlock(label=_("Number"), required=False)
    text = blocks.RichTextBlock(label=_("Text with links"), required=False, features=SMALL)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        description = _("Columns with headings and a caption; wide tables scroll by themselves.")

    def get_preview_value(self) -> TypedTable:
        words, number = self.child_blocks["words"], self.child_blocks["number"]
        return TypedTable(
            columns=[{"block": words, "heading": "Site"}, {"block": number, "heading": "Seedlings"}],
            row_data=[{"values": ["North lagoon", 1200]}, {"values": ["River mouth", 860]}],
            caption="Planted in the first season",
        )

    def render(self, value: TypedTable, context: Any = None) -> str:
        """By our template: the value's own knows no wide table."""
        return super(TypedTableBlock, self).render(value, context=context)


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"), max_length=60)
    title = blocks.CharBlock(label=_("What happened"), max_length=150)
    text = blocks.TextBlock(label=_("More about it"), required=False, max_length=600)


class TimelineBlock(blocks.StructBlock):
    moments = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=2)

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "blocks/timeline.html"
        preview_value = {
            "moments": [
                {"when": "March 2024", "title": "The first meeting on the beach", "text": ""},
                {"when": "June 2025", "title": "Eleven coasts, one frame", "text": "Each measures the same."},
            ]
        }
        description = _("What happened, in order.")


class FoldBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Question or title"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL)


class AccordionBlock(blocks.StructBlock):
    folds = blocks.ListBlock(FoldBlock(), label=_("Parts that open"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Parts that open")
        template = "blocks/accordion.html"
        preview_value = {
            "folds": [
                {"title": "Who may take part?", "text": "<p>Everybody who keeps a wetland.</p>"},
                {"title": "What does it cost?", "text": "<p>Nothing.</p>"},
            ]
        }
        description = _("Questions and answers that are closed at first.")


class PlaceBlock(blocks.StructBlock):
    country = TermBlock("country", label=_("Country"))
    number = blocks.IntegerBlock(label=_("How many"), default=1, min_value=1)
    words = blocks.CharBlock(label=_("What is there"), required=False, max_length=150)


class MapBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("What the map shows"), max_length=150)
    places = blocks.ListBlock(PlaceBlock(), label=_("Countries"), min_num=1)

    class Meta:
        icon = "globe"
        label = _("Map")
        template = "blocks/map.html"
        description = _("Countries as tiles of one size, and the same as a list. It draws no border.")

    def get_preview_value(self) -> Any:
        countries = Term.objects.of("country").current()[:3]
        places = [{"country": country, "number": 2, "words": ""} for country in countries]
        return self.normalize({"caption": "Where we measure", "places": places})

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        numbers: dict[Term, int] = {}
        for place in value["places"]:
            if place["country"]:
                numbers[place["country"]] = numbers.get(place["country"], 0) + place["number"]
        context["patches"] = tile_map(numbers)
        return context
