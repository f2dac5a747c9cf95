"""The canary: no text leaves but where it may, and no trace of one is left where it was only passing."""

import base64
import codecs
import gzip
import json
import logging
import zlib
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from channels.layers import get_channel_layer
from django.conf import settings
from django.core.cache import caches
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils.text import slugify
from django_q.models import OrmQ
from django_q.tasks import async_task

from network.consent import audit, decision, gate
from network.consent.audit.watchers import FOR_PROGRAMS, PROGRAMS
from network.consent.decision import Decision
from network.consent.exits import exits
from network.consent.models import ItemKey, KnowledgeItem, Release
from network.foundations.viewer import EVERYONE
from tests import people
from tests.consent.factories import clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


def test_every_exit_every_viewer_every_state():
    cells = list(audit.cells())
    assert not any(model.objects.exists() for model in (KnowledgeItem, ItemKey, Release))  # all taken back
    assert [str(cell) for cell in cells if not cell.holds] == []
    assert len(cells) >= 2000
    assert len(cells) == len(audit.STATES) * len(exits) * len({cell.watcher for cell in cells})
    assert len({state.name for state in audit.STATES}) == len(audit.STATES)


def test_both_directions_are_tried_at_every_exit_and_for_everybody():
    with audit.staged() as stage:
        expected = {
            (exit, watcher.name, placed.state.expects(exit, watcher.name))
            for placed in stage.placed
            for exit in exits.names()
            for watcher in stage.watchers
        }
    own = {"workspace", "return"}
    for exit in exits.names():
        for watcher in stage.watchers:
            assert (exit, watcher.name, False) in expected
            closed = exit in own or (watcher.name in PROGRAMS and exit != FOR_PROGRAMS)
            assert ((exit, watcher.name, True) in expected) or closed
    assert {(exit, True) for exit in own} <= {(exit, seen) for exit, _watcher, seen in expected}


def test_the_command_prints_every_row(monkeypatch):
    monkeypatch.setattr(audit, "STATES", audit.STATES[:1])
    call_command("consent_audit", stdout=(out := StringIO()))
    rows = out.getvalue().splitlines()
    with audit.staged() as stage:
        assert len(rows) == 1 + len(exits) * len(stage.watchers)
    assert "every one as it must be" in rows[-1]


def test_the_command_fails_on_a_leak(monkeypatch):
    monkeypatch.setattr(audit, "STATES", audit.STATES[:1])
    monkeypatch.setattr(decision, "decide", lambda *args: Decision(True, "x"))
    with pytest.raises(CommandError):
        call_command("consent_audit", "--faults", stdout=StringIO())


def _tables():
    """Every value of every table of every database."""
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table name
                for row in cursor.fetchall():
                    yield from ((table, value) for value in row if value is not None)


def _stores():
    """Whatever keeps something beside the databases."""
    for cache in caches.all(initialized_only=True):
        yield "cache", repr(getattr(cache, "_cache", ""))
    yield "channel layer", repr(vars(get_channel_layer()))
    for task in OrmQ.objects.all():
        yield "task", repr(task.task)
    places = [settings.CONSENT_VAULT_DIR, Path(settings.MEDIA_ROOT), settings.TEST_PLACE]
    for path in {path for place in places for path in place.glob("**/*") if path.is_file()}:
        yield str(path), path.read_bytes()


def _leaks(word):
    def holds(value):
        if isinstance(value, bytes | memoryview):
            return audit.shows_in_bytes(bytes(value), word)
        return audit.shows(str(value), word)

    return {place for source in (_tables(), _stores()) for place, value in source if holds(value)}


def test_nothing_of_the_whole_audit_is_left_in_any_store(caplog):
    caplog.set_level(logging.DEBUG)
    with audit.staged() as stage:
        for cell in audit.cells_on(stage):
            assert cell.holds
        for placed in stage.placed:
            async_task("network.consent.tasks.settle", str(placed.token), broker=None)
            caches["default"].set(str(placed.token.item), f"<p>{placed.token}</p>")
        assert Release.objects.count() > 2000
        assert _leaks(audit.FLOCK) == set()
        assert not audit.shows(caplog.text, audit.FLOCK)


def test_no_trace_is_left_at_rest(client, caplog, mailoutbox, settings):
    settings.EMAIL_BACKEND = "network.consent.mail.GatedBackend"
    settings.CONSENT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    caplog.set_level(logging.DEBUG)
    of = holder()
    speaker = with_standing(of)
    made = item(of, text=f"Here sings {audit.CANARY} at dawn")
    consent(made, of, clause(EVERYONE))
    EmailMessage("News", f"Read {made.token('body')}", to=[speaker.email]).send()
    assert audit.CANARY in mailoutbox[0].body  # it was delivered; that is the only place where it may stand
    people.sign_in(client, speaker)
    assert gate.release([made.token("body")], people.viewer(speaker), "page")
    assert _leaks(audit.CANARY) == set()
    assert not audit.shows(caplog.text)
    assert any("consent_part" in place for place, _value in _tables())


TEXT = f"so {audit.CANARY} it is"


@pytest.mark.parametrize(
    "shown",
    [
        TEXT.upper(),
        slugify(TEXT),
        json.dumps(TEXT),
        "".join(f"\\u{ord(letter):04x}" for letter in TEXT),
        "".join(f"&#{ord(letter)};" for letter in TEXT),
        "".join(f"&#x{ord(letter):X};" for letter in TEXT),
        quote(TEXT),
        "".join(f"%{byte:02X}" for byte in TEXT.encode()),
        "".join(f"={byte:02X}" for byte in TEXT.encode()),
        TEXT.encode().hex(),
        TEXT[::-1],
        repr(TEXT.encode("utf-16-be")),
        *(base64.b64encode(b"x" * shift + TEXT.encode()).decode() for shift in range(3)),
        *(base64.b32encode(b"x" * shift + TEXT.encode()).decode() for shift in range(5)),
    ],
)
def test_the_canary_is_recognized_in_disguise(shown):
    assert audit.shows(shown)
    assert audit.shows_in_bytes(shown.encode())


@pytest.mark.parametrize(
    "shown",
    [
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16 + TEXT.encode("utf-16"),
        gzip.compress(TEXT.encode()),
        zlib.compress(TEXT.encode()),
        zlib.compress(TEXT.encode(), wbits=-15),
    ],
)
def test_the_canary_is_recognized_in_bytes(shown):
    assert audit.shows_in_bytes(shown)


def test_what_is_no_canary_is_none():
    assert not audit.shows("so nothing it is")
    assert not audit.shows_in_bytes(gzip.compress(b"so nothing it is"))
