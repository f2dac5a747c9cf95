"""How long the directory takes to answer, with all facets and the first page, and how many questions it asks.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/some_database python -m tests.load.directory --rounds 15

The database holds people already (``manage.py seed_bulk --experts 100000 --threads 0 --posts 0``). Run it on
two databases, one a hundred times as large as the other, and compare. Not part of the test suite.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable

import django

QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "nothing asked": {},
    "one region": {"region": ("africa",)},
    "two subjects": {"subject": ("forests", "islands")},
    "region, subject, two languages": {
        "region": ("asia-pacific",),
        "subject": ("forests",),
        "language": ("en", "fr"),
    },
    "one country": {"country": ("KE",)},
}


def measure(rounds: int) -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from network.experts.alike import people_like
    from network.experts.asking import Asked
    from network.experts.bulk import people
    from network.experts.choosing import Choices
    from network.experts.directory import Directory
    from network.experts.models import ExpertProfile
    from network.foundations.viewer import Viewer, viewer_for

    somebody = ExpertProfile.objects.filter(user__in=people().values()).select_related("user").first()
    if somebody is None:
        raise SystemExit("There is nobody to find: fill the database with seed_bulk first.")
    viewers = {"stranger": Viewer(), "member": viewer_for(somebody.user)}

    def ask(viewer: Viewer, words: str, facets: dict[str, tuple[str, ...]]) -> Callable[[], object]:
        def page() -> None:
            found = Directory(viewer, Asked(words, facets))
            _groups = Choices(found).groups
            found.page()

        return page

    say(f"{ExpertProfile.objects.count():,} profiles; median of {rounds} rounds")
    for who, viewer in viewers.items():
        for name, facets in QUESTIONS.items():
            _tell(f"{who}: {name}", ask(viewer, "", facets), rounds, CaptureQueriesContext(connection))
        _tell(f"{who}: a word", ask(viewer, "wetlands", {}), rounds, CaptureQueriesContext(connection))

    def anew() -> None:
        cache.clear()
        ask(viewers["stranger"], "", {})()

    _tell("stranger: nothing asked, counted anew", anew, rounds, CaptureQueriesContext(connection))

    def like() -> None:
        people_like(viewers["stranger"], somebody)

    _tell("people who work on the same", like, rounds, CaptureQueriesContext(connection))


def _tell(name: str, question: Callable[[], object], rounds: int, asked) -> None:
    question()
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        question()
        times.append(time.perf_counter() - begun)
    with asked:
        question()
    say(f"{name:45} {1000 * statistics.median(times):9.1f} ms   {len(asked)} questions")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.dev")
    django.setup()
    from django.conf import settings

    settings.DEBUG = False
    measure(options.parse_args().rounds)
