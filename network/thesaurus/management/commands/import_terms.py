"""Bring terms from a table into a vocabulary of this installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from network.thesaurus.importing import Import, read_table


class Command(BaseCommand):
    help = (
        "Import terms from a CSV file with the columns domain, code, parent (optional) and one per language "
        "(en, fr, es, ru, zh-hans, ar). Rows that cannot be taken are told with their reason; safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            table = read_table(path.read_bytes())
        except ValueError as error:
            raise CommandError(str(error)) from None
        work = Import(table)
        with transaction.atomic():
            for domain, outcome in work.run(self._progress):
                self.stdout.write(f"{domain}: {outcome}.")
            if options["dry_run"]:
                transaction.set_rollback(True)
        for rejected in work.rejected:
            self.stdout.write(self.style.WARNING(f"Line {rejected.line}: {rejected.reason}"))
        self.stdout.write(f"{len(table)} rows read, {len(work.rejected)} rejected.")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            filled = round(40 * done / total) if total else 40
            end = "\n" if done == total else ""
            self.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done}/{total}", ending=end)
