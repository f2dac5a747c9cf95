"""Read everything that can be found again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.search import actions
from network.search.sources import sources


class Command(BaseCommand):
    help = "Build the search index anew, all kinds or those named; safe to repeat and to break off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kinds", nargs="*", metavar="KIND", help="such as: experts pages")

    def handle(self, *, kinds: list[str], verbosity: int, **options: Any) -> None:
        unknown = set(kinds) - set(sources.names())
        if unknown:
            known = ", ".join(sources.names())
            raise CommandError(f"No kind is called {', '.join(sorted(unknown))}. There are: {known}.")
        for kind in kinds or sources.names():
            done = 0
            # Only the numbers, so nothing need be fetched beside them.
            rows = sources.get(kind).rows().prefetch_related(None).order_by("pk")
            for pk in rows.values_list("pk", flat=True).iterator():
                actions.build(kind, pk)
                done += 1
                if verbosity > 1 and done % 100 == 0:
                    self.stdout.write(f"{kind}: {done} so far")
            gone = actions.forget_vanished(kind)
            self.stdout.write(f"{kind}: {done} read, {gone} forgotten")
