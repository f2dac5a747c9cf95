"""Bring in a list of organizations."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.accounts.enums import Role
from network.foundations.viewer import Viewer
from network.organizations import bringing, listing

_SHOWN_REJECTIONS = 20
#: The installation itself keeps the list of organizations here.
_INSTALLATION = Viewer(keys=frozenset({f"role:{Role.SECRETARIAT}"}))


class Command(BaseCommand):
    help = (
        "Bring in organizations from an Excel workbook or a CSV file: headers and kinds in any of the six "
        "languages, countries by name or code. They are known by name and country, so it is safe to repeat. "
        "Rows that cannot be taken are written, with the reason, to FILE.rejected.csv: mend them there and "
        "bring that file in."
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
            found = listing.read(path.read_bytes())
        except listing.Unreadable as error:
            raise CommandError(str(error)) from None
        taken = ", ".join(f"{found.header[at]} as {column}" for column, at in found.columns.items())
        self.stdout.write(f"Read: {taken}.")
        if found.left_alone:
            self.stdout.write(f"Left alone: {', '.join(found.left_alone)}.")
        counts = bringing.take_in(found, _INSTALLATION, dry=options["dry_run"])
        for outcome, number in counts.items():
            self.stdout.write(f"{number} {outcome}")
        rejected = listing.rejected(found.rows)
        for row in rejected[:_SHOWN_REJECTIONS]:
            self.stdout.write(self.style.WARNING(f"Line {row.line}: {row.reason}"))
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")
        elif rejected:
            mendable = path.with_name(f"{path.stem.removesuffix('.rejected')}.rejected.csv")
            mendable.write_text(listing.mendable(found), encoding="utf-8-sig", newline="")
            self.stdout.write(f"Mend the rejected rows in {mendable} and bring that file in.")
