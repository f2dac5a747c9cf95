"""``manage.py import_mailbox FILE.mbox --community SLUG --forum SLUG``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from communities.forums.actions.importing import Outcome, import_mailbox
from communities.forums.mailbox.files import Mbox
from communities.forums.models import Forum


class Command(BaseCommand):
    help = "Bring the mails of an mbox file into a forum. Safe to repeat; --dry-run only looks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--community", required=True, help="the last part of its address")
        parser.add_argument("--forum", required=True, help="the last part of its address")
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, choices=list(dict(settings.LANGUAGES))
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, write nothing")

    def handle(self, *args: Any, file: Path, community: str, forum: str, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        room = Forum.objects.select_related("community").filter(community__slug=community, slug=forum).first()
        if room is None:
            raise CommandError(f"There is no forum {forum!r} in a community {community!r}.")
        mbox = Mbox(file)
        if not len(mbox):
            raise CommandError(f"{file} holds no mail: an mbox begins with a line 'From address date'.")
        outcome = import_mailbox(
            forum=room,
            mbox=mbox,
            language=options["language"],
            dry_run=options["dry_run"],
            progress=self._progress,
        )
        self._report(outcome, options["dry_run"])

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            filled = 30 * done // total
            self.stderr.write(f"\r[{'#' * filled}{' ' * (30 - filled)}] {done}/{total}", ending="")
            if done == total:
                self.stderr.write("")

    def _report(self, outcome: Outcome, dry_run: bool) -> None:
        verb = "Would bring in" if dry_run else "Brought in"
        people = "" if dry_run else f", {outcome.people} new people"
        self.stdout.write(
            f"{verb} {outcome.posts} mails in {outcome.threads} new threads{people}, {outcome.files} files."
        )
        if outcome.known:
            self.stdout.write(f"{outcome.known} were here already.")
        if outcome.repeated:
            self.stdout.write(f"{outcome.repeated} stood in the file twice.")
        for title, lines in (("Attachments left out", outcome.left_out), ("Rejected", outcome.rejected)):
            if lines:
                self.stdout.write(f"{title} ({len(lines)}):")
                for line in lines:
                    self.stdout.write(f"  {line}")
