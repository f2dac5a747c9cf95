"""What the consent gate costs a page that holds no knowledge, and one that holds twenty pieces.

    python -m tests.load.gate --rounds 2000
    python -m tests.load.gate --tokens 20 --check

The same response passes through the gate and through a door that looks at nothing, in turns, in this
process; printed are the shortest times of each, in microseconds, and what the gate adds to the quickest page
that there is, one that is kept for strangers (or to one that takes ``--page`` milliseconds). With
``--tokens 20`` a page of twenty released texts is bound as well. ``--check`` ends with an error beyond what
the gate may cost: 1% of a page without tokens, three questions for a page with any number of them.
Not part of the suite: times need a quiet machine; the questions are counted there as well
(``tests/consent/test_cost.py``).
"""

import argparse
import os
import time
from collections.abc import Callable

from tests.load.pages import say

PAGE = "<!doctype html><html><head><title>Thread</title></head><body>{}</body></html>"
POST = "<article><p>Two weeks after the last dusting nothing has come back to the lower beds.</p></article>"


def shortest(deeds: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The shortest time of each deed in microseconds, taken in turns."""
    best = dict.fromkeys(deeds, float("inf"))
    for _round in range(rounds):
        for name, deed in deeds.items():
            begun = time.perf_counter()
            deed()
            best[name] = min(best[name], (time.perf_counter() - begun) * 1e6)
    return best


MOST_PERCENT = 1.0
MOST_QUESTIONS = 3


def measure(rounds: int, page_ms: float, tokens: int) -> list[str]:
    """Print what it costs; answers in words what costs too much."""
    from django.http import HttpRequest, HttpResponse

    from network.consent.middleware import EgressMiddleware
    from network.foundations.viewer import anonymous

    def passing(body: str) -> dict[str, Callable[[], object]]:
        def view(_request: HttpRequest) -> HttpResponse:
            return HttpResponse(body)

        request = HttpRequest()
        request.path, request.viewer = "/load/", anonymous("en")
        return {"bare": lambda: view(request), "gated": lambda: EgressMiddleware(view)(request)}

    plain = PAGE.format(POST * 20)
    took = shortest(passing(plain), rounds)
    added = took["gated"] - took["bare"]
    say(f"without tokens  {len(plain):>7,} bytes  the gate adds {added:8.1f} µs")
    percent = added / (page_ms * 10)
    say(f"                of a page of {page_ms:.2f} ms: {percent:.3f}%")
    too_much = [f"{percent:.2f}% of a page without tokens"] if percent > MOST_PERCENT else []
    if tokens:
        held = PAGE.format("".join(f"<p>{token}</p>" for token in _shared(tokens)))
        took = shortest(passing(held), max(20, rounds // 50))
        say(f"{tokens} tokens       {len(held):>7,} bytes  the gate adds {took['gated'] / 1000:8.1f} ms")
        asked = _questions(passing(held)["gated"])
        say(f"                it asks {asked} questions")
        too_much += [f"{asked} questions for {tokens} tokens"] if asked > MOST_QUESTIONS else []
    return too_much


def _questions(deed: Callable[[], object]) -> int:
    """How often both databases are asked."""
    from contextlib import ExitStack

    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with ExitStack() as stack:
        asked = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        deed()
    return sum(len(each) for each in asked)


def _shared(count: int) -> list[str]:
    from tests.consent.factories import clause, consent, holder, item

    of = holder()
    made = [item(of, text=f"{POST} {number}") for number in range(count)]
    for one in made:
        consent(one, of, clause("everyone"))
    return [str(one.token("body")) for one in made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--page", type=float, default=0.0, help="milliseconds that a page takes without")
    parser.add_argument("--tokens", type=int, default=0)
    parser.add_argument("--check", action="store_true", help="end with an error where it costs too much")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.test")
    import django

    django.setup()
    too_much = _with_databases(options)
    if options.check and too_much:
        raise SystemExit(f"The gate costs too much: {'; '.join(too_much)}.")


def _with_databases(options: argparse.Namespace) -> list[str]:
    """Against databases of its own, copied from the template of the tests."""
    from django.test.utils import setup_test_environment

    from tests.engine import templates

    setup_test_environment()
    templates.restore()
    try:
        return measure(options.rounds, options.page or _quickest_page(), options.tokens)
    finally:
        templates.drop()


def _quickest_page() -> float:
    """Milliseconds of a page that is kept for strangers: no page takes less, so none pays more."""
    from django.test import Client

    client = Client()
    page = {"page": lambda: client.get("/communities/")}
    shortest(page, 3)
    return shortest(page, 50)["page"] / 1000


if __name__ == "__main__":
    main()
