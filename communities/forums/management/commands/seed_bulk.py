"""``manage.py seed_bulk --experts 2000 --threads 2000 --posts 50000``."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.forums import bulk


class Command(BaseCommand):
    help = "Fill the network with imagined people and talk, to try it out at its full size. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--experts", type=int, default=2000, help="people (2,000)")
        parser.add_argument("--communities", type=int, default=20, help="communities, a forum in each (20)")
        parser.add_argument("--threads", type=int, default=2000, help="threads (2,000)")
        parser.add_argument(
            "--posts", type=int, default=50_000, help="posts in all threads together (50,000)"
        )

    def handle(self, *args: Any, experts: int, communities: int, threads: int, posts: int, **_: Any) -> None:
        if min(experts, communities, threads, posts) < 0:
            raise CommandError("Numbers begin at 0.")
        # Where DEBUG is on, Django keeps and quotes every statement: more work than writing, without end.
        settings.DEBUG = False
        begun = time.monotonic()
        try:
            written = bulk.seed(
                people=experts,
                communities=communities,
                threads=threads,
                posts=posts,
                progress=self._progress,
            )
        except ValueError as error:
            raise CommandError(str(error)) from None
        for what, there in written.there.items():
            self.stdout.write(f"{there:,} {what}, {written.added[what]:,} of them new.")
        self.stdout.write(f"{time.monotonic() - begun:.0f} seconds.")

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,} posts", ending="\n" if done == total else "")
