"""Take out what is held about one person, as her own download does."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.accounts import actions, policies
from network.accounts.actions.exports import archive_of
from network.accounts.models import User


class Command(BaseCommand):
    help = (
        "Write everything that is held about a person to a zip: pages to read, data.json, her files. The "
        "file is readable by its owner alone, and she sees that it was made."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--to", type=Path, metavar="FILE", required=True)
        parser.add_argument("--purpose", default="", help="What it is for; the person reads it.")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError("Nobody has an account with this address.")
        path: Path = options["to"]
        if path.exists():
            raise CommandError(f"{path} is there already. Choose another name.")
        path.touch(mode=0o600)
        path.write_bytes(archive_of(person))
        actions.looked_at(
            people=[person.pk], by=policies.INSTALLATION, what="accounts.export", purpose=options["purpose"]
        )
        self.stdout.write(f"Written to {path}.")
