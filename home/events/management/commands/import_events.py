"""``manage.py import_events FILE.ics``: events of another calendar as pages of this one."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.events import importing
from home.events.models import EventIndexPage
from network.accounts.models import User


class Command(BaseCommand):
    help = "Brings the events of a calendar file in; repeating changes what has changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="the editor in whose name they are published")
        parser.add_argument("--zone", default="UTC", help="where floating times and whole days are read")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args, **options) -> None:
        index = EventIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if index is None:
            raise CommandError("There is no calendar of events: make one in the CMS, below the home page.")
        by = User.objects.filter(email__iexact=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"Nobody here has the address {options['by']}.")
        try:
            entries = importing.read(options["file"].read_bytes())
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from None
        except importing.Unusable as error:
            raise CommandError(f"{options['file']}: {error}") from None
        counts: dict[str, int] = {}
        outcomes = importing.bring_in(
            entries, index=index, by=by, zone=options["zone"], dry_run=options["dry_run"]
        )
        for place, outcome in enumerate(outcomes, start=1):
            counts[outcome.result] = counts.get(outcome.result, 0) + 1
            self.stdout.write(f"{place} {outcome.result}: {outcome.title} {outcome.reason}".rstrip())
        self.stdout.write(", ".join(f"{count} {result}" for result, count in sorted(counts.items())))
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
