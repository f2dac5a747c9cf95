"""The blocks that editors choose from, each with a preview in the chooser."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from home.blocks.living import EventsBlock, PeopleBlock, ThreadsBlock
from home.blocks.media import GalleryBlock, PictureBlock, VideoBlock
from home.blocks.telling import AccordionBlock, FiguresBlock, MapBlock, TableBlock, TimelineBlock
from network.consent.blocks import KnowledgeBlock
from network.foundations.richtext import objection

FEATURES = [
    *["h2", "h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link", "blockquote"],
    "knowledge",
]


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        preview_value = (
            "<h2>Wetlands remember</h2><p>What the survey of 2025 found, and what we will do with it.</p>"
        )
        description = _("Headings, paragraphs, lists and links.")

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Words"), max_length=1000)
    who = blocks.CharBlock(label=_("Who said it"), max_length=150)
    where = blocks.CharBlock(label=_("Occasion or source"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        preview_value = {
            "quote": "We count the birds because our grandmothers did.",
            "who": "A warden of the lagoon",
            "where": "",
        }
        description = _("Somebody's own words, with her name.")


class ActBlock(blocks.StructBlock):
    """A call to one act."""

    words = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or an address elsewhere"), required=False)

    class Meta:
        icon = "link-external"
        label = _("Call to action")
        template = "blocks/act.html"
        preview_value = {"words": "Register for the fair", "page": None, "url": "https://network.example/"}
        description = _("One button that leads on.")

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            sentence = _("Choose a page or give an address, one of the two.")
            raise blocks.StructBlockValidationError({"url": ValidationError(sentence)})
        return cleaned


class FilesBlock(blocks.StructBlock):
    files = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "blocks/files.html"
        description = _("Files to download, with their size.")

    def get_preview_value(self):
        return self.normalize({"files": list(get_document_model().objects.order_by("-pk")[:2])})


class BodyBlock(blocks.StreamBlock):
    text = TextBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    act = ActBlock()
    files = FilesBlock()
    knowledge = KnowledgeBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    people = PeopleBlock()
    events = EventsBlock()
    threads = ThreadsBlock()
    figures = FiguresBlock()
    table = TableBlock()
    timeline = TimelineBlock()
    map = MapBlock()
    accordion = AccordionBlock()

    class Meta:
        required = False
        block_counts = {"map": {"max_num": 1}}

    def clean(self, value):
        """What rooms below watch for stands in no body, whichever of its blocks it was typed into."""
        cleaned = super().clean(value)
        if sentence := objection("\n".join(self.get_searchable_content(cleaned))):
            raise blocks.StreamBlockValidationError(non_block_errors=[ValidationError(sentence)])
        return cleaned
