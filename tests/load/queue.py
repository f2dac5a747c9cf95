"""How long the moderators' queue takes with very much in it, against the same page with little.

    python -m tests.load.queue --few 40 --many 10000

Against databases of its own (``TEST_ENGINE=postgres`` for PostgreSQL). The page is asked in turns with few
cases and with many, its first page and one far back; printed are medians, ratios and the questions that each
asks. Not part of the suite, which counts the questions (``tests/moderation/test_queue.py``) and the clicks
(``tests/moderation/test_clicks.py``).
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable

from tests.load.pages import say

FAR = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=40)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.test")
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from tests.engine import templates

    setup_test_environment()
    templates.restore()
    try:
        _measure(options)
    finally:
        templates.drop()


def _measure(options: argparse.Namespace) -> None:
    from django.test import Client

    from tests import people

    client = people.sign_in(Client(), people.moderator())
    few, many = (_community(client, f"{number} cases", number) for number in (options.few, options.many))
    far = _turned(client, many, FAR)
    pages = {"few": few, "many": many, f"many, page {FAR}": far}
    took: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(options.rounds):
        for name, address in pages.items():
            begun = time.perf_counter()
            client.get(address)
            took[name].append(time.perf_counter() - begun)
    base = statistics.median(took["few"])
    for name, address in pages.items():
        median = statistics.median(took[name])
        asked = _questions(lambda address=address: client.get(address))
        say(f"{name:<16} {median * 1000:8.1f} ms   {median / base:5.2f} of few   {asked} questions")


def _community(client: object, name: str, number: int) -> str:
    from django.urls import reverse

    from communities.enums import MemberRole
    from tests import people
    from tests.communities.factories import belongs, community
    from tests.forums.factories import forum
    from tests.moderation.conftest import Place
    from tests.moderation.test_queue import fill

    here = community(name)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    fill(Place(here, forum(here), belongs(people.community_member(), here)), number)
    return reverse("moderation:queue", args=[here.slug])


def _turned(client: object, address: str, pages: int) -> str:
    """The address of the queue turned so many pages on."""
    from bs4 import BeautifulSoup

    here = address
    for _page in range(pages - 1):
        found = BeautifulSoup(client.get(here).content, "html.parser").select_one("a[rel=next]")
        if found is None:
            return here
        here = address + found["href"] if found["href"].startswith("?") else found["href"]
    return here


def _questions(deed: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)


if __name__ == "__main__":
    main()
