"""What the consent gate costs a page that holds no knowledge, and one that holds twenty pieces.

    python -m tests.load.gate --rounds 2000

The same response passes through the gate and through a door that looks at nothing, in turns, in this
process; printed are the shortest times of each, in microseconds, and what the gate adds to a page that takes
as long as ``--page`` milliseconds. With ``--tokens 20`` a page of twenty released texts is bound as
well, against a database of its own. Not part of the test suite: numbers need a quiet machine.
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


def measure(rounds: int, page_ms: float, tokens: int) -> None:
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
    say(f"                of a page of {page_ms:g} ms: {added / (page_ms * 10):.3f}%")
    if tokens:
        held = PAGE.format("".join(f"<p>{token}</p>" for token in _shared(tokens)))
        took = shortest(passing(held), max(20, rounds // 50))
        say(f"{tokens} tokens       {len(held):>7,} bytes  the gate adds {took['gated'] / 1000:8.1f} ms")


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
    parser.add_argument("--page", type=float, default=10.0, help="milliseconds that a page takes without")
    parser.add_argument("--tokens", type=int, default=0)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings.test")
    import django

    django.setup()
    if not options.tokens:
        measure(options.rounds, options.page, 0)
        return
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0)
    databases = runner.setup_databases()
    try:
        measure(options.rounds, options.page, options.tokens)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
