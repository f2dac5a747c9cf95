"""What mails need: they are written without a request, so nothing comes from context processors."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def network_name() -> str:
    return settings.NETWORK_NAME


@register.simple_tag
def network_url(path: str = "/") -> str:
    """``path`` as an address that works outside the site; one that already does stays as it is."""
    return path if path.startswith(("http://", "https://")) else f"{settings.NETWORK_BASE_URL}{path}"
