"""``manage.py fetch_mail``: take what is new in a mailbox (IMAP), once or again and again."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from imapclient.exceptions import IMAPClientError

from network.notifications.inbound import addresses, imap


class Command(BaseCommand):
    help = "Fetches new mail from a mailbox by IMAP. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, default=0, metavar="SECONDS", help="go on fetching, with so long a pause"
        )

    def handle(self, *args: Any, every: int, **options: Any) -> None:
        if not addresses.is_on():
            raise CommandError("Set MAIL_IN_DOMAIN to the domain whose mail comes here.")
        if not settings.MAIL_IN_IMAP_HOST:
            raise CommandError("Set MAIL_IN_IMAP_HOST to the server of the mailbox.")
        while True:
            try:
                with imap.mailbox() as client:
                    found = imap.fetch(client)
            except (IMAPClientError, OSError) as error:
                if not every:
                    raise CommandError(f"The mailbox does not answer: {type(error).__name__}.") from None
                self.stderr.write(f"The mailbox does not answer: {type(error).__name__}.")
            else:
                self.stdout.write(
                    f"{found.kept} kept, {found.strange} to no address of ours, {found.too_big} too big."
                )
            if not every:
                return
            time.sleep(every)
