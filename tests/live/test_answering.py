"""Many requests at once in the real server: each keeps to itself, whatever thread answers it."""

import http.client
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.live.server import Server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def ask(server: Server, path: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as line:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()


def test_no_request_speaks_the_language_of_another(server: Server) -> None:
    asked = [("en", "/accounts/login/"), ("ar", "/ar/accounts/login/"), ("fr", "/fr/accounts/login/")] * 8
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda each: ask(server, each[1]), asked))
    for (language, _path), (status, page) in zip(asked, answers, strict=True):
        assert status == 200
        assert f'<html lang="{language}"'.encode() in page


def test_who_hangs_up_while_sending_disturbs_nobody(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(
            b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nlogin="
        )
    assert ask(server, "/healthz")[0] == 200


def test_what_fails_in_one_thread_does_not_stay_there(server: Server) -> None:
    for _turn in range(2 * 8):
        assert ask(server, "/experts/nobody-of-this-name/")[0] == 404
    assert ask(server, "/experts/")[0] == 200
