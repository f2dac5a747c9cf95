"""Everything by which a text can leave is named: a new way out fails until somebody thought about it."""

import pytest
from django.apps import apps
from django.conf import settings

from network.consent import middleware
from network.consent.exits import exits
from network.consent.formats import FORMATS
from tests.consent import register
from tests.consent.register import Register

EXITS = {
    "document": "export",
    "workspace": "keep",
    "return": "keep",
    "media": "display",
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


def test_everything_is_in_the_register():
    missing = Register.read().missing()
    assert missing == [], "judge what can leave there, then add to docs/privacy/exits.yaml:\n" + "\n".join(
        missing
    )


def test_nothing_in_the_register_is_gone():
    assert Register.read().vanished() == []


def test_the_register_is_well_formed():
    said = Register.read().said
    assert set(said) == set(register.everything())
    for axis, patterns in said.items():
        assert set(patterns.values()) <= (register.COLUMNS if axis == "columns" else register.WAYS), axis
        # No pattern takes in what begins anywhere: something new in a new place is seen.
        assert not [pattern for pattern in patterns if pattern[:1] in "*?["], axis


@pytest.mark.parametrize("axis", ["urls", "streams", "tasks", "content types", "columns", "commands"])
def test_something_new_is_missed(axis, monkeypatch):
    monkeypatch.setitem(register._AXES, axis, lambda: iter(["smuggler.Thing words"]))
    found = Register.read()
    assert found.missing() == [f"{axis}: smuggler.Thing words"]
    assert found.vanished()


def test_no_column_of_this_room_could_hold_knowledge_unsealed():
    """Knowledge in the vault, words that holders approved for all, codes; ``keeper`` names a person."""
    said = Register.read().said["columns"]
    room = {model._meta.label for model in apps.get_app_config("consent").get_models()}
    words = {column for column, kind in said.items() if kind == "words" and column.split()[0] in room}
    assert words <= {"consent.RecoveryCode keeper"}
