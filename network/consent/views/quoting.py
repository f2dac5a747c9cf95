"""Finding shared knowledge to put into a text."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.consent.quoting import quotable as find_quotable


@never_cache
@login_required
@require_safe
def quotable(request: HttpRequest) -> HttpResponse:
    """What the reader may quote: tokens to copy into a text, which the editor puts in by itself."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = find_quotable(request.viewer, search)
    return render(request, "consent/quotable/index.html", {"found": found, "search": search})
