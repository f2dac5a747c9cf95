"""What every template may count on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_bidi


def site(request: HttpRequest) -> dict:
    return {
        "network_name": settings.NETWORK_NAME,
        "network_short_name": settings.NETWORK_SHORT_NAME,
        "network_base_url": settings.NETWORK_BASE_URL,
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "viewer": getattr(request, "viewer", None),
    }
