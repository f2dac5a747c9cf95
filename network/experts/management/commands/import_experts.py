"""Bring in a list of people."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from network.accounts.policies import INSTALLATION
from network.experts.actions import Entered, enter_person
from network.experts.actions.intake import mendable
from network.experts.importing import headers
from network.experts.importing.fields import FIELDS
from network.experts.importing.rows import Rejection, Vocabularies, person_in
from network.experts.importing.trying import Seen
from network.foundations import tables

_SHOWN_REJECTIONS = 20


class Command(BaseCommand):
    help = (
        "Bring in people from an Excel or CSV file as offices have them: headers in any of the six "
        "languages, commas, semicolons or tabs, Unicode or an old encoding, merged cells. People are known "
        "by their e-mail address, so it is safe to repeat. Rows that cannot be taken are written, with the "
        "reason, to FILE.rejected.csv: mend them there and bring that file in."
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
        parser.add_argument(
            "--invite", action="store_true", help="Write to those who are new, once, and ask them."
        )
        parser.add_argument("--name", default="", help="What the list is called; the people read it.")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="HEADER=FIELD",
            help=f"What a column holds where its header does not tell, or nothing: {', '.join(FIELDS)}.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        if path.stat().st_size > tables.MAX_BYTES:
            raise CommandError(
                f"{path} has more than {tables.MAX_BYTES // 1_000_000} MB. Cut it into several."
            )
        try:
            found = tables.read(path.read_bytes(), headers.how_many)
        except tables.Unreadable as error:
            raise CommandError(str(error)) from None
        columns = self._columns(found.header, options["column"])
        if lacks := headers.missing(columns):
            raise CommandError(
                f"No column holds {' and '.join(lacks)}. The columns are: {', '.join(found.header)}."
            )
        self._tell_columns(found.header, columns)
        counts, reasons = self._enter(found, columns, options)
        for outcome, number in counts.items():
            self.stdout.write(f"{number} {outcome.value}")
        self._tell_rejected(path, found, reasons, dry_run=options["dry_run"])

    def _columns(self, header: list[str], told: list[str]) -> dict[int, str]:
        """As guessed, but for what was told."""
        columns = headers.columns(header)
        titles = {headers.key(title): number for number, title in enumerate(header)}
        for pair in told:
            title, sign, field = pair.rpartition("=")
            number = titles.get(headers.key(title))
            if not sign or number is None or field not in {"", *FIELDS}:
                raise CommandError(
                    f"--column {pair!r} is not understood. Columns: {', '.join(header)}. "
                    f"Fields: {', '.join(FIELDS)}."
                )
            columns.pop(number, None)
            if field:
                columns[number] = field
        return columns

    def _tell_columns(self, header: list[str], columns: dict[int, str]) -> None:
        taken = {number: field for number, field in columns.items() if field not in headers.LEFT_OUT}
        read = ", ".join(f"{header[number]} as {field}" for number, field in taken.items())
        self.stdout.write(f"Read: {read}.")
        left = [title for number, title in enumerate(header) if title and number not in taken]
        if left:
            self.stdout.write(f"Left alone: {', '.join(left)}.")

    def _enter(
        self, found: tables.Table, columns: dict[int, str], options: dict[str, Any]
    ) -> tuple[dict[Entered, int], list[list[Any]]]:
        """Row by row, each in its own transaction; a dry run keeps them in one and takes it back."""
        known = Vocabularies()
        counts = dict.fromkeys(Entered, 0)
        reasons: list[list[Any]] = []
        seen = Seen()
        with transaction.atomic() if options["dry_run"] else nullcontext():
            for number, (line, cells) in enumerate(found.rows):
                try:
                    person = person_in(headers.told_by(cells, columns), known)
                    seen.once(person.email, line)
                    outcome = enter_person(
                        by=INSTALLATION,
                        email=person.email,
                        name=person.name,
                        values=person.values,
                        publish=options["publish"],
                        invite=options["invite"],
                        list_name=options["name"],
                    )
                    counts[outcome] += 1
                except Rejection as rejection:
                    reasons.append([number, str(rejection)])
                self._progress(number + 1, len(found.rows))
            if options["dry_run"]:
                transaction.set_rollback(True)
        return counts, reasons

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            filled = round(40 * done / total)
            end = "\n" if done == total else ""
            self.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done}/{total}", ending=end)

    def _tell_rejected(
        self, path: Path, found: tables.Table, reasons: list[list[Any]], *, dry_run: bool
    ) -> None:
        for number, reason in reasons[:_SHOWN_REJECTIONS]:
            self.stdout.write(self.style.WARNING(f"Line {found.rows[number][0]}: {reason}"))
        if len(reasons) > _SHOWN_REJECTIONS:
            self.stdout.write(self.style.WARNING(f"and {len(reasons) - _SHOWN_REJECTIONS} more"))
        self.stdout.write(f"{len(found.rows)} rows read, {len(reasons)} rejected.")
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
        elif reasons:
            to_mend = path.with_name(f"{path.stem.removesuffix('.rejected')}.rejected.csv")
            to_mend.write_text(mendable(found, reasons), encoding="utf-8-sig", newline="")
            self.stdout.write(f"Mend the rejected rows in {to_mend} and bring that file in.")
