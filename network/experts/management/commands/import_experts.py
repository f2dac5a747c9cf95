"""Bring in a list of people."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from network.accounts.policies import INSTALLATION
from network.experts.actions import Entered, enter_person
from network.experts.importing import headers, table
from network.experts.importing.rows import Rejection, Vocabularies, person_in

_SHOWN_REJECTIONS = 20


class Command(BaseCommand):
    help = (
        "Bring in people from a CSV file as offices have them: headers in any of the six languages, commas, "
        "semicolons or tabs, UTF-8, UTF-16 or Windows-1252. People are known by their e-mail address, so it "
        "is safe to repeat. Rows that cannot be taken are written, with the reason, to FILE.rejected.csv: "
        "mend them there and bring that file in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and change nothing."
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Publish the profiles. Only for people who have agreed to be shown.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            found = table.read(path.read_bytes())
        except table.Unreadable as error:
            raise CommandError(str(error)) from None
        columns = headers.columns(found.header)
        if lacks := headers.missing(columns):
            raise CommandError(
                f"No column holds {' and '.join(lacks)}. The columns are: {', '.join(found.header)}."
            )
        self._tell_columns(found.header, columns)
        counts, rejected = self._enter(found, columns, options)
        for outcome, number in counts.items():
            self.stdout.write(f"{number} {outcome.value}")
        self._tell_rejected(path, found, rejected, dry_run=options["dry_run"])

    def _tell_columns(self, header: list[str], columns: dict[str, int]) -> None:
        taken = ", ".join(f"{header[number]} as {field}" for field, number in columns.items())
        self.stdout.write(f"Read: {taken}.")
        left = [title for number, title in enumerate(header) if title and number not in columns.values()]
        if left:
            self.stdout.write(f"Left alone: {', '.join(left)}.")

    def _enter(
        self, found: table.Table, columns: dict[str, int], options: dict[str, Any]
    ) -> tuple[dict[Entered, int], list[tuple[int, list[str], str]]]:
        """Row by row, each in its own transaction; a dry run keeps them in one and takes it back."""
        known = Vocabularies()
        counts = dict.fromkeys(Entered, 0)
        rejected: list[tuple[int, list[str], str]] = []
        seen: dict[str, int] = {}
        with transaction.atomic() if options["dry_run"] else nullcontext():
            for done, (line, cells) in enumerate(found.rows, start=1):
                told = {field: cells[number] for field, number in columns.items() if number < len(cells)}
                try:
                    person = person_in(told, known)
                    if person.email in seen:
                        raise Rejection(f"{person.email} stands on line {seen[person.email]} already.")
                    seen[person.email] = line
                    outcome = enter_person(
                        by=INSTALLATION,
                        email=person.email,
                        name=person.name,
                        values=person.values,
                        publish=options["publish"],
                    )
                    counts[outcome] += 1
                except Rejection as rejection:
                    rejected.append((line, cells, str(rejection)))
                self._progress(done, len(found.rows))
            if options["dry_run"]:
                transaction.set_rollback(True)
        return counts, rejected

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            filled = round(40 * done / total)
            end = "\n" if done == total else ""
            self.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done}/{total}", ending=end)

    def _tell_rejected(
        self, path: Path, found: table.Table, rejected: list[tuple[int, list[str], str]], *, dry_run: bool
    ) -> None:
        for line, _cells, reason in rejected[:_SHOWN_REJECTIONS]:
            self.stdout.write(self.style.WARNING(f"Line {line}: {reason}"))
        if len(rejected) > _SHOWN_REJECTIONS:
            self.stdout.write(self.style.WARNING(f"and {len(rejected) - _SHOWN_REJECTIONS} more"))
        self.stdout.write(f"{len(found.rows)} rows read, {len(rejected)} rejected.")
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
        elif rejected:
            mendable = path.with_name(f"{path.stem.removesuffix('.rejected')}.rejected.csv")
            width = len(found.header)
            rows = [
                [*cells[:width], *[""] * (width - len(cells)), reason] for _line, cells, reason in rejected
            ]
            table.write(mendable, [*found.header, "Why it was not taken"], rows, found.separator)
            self.stdout.write(f"Mend the rejected rows in {mendable} and bring that file in.")
