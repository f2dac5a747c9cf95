"""``manage.py receive_mail``: take mail by SMTP or LMTP until stopped."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from network.notifications.inbound import addresses
from network.notifications.inbound.smtp import Place, serve


class Command(BaseCommand):
    help = "Receives mail by SMTP or LMTP on loopback, behind a mail server that faces the world."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--listen",
            default=settings.MAIL_IN_LISTEN or "smtp://127.0.0.1:8025",
            help="smtp://HOST:PORT or lmtp://HOST:PORT (MAIL_IN_LISTEN)",
        )

    def handle(self, *args: Any, listen: str, **options: Any) -> None:
        if not addresses.is_on():
            raise CommandError("Set MAIL_IN_DOMAIN to the domain whose mail comes here.")
        try:
            place = Place.read(listen)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        try:
            asyncio.run(serve(place, self._announce))
        except OSError as error:
            raise CommandError(f"Cannot receive mail at {listen}: {error.strerror}.") from None
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _announce(self, port: int) -> None:
        self.stdout.write(f"Mail to @{settings.MAIL_IN_DOMAIN} is taken at port {port}.")
        self.stdout.flush()
