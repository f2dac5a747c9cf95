"""The header's lists."""

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language, get_language_info

from network.foundations import navigation
from network.foundations.viewer import Viewer, anonymous

register = template.Library()


def _viewer(context: Context) -> Viewer:
    return context.get("viewer") or anonymous()


@register.simple_tag(takes_context=True)
def primary_nav(context: Context) -> list[dict]:
    """The main sections, with ``current`` where the reader is inside one of them."""
    request = context.get("request")
    path = request.path if request else ""
    return [
        {"label": entry.label, "url": entry.url, "current": path.startswith(entry.url)}
        for entry in navigation.entries(navigation.primary, _viewer(context))
    ]


@register.simple_tag(takes_context=True)
def personal_nav(context: Context) -> list[navigation.Entry]:
    return navigation.entries(navigation.personal, _viewer(context))


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[dict]:
    """This page in every language of the network, each named by its own speakers."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    current = get_language()
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "url": navigation.in_language(path, code),
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]
