"""Run alone in a network of its own (``unshare -rn``): hosts at real addresses, one public, one private.

Writes what a stranger's address leads to. Both live on the loopback of the namespace; nobody else sees them.
"""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings

PUBLIC, PRIVATE = "93.184.215.14", "10.9.8.7"
LIVES = {"chm.example": [PUBLIC], "inside.example": [PRIVATE], "both.example": [PUBLIC, PRIVATE]}


class Host(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        leads = {"/in": "http://inside.example/", "/metadata": f"http://{PRIVATE}/"}.get(self.path)
        self.send_response(302 if leads else 200)
        if leads:
            self.send_header("Location", leads)
        self.end_headers()
        self.wfile.write(b"" if leads else self.server.server_address[0].encode())

    def log_message(self, *args: object) -> None:
        """Nothing to tell."""


def main() -> None:
    settings.configure(NETWORK_SHORT_NAME="test", NETWORK_BASE_URL="https://network.example")
    from network.foundations.outward import Line, NotFetched, fetch

    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in (PUBLIC, PRIVATE):
        subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
        server = ThreadingHTTPServer((address, 80), Host)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    line = Line(resolve=lambda host, port: LIVES.get(host, [host]))
    for url in (
        "http://chm.example/", "http://inside.example/", "http://both.example/", f"http://{PRIVATE}/",
        "http://chm.example/in", "http://chm.example/metadata",
    ):  # fmt: skip
        try:
            told = fetch(url, line).body.decode()
        except NotFetched as refused:
            told = refused.code
        sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
