"""How a request reaches its thread: what streams arrives whole, what is no HTTP is refused."""

import pytest

from network.foundations.handler import PooledHandler
from tests.loops import waited


def asked(handler: PooledHandler, path: str, messages: list[dict]) -> list[dict]:
    """What the handler sends to a server that asks for ``path`` and hands it these messages."""
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"", "scheme": "http",
        "headers": [(b"host", b"testserver")], "server": ("testserver", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    waiting, sent = list(messages), []

    async def receive() -> dict:
        return waiting.pop(0)

    async def send(message: dict) -> None:
        sent.append(message)

    waited(handler(scope, receive, send))
    return sent


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_pieces_arrives_whole(settings) -> None:
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    sent = asked(PooledHandler(), f"{settings.STATIC_URL}css/base.css", [{"type": "http.request"}])
    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == 200
    body = b"".join(message.get("body", b"") for message in sent[1:])
    assert len(body) == int(headers[b"Content-Length"]) > 1000
    assert not sent[-1].get("more_body")


def test_who_hangs_up_before_she_has_said_all_gets_no_answer() -> None:
    begun = [{"type": "http.request", "body": b"a", "more_body": True}, {"type": "http.disconnect"}]
    assert asked(PooledHandler(), "/", begun) == []
