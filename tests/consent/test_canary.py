"""The canary: no text leaves but where it may, and no trace of one is left where it was only passing."""

import json
import logging
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connections

from network.consent import audit, decision, gate, mail
from network.consent.decision import Clause, Decision, Word
from network.consent.enums import State
from network.consent.exits import exits
from network.foundations.viewer import EVERYONE
from tests import people
from tests.consent.factories import clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


def test_every_exit_every_viewer_every_state():
    from network.consent.models import ItemKey, KnowledgeItem, Release

    cells = list(audit.cells())
    assert not any(model.objects.exists() for model in (KnowledgeItem, ItemKey, Release))  # all taken back
    assert [str(cell) for cell in cells if not cell.holds] == []
    assert len(cells) >= 2000
    assert len(cells) == len(audit.STATES) * len(exits) * len({cell.watcher for cell in cells})
    assert {cell.exit for cell in cells if cell.seen} == set(exits.names())


def test_the_command_prints_every_row(monkeypatch):
    monkeypatch.setattr(audit, "STATES", audit.STATES[:1])
    call_command("consent_audit", stdout=(out := StringIO()))
    rows = out.getvalue().splitlines()
    assert len(rows) == 1 + len(exits) * 11
    assert "every one as it must be" in rows[-1]


def _always_true(monkeypatch):
    monkeypatch.setattr(decision, "decide", lambda *args: Decision(True, "x"))


def _state_ignored(monkeypatch):
    monkeypatch.setattr(Word, "state", lambda self, now: State.GIVEN)
    monkeypatch.setattr(Clause, "state", lambda self, now: State.GIVEN)


def _superuser_passes(monkeypatch):
    real = decision.decide

    def decide(terms, asked, now):
        return Decision(True, "x") if "role:administrator" in asked.keys else real(terms, asked, now)

    monkeypatch.setattr(decision, "decide", decide)


def _one_holder_dropped(monkeypatch):
    real = decision.decide

    def decide(terms, asked, now):
        fewer = frozenset(sorted(terms.holders)[:1])
        return real(decision.replace(terms, holders=fewer), asked, now)

    monkeypatch.setattr(decision, "decide", decide)


def _an_adapter_skipped(monkeypatch):
    monkeypatch.setattr(mail, "bound_message", lambda message: message)


def _scope_ignored(monkeypatch):
    monkeypatch.setattr(decision, "_covers", lambda clause, *rest: True)


def _audience_ignored(monkeypatch):
    monkeypatch.setattr(decision, "_admits", lambda *args: True)


def _ceiling_ignored(monkeypatch):
    monkeypatch.setattr(decision, "ceiling_allows", lambda *args: True)


def _clock_frozen(monkeypatch):
    from datetime import UTC, datetime

    class Frozen:
        @staticmethod
        def now():
            return datetime(2020, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(gate, "timezone", Frozen)


def _decision_cached(monkeypatch):
    real, remembered = decision.decide, {}

    def decide(terms, asked, now):
        return remembered.setdefault((asked.exit, terms.holders), real(terms, asked, now))

    monkeypatch.setattr(decision, "decide", decide)


def _closed_key_opens(monkeypatch):
    from network.consent.models import ItemKey

    monkeypatch.setattr(ItemKey, "opens", True)


@pytest.mark.parametrize(
    "mutate",
    [
        _always_true,
        _state_ignored,
        _superuser_passes,
        _one_holder_dropped,
        _an_adapter_skipped,
        _scope_ignored,
        _audience_ignored,
        _ceiling_ignored,
        _clock_frozen,
        _decision_cached,
        _closed_key_opens,
    ],
)
def test_a_mutant_of_the_gate_is_caught(mutate, monkeypatch):
    mutate(monkeypatch)
    assert any(not cell.holds for cell in audit.cells())


def test_the_command_fails_on_a_leak(monkeypatch):
    monkeypatch.setattr(audit, "STATES", audit.STATES[:1])
    _always_true(monkeypatch)
    with pytest.raises(CommandError):
        call_command("consent_audit", "--faults", stdout=StringIO())


def _everything_at_rest():
    """Every value of every table of every database, and the cache."""
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table name
                for row in cursor.fetchall():
                    for value in row:
                        raw = bytes(value) if isinstance(value, bytes | memoryview) else None
                        yield table, raw.decode("latin-1") if raw is not None else str(value)
    yield "cache", repr(getattr(cache, "_cache", ""))


def test_no_trace_is_left_at_rest(client, caplog, mailoutbox, settings):
    settings.EMAIL_BACKEND = "network.consent.mail.GatedBackend"
    settings.CONSENT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    caplog.set_level(logging.DEBUG)
    of = holder()
    speaker = with_standing(of)
    made = item(of, text=f"Here sings {audit.CANARY} at dawn")
    consent(made, of, clause(EVERYONE))
    token = str(made.token("body"))
    from django.core.mail import EmailMessage

    cache.set("page", f"<p>{token}</p>")
    EmailMessage("News", f"Read {token}", to=[speaker.email]).send()
    assert audit.CANARY in mailoutbox[0].body  # it was delivered; that is the only place where it may stand
    people.sign_in(client, speaker)
    assert gate.release([made.token("body")], people.viewer(speaker), "page")
    leaks = {place for place, value in _everything_at_rest() if audit.shows(value)}
    assert leaks == set()
    assert not audit.shows(caplog.text)
    assert any("consent_part" in place for place, _value in _everything_at_rest())


def test_the_canary_is_recognized_in_disguise():
    import base64
    from urllib.parse import quote

    text = f"so {audit.CANARY} it is"
    for shown in (
        text.upper(),
        base64.b64encode(text.encode()).decode(),
        base64.b64encode(("x" + text).encode()).decode(),
        base64.b64encode(("xy" + text).encode()).decode(),
        text.encode().hex(),
        quote(text),
        json.dumps(text),
        "".join(f"&#{ord(letter)};" for letter in text),
    ):
        assert audit.shows(shown), shown
    assert not audit.shows("so nothing it is")
