"""What the commands that bring in old talk have in common: where it goes to, and what they tell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from communities.forums.actions.importing import Archive, Outcome, bring_in
from communities.forums.models import Forum


class BringingIn(BaseCommand):
    #: What it brings in, for the report.
    things = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--community", required=True, help="the last part of its address")
        parser.add_argument("--forum", required=True, help="the last part of its address")
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, choices=list(dict(settings.LANGUAGES))
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, write nothing")

    def open(self, file: Path, options: dict[str, Any]) -> Archive:
        """What is in ``file``; raises ``CommandError`` where that cannot be told."""
        raise NotImplementedError

    def handle(self, *args: Any, file: Path, community: str, forum: str, **options: Any) -> None:
        if not file.exists():
            raise CommandError(f"There is no file {file}.")
        room = Forum.objects.select_related("community").filter(community__slug=community, slug=forum).first()
        if room is None:
            raise CommandError(f"There is no forum {forum!r} in a community {community!r}.")
        outcome = bring_in(
            forum=room,
            archive=self.open(file, options),
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
            f"{verb} {outcome.posts} {self.things} in {outcome.threads} new threads{people}, "
            f"{outcome.files} files."
        )
        if outcome.addressed:
            self.stdout.write(f"{outcome.addressed} people who were here without an address have theirs now.")
        if outcome.likes:
            self.stdout.write(f"{outcome.likes} likes are reactions now.")
        if outcome.known:
            self.stdout.write(f"{outcome.known} were here already.")
        if outcome.repeated:
            self.stdout.write(f"{outcome.repeated} stood in the file twice.")
        if outcome.held:
            self.stdout.write(
                f"{outcome.held} repeat sealed knowledge. They wait for its holders; their files stay out."
            )
        for what, count in sorted(outcome.passed_over.items()):
            self.stdout.write(f"Left out: {count} {what}.")
        for title, lines in (("Attachments left out", outcome.left_out), ("Rejected", outcome.rejected)):
            if lines:
                self.stdout.write(f"{title} ({len(lines)}):")
                for line in lines:
                    self.stdout.write(f"  {line}")
