"""Live pages without a socket: the same streams, asked for now and then."""

from itertools import zip_longest

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from network.foundations.viewer import viewer_for
from network.live import deliveries
from network.live.protocol import MAX_STREAMS, NotUnderstood, language, number


@require_GET
@never_cache
def poll(request: HttpRequest) -> JsonResponse:
    """``?follow=thread:17&after=42&follow=inbox:5&after=3&language=ar``: frames as on the socket."""
    names, after = request.GET.getlist("follow"), request.GET.getlist("after")
    try:
        if not 0 < len(names) <= MAX_STREAMS:
            raise NotUnderstood(f"Follow between 1 and {MAX_STREAMS} streams.")
        numbers = [_number(text) for _name, text in zip_longest(names, after[: len(names)])]
    except NotUnderstood as reason:
        return JsonResponse({"error": str(reason)}, status=400)
    viewer = viewer_for(request.user, language(request.GET.get("language")))
    frames = [
        frame
        for name, from_number in zip(names, numbers, strict=True)
        for frame in deliveries.poll(viewer, name, from_number)
    ]
    return JsonResponse({"frames": frames})


def _number(text: str | None) -> int | None:
    """An empty place means 'from now on'."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        raise NotUnderstood("'after' is a whole number from 0.")
    return number(int(text))
