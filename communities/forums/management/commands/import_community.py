"""``manage.py import_community COPY``: what ``export_community`` took out, brought in again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.forums.actions.restoring import Outcome, restore_community
from communities.forums.restoring import NoCopy, opened


class Command(BaseCommand):
    help = (
        "Bring a copy of a community in again: a folder of export_community, or the zip that those who look "
        "after a community download. Safe to repeat; --dry-run only looks. Whoever made the copy decides who "
        "has said what in it: take in only those that you trust."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("copy", type=Path)
        parser.add_argument(
            "--community", default="", help="the last part of its address; its own if not given"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, write nothing")

    def handle(self, *args: Any, copy: Path, community: str, dry_run: bool, **options: Any) -> None:
        if not copy.exists():
            raise CommandError(f"There is no {copy}.")
        try:
            with opened(copy) as taken:
                outcome = restore_community(
                    taken=taken, slug=community, dry_run=dry_run, progress=self._progress
                )
        except NoCopy as reason:
            raise CommandError(str(reason)) from None
        self._report(outcome, dry_run)

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            filled = 30 * done // total
            self.stderr.write(f"\r[{'#' * filled}{' ' * (30 - filled)}] {done}/{total}", ending="")
            if done == total:
                self.stderr.write("")

    def _report(self, outcome: Outcome, dry_run: bool) -> None:
        verb = "Would bring in" if dry_run else "Brought in"
        where = f"the new community {outcome.community}" if outcome.is_new else outcome.community
        self.stdout.write(
            f"{verb} {outcome.posts} posts in {outcome.threads} new threads and {outcome.forums} new forums "
            f"of {where}: {outcome.reactions} reactions, {outcome.files} files, {outcome.members} members, "
            f"{outcome.people} new people."
        )
        if outcome.known:
            self.stdout.write(f"{outcome.known} posts were here already and stay as they are.")
        for title, lines in (("Files left out", outcome.left_out), ("Rejected", outcome.rejected)):
            if lines:
                self.stdout.write(f"{title} ({len(lines)}):")
                for line in lines:
                    self.stdout.write(f"  {line}")
