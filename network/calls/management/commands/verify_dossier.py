"""Check a dossier: every file, the chain of events, and that both tell the same."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.calls import dossier


class Command(BaseCommand):
    help = "Check a dossier of a procedure. It needs the file alone, no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                faults = dossier.verify(file)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{path.name}: every file and every event holds.")
