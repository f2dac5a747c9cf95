"""Hosts of the web, played on this machine: whoever is told where they live finds them at one local door."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from network.foundations.outward import Line

#: A public address in which nobody lives for these tests but us.
PUBLIC = "93.184.215.14"
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Elsewhere:
    """``pages`` maps host and path to what answers; ``asked`` is what was asked of whom."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    lives: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    dialed: list[str] = field(default_factory=list)

    def line(self, **more: Any) -> Line:
        return Line(resolve=self._resolve, dial=self._dial, **{"connect": 2.0, "whole": 5.0, **more})

    def page(self, address: str, text: str | bytes = "", status: int = 200, **headers: str) -> None:
        """``address`` is host and path."""
        body = text.encode() if isinstance(text, str) else text

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"content_type": "text/html; charset=utf-8", **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.pages[address] = answer

    def _resolve(self, host: str, port: int) -> list[str]:
        if host not in self.lives:
            raise OSError("no such host")
        return self.lives[host]

    def _dial(self, address: str, port: int) -> tuple[str, int]:
        self.dialed.append(address)
        return "127.0.0.1", self.port


@contextmanager
def elsewhere(context: ssl.SSLContext | None = None) -> Iterator[Elsewhere]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = f"{self.headers['Host']}{self.path}"
            world.asked.append(address)
            world.pages.get(address, lambda handler: handler.send_error(404))(self)

        def log_message(self, *args: Any) -> None:
            """Nothing to tell."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    world = Elsewhere(server.server_port)
    world.lives["chm.example"] = [PUBLIC]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
