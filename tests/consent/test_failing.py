"""Whatever breaks on the way out: a placeholder, status 200, no traceback, and no word in the log."""

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from network.consent import decision, egress, gate
from network.consent.formats import FORMATS
from network.consent.mail import bound_message
from network.consent.middleware import EgressMiddleware
from network.consent.models import ItemKey, Part, Release
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, clause, consent, holder, item

pytestmark = pytest.mark.django_db

#: Each format with a content type that leads to it and a document that holds a token.
DOCUMENTS = {
    "html": ("text/html", "<p>{}</p><p>so {}</p>"),
    "json": ("application/json", '{"a": "{}"}'),
    "xml": ("application/rss+xml", "<rss><description>{}</description></rss>"),
    "csv": ("text/csv", "a,b\r\n1,{}\r\n"),
    "ics": ("text/calendar", "BEGIN:VEVENT\r\nDESCRIPTION:{}\r\nEND:VEVENT\r\n"),
    "text": ("text/plain", "so {}"),
}


def _raises(error):
    def fail(*args, **kwargs):
        raise error(f"secret {CANARY}")

    return fail


def _missing_key(patch):
    ItemKey.objects.all().delete()


FAULTS = {
    "a missing key": _missing_key,
    "the keys database is down": lambda patch: patch.setattr(
        ItemKey.objects, "filter", _raises(OperationalError)
    ),
    "the main database is down": lambda patch: patch.setattr(
        Part.objects, "filter", _raises(OperationalError)
    ),
    "the log cannot be written": lambda patch: patch.setattr(
        Release.objects, "write", _raises(DatabaseError)
    ),
    "an error in decide": lambda patch: patch.setattr(decision, "decide", _raises(ZeroDivisionError)),
    "an error in conditions": lambda patch: patch.setattr(decision, "conditions", _raises(KeyError)),
    "no memory": lambda patch: patch.setattr(gate.keyring, "decrypt", _raises(MemoryError)),
    "an error in the template": lambda patch: patch.setattr(egress, "render_to_string", _raises(ValueError)),
    "an error in the words": lambda patch: patch.setattr(egress, "_plain", _raises(ValueError)),
}


@pytest.fixture
def shared():
    of = holder()
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


def test_every_format_is_tried():
    assert set(DOCUMENTS) == set(FORMATS)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("format", DOCUMENTS)
def test_a_fault_shows_a_placeholder(shared, format, fault, monkeypatch, caplog):
    content_type, document = DOCUMENTS[format]
    body = document.replace("{}", str(shared.token("body")))
    request = RequestFactory().get("/somewhere/")
    request.viewer = anonymous()
    door = EgressMiddleware(lambda _request: HttpResponse(body, content_type=content_type))
    assert CANARY in door(request).content.decode()
    FAULTS[fault](monkeypatch)
    spared = fault == "an error in the template" and format != "html"
    spared = spared or (fault == "an error in the words" and format == "html")
    answer = door(request)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert (CANARY in text) == spared
    assert "Traceback" not in text
    assert spared or "[[tk:" not in text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("fault", FAULTS)
def test_a_mail_leaves_with_the_placeholder(shared, fault, monkeypatch, caplog):
    message = EmailMessage("News", f"So: {shared.token('body')}", to=[people.member().email])
    FAULTS[fault](monkeypatch)
    body = bound_message(message).body
    assert body.startswith("So: ")
    assert (CANARY in body) == (fault == "an error in the template")
    assert "[[tk:" not in body
    assert CANARY not in caplog.text


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="[]tk:0-9a-f{}<>&\"'\n", max_size=80), format=st.sampled_from(sorted(FORMATS)))
def test_nonsense_fails_nowhere(text, format):
    assert egress.bind(anonymous(), f"[[tk:{text}", exit="page", format=format).text == f"[[tk:{text}"
