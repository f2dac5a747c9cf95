"""``manage.py export_community SLUG --to DIR``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.forums.exporting import Copy, parts
from communities.models import Community


class Command(BaseCommand):
    help = "Take a community out: JSON Lines, an mbox for each forum (import_mailbox reads it), files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the last part of its address")
        parser.add_argument(
            "--to", type=Path, required=True, help="a directory that is empty or not there yet"
        )

    def handle(self, *args: Any, slug: str, to: Path, **options: Any) -> None:
        community = Community.objects.filter(slug=slug).first()
        if community is None:
            raise CommandError(f"There is no community {slug!r}.")
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise CommandError(f"{to} is not empty. Name a directory that is not there yet.")
        to.mkdir(parents=True, exist_ok=True)
        # Addresses of people and what is hidden are in it.
        to.chmod(0o700)
        size = 0
        for name, content in parts(Copy(community)):
            path = to / name
            path.parent.mkdir(exist_ok=True)
            with path.open("wb") as file:
                for piece in content:
                    size += file.write(piece)
        self.stdout.write(f"{community.name}: {size:,} bytes in {to}.")
