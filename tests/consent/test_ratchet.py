"""Everything by which a text can leave is named here: a new way out fails until somebody thought about it."""

from django.apps import apps
from django.conf import settings
from django.db import models

from network.consent import middleware
from network.consent.exits import exits
from network.consent.formats import FORMATS

EXITS = {
    "workspace": "keep",
    "page": "display",
    "preview": "display",
    "socket": "display",
    "mail": "notify",
    "feed": "distribute",
    "calendar": "distribute",
    "api": "export",
    "table": "export",
    "text": "export",
}
#: The only columns of this room that hold words; none of them is knowledge.
PUBLIC_WORDS = {
    "Holder": {"names", "attribution", "contact", "withheld_words"},
    "KnowledgeItem": {"title", "archive_url"},
    "Authority": {"office", "basis"},
}
CODES = {
    "kind", "exposure", "head_hash", "name", "language", "basis", "method", "preset", "hash", "audience",
    "actions", "exits", "languages", "months", "part", "exit", "code", "act", "wrapped_by",
}  # fmt: skip


def test_the_exits_are_those_that_were_thought_about():
    assert {name: entry.action.value for name, entry in exits.items()} == EXITS
    assert {entry.format for entry in exits} <= set(FORMATS)


def test_every_content_type_leads_to_a_registered_exit_and_format():
    for exit, format in middleware._DOORS.values():
        assert exit in exits
        assert format in FORMATS


def test_the_gate_stands_inside_compression_and_outside_everything_else():
    order = settings.MIDDLEWARE
    gate = order.index("network.consent.middleware.EgressMiddleware")
    assert order[gate - 1] == "django.middleware.gzip.GZipMiddleware"
    assert not [name for name in order[:gate] if "ache" in name]


def test_no_column_of_this_room_could_hold_knowledge_unsealed():
    telling = (models.CharField, models.TextField, models.JSONField, models.FileField)
    for model in apps.get_app_config("consent").get_models():
        words = {field.name for field in model._meta.fields if isinstance(field, telling)}
        assert words <= PUBLIC_WORDS.get(model.__name__, set()) | CODES, model
