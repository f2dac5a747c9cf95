"""``manage.py check_counters``: does everything that is kept beside its rows tell the truth?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.forums.actions.repairing import repair_counters
from communities.forums.counters import differences


class Command(BaseCommand):
    help = "Compare the counts and pointers of threads, forums and communities with their rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write what the rows say")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["repair"]:
            for difference in repair_counters():
                self.stdout.write(f"{difference}: set right.")
        found = list(differences())
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} differences. --repair writes what the rows say.")
        self.stdout.write("Every count and pointer agrees with its rows.")
