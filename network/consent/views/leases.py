"""Whether what an open page shows is still shared."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from network.consent import gate
from network.consent.exits import WORKSPACE
from network.consent.places import reading_at
from network.consent.tokens import parse_key

#: How many nodes of one page may ask at once whether they are still shared.
MOST_LEASES = 100
_LONGEST = 1000


@never_cache
@require_GET
def lease(request: HttpRequest) -> JsonResponse:
    """Which of the parts that stand in an open page are no longer shared with its reader.

    Asked every five minutes by pages without a socket. Nothing is opened, nothing logged. A page reads at one
    place at most; it says at which.
    """
    keys = request.GET.getlist("t")[:_LONGEST]
    place = next((where for key in keys if (where := key.partition("@")[2])), "")
    # What is asked beyond that is not looked at, and so not shared any more.
    asked = {key: token for key in keys[:MOST_LEASES] if (token := parse_key(key.removesuffix(f"@{place}")))}
    viewer = reading_at(request.viewer, place)
    tokens = set(asked.values())
    still = gate.allowed(tokens, viewer, "page") | gate.allowed(tokens, viewer, WORKSPACE)
    return JsonResponse({"withheld": [key for key in keys if asked.get(key) not in still]})
