"""``manage.py import_mailbox FILE.mbox --community SLUG --forum SLUG``."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from communities.forums.mailbox.archive import Mailbox
from communities.forums.mailbox.files import Mbox
from communities.forums.management.bringing_in import BringingIn


class Command(BringingIn):
    help = "Bring the mails of an mbox file into a forum. Safe to repeat; --dry-run only looks."
    things = "mails"

    def open(self, file: Path, options: dict[str, Any]) -> Mailbox:
        if not file.is_file():
            raise CommandError(f"{file} is no file: give the mbox in it.")
        mbox = Mbox(file)
        if not len(mbox):
            raise CommandError(f"{file} holds no mail: an mbox begins with a line 'From address date'.")
        return Mailbox(mbox)
