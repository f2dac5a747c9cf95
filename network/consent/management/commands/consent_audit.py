"""Prints the matrix of the audit; ends with an error if anything leaks or is wrongly withheld."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.consent import audit


class Command(BaseCommand):
    help = "Delivers a text through every exit to every viewer in every state, and tells what was seen."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--faults", action="store_true", help="Print only the rows that are wrong.")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = faults = 0
        for cell in audit.cells():
            rows += 1
            faults += not cell.holds
            if not (options["faults"] and cell.holds):
                self.stdout.write(str(cell))
        if faults:
            raise CommandError(f"{faults} of {rows} rows are wrong.")
        self.stdout.write(self.style.SUCCESS(f"{rows} rows, every one as it must be."))
