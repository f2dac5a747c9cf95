"""Whether what an open page shows is still shared."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from network.consent import gate
from network.consent.exits import WORKSPACE
from network.consent.tokens import parse_key

#: How many nodes of one page may ask whether they are still shared.
MOST_LEASES = 100


@never_cache
@require_GET
def lease(request: HttpRequest) -> JsonResponse:
    """Which of the parts that stand in an open page are no longer shared with its reader.

    Asked every five minutes by pages without a socket. Nothing is opened, nothing logged.
    """
    asked = {key: parse_key(key) for key in request.GET.getlist("t")[:MOST_LEASES]}
    tokens = {token for token in asked.values() if token}
    still = gate.allowed(tokens, request.viewer, "page") | gate.allowed(tokens, request.viewer, WORKSPACE)
    return JsonResponse({"withheld": [key for key, token in asked.items() if token not in still]})
