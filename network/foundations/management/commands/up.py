"""Serve the network: one web process, one worker and perhaps one receiver of mail under one supervisor."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network.foundations.demo import told
from network.foundations.supervisor import Supervisor, answers, is_free


class Command(BaseCommand):
    help = "Serves the network: web (HTTP and WebSocket), worker, mail if it is received. Ctrl-C stops all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument(
            "--port", type=int, default=os.environ.get("PORT", "8000"), help="port to listen on (8000)"
        )

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if not is_free(host, port):
            raise CommandError(f"Port {port} is in use. Choose another one: make run PORT={port + 1}")
        address = f"http://{host}:{port}"
        supervisor = Supervisor(_commands(host, port), {"NETWORK_BASE_URL": address, **os.environ})
        ended = supervisor.run(lambda: answers(host, port), lambda: self._announce(address))
        if ended:
            raise CommandError(f"The {ended} process ended, so everything was stopped.")
        self.stdout.write("Stopped.")

    def _announce(self, address: str) -> None:
        lines = [
            "",
            f"{settings.NETWORK_NAME} is up:",
            f"  {address}/          the site",
            f"  {address}/cms/      for editors",
            f"  {address}/api/v1/   for programs",
            "",
            *told(),
            "",
            "Ctrl-C stops it.",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _commands(host: str, port: int) -> dict[str, list[str]]:
    web = [
        *(sys.executable, "-m", "uvicorn", "network.asgi:application"),
        *("--host", host, "--port", str(port)),
        *("--lifespan", "off", "--no-access-log", "--log-level", "warning"),
        # Compression would keep a state for each socket and pack the same message once for every socket.
        *("--ws-per-message-deflate", "false", "--ws-max-size", "65536"),
        *("--timeout-graceful-shutdown", "3"),
    ]
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    commands = {"web": web, "worker": [sys.executable, manage, "qcluster"]}
    if settings.MAIL_IN_LISTEN:
        commands["mail"] = [sys.executable, manage, "receive_mail"]
    return commands
