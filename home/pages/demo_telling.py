"""A piece of the demo's news that is told in every form a body can take."""

from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.rich_text import RichText

from communities.models import Community
from home.pages.models import NewsPage
from network.experts.models import ExpertProfile
from network.thesaurus.models import Term

PLACES = [
    ("KE", 3, "Three nurseries"),
    ("ID", 4, "The first trial"),
    ("BR", 2, ""),
    ("FJ", 2, "Measured twice"),
]
MOMENTS = [
    ("March 2024", "The first meeting", "Nine people, one beach, no common measure."),
    ("June 2025", "One frame for all", "Each coast measures a square of the same size, on the same day."),
    ("October 2026", "The third season", ""),
]
QUESTIONS = [
    (
        "May my village take part?",
        "<p>Yes. You need a square of one metre, a camera and a morning a month.</p>",
    ),
    ("Who owns what we measure?", "<p>You do. The table names a coast only where its people say so.</p>"),
]


def page() -> NewsPage:
    body = [
        ("text", RichText("<p>Three seasons of trying, measured with the same frame.</p>")),
        ("figures", {
            "figures": [
                {"number": "11", "meaning": "coasts"},
                {"number": "3", "meaning": "seasons"},
                {"number": "62 %", "meaning": "of seedlings stand after a year"},
            ],
            "source": "Imagined survey of the demo, 2026",
            "url": "",
        }),
        ("timeline", {
            "moments": [{"when": when, "title": title, "text": text} for when, title, text in MOMENTS]
        }),
        ("table", _table()),
        ("map", {"caption": "Where the frame is used: each tile is a country in its UN region.", "places": [
            {"country": Term.objects.get(domain="country", code=code), "number": number, "words": words}
            for code, number, words in PLACES
        ]}),
        ("quote", {
            "quote": "We stopped arguing about numbers on the day we began to count together.",
            "who": "A nursery keeper", "where": "at the third meeting",
        }),
        ("people", {
            "heading": "Ask them",
            "people": list(ExpertProfile.objects.published().order_by("sort_name")[:3]),
        }),
        ("threads", {
            "heading": "What is said about it",
            "community": Community.objects.filter(name="Mangroves and coasts").first(),
            "number": 3,
        }),
        ("events", {"heading": "Where to meet", "theme": None, "number": 2}),
        ("accordion", {"folds": [{"title": title, "text": RichText(text)} for title, text in QUESTIONS]}),
        ("video", {
            "title": "How a video waits until you ask for it", "url": "https://vimeo.com/76979871",
            "file": None, "captions": None, "still": None, "transcript": "",
        }),
    ]  # fmt: skip
    return NewsPage(
        slug="eleven-coasts",
        title="Eleven coasts, one frame",
        introduction="What three seasons of planting have shown, in numbers, on a map and in people.",
        body=body,
    )


def _table() -> TypedTable:
    kinds = NewsPage.body.field.stream_block.child_blocks["table"]
    words, number = kinds.child_blocks["words"], kinds.child_blocks["number"]
    columns = [("Coast", words), ("Planted", number), ("Standing after a year", number)]
    rows = [("North lagoon", 1200, 780), ("River mouth", 860, 430), ("Outer island", 400, 310)]
    return TypedTable(
        columns=[{"heading": heading, "block": block} for heading, block in columns],
        row_data=[{"values": list(row)} for row in rows],
        caption="Seedlings in the first season",
    )
