"""The header's lists."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
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
    sections = []
    for entry in navigation.entries(navigation.primary, _viewer(context)):
        url = entry.url
        sections.append({"label": entry.label, "url": url, "current": path.startswith(url)})
    return sections


@register.simple_tag(takes_context=True)
def personal_nav(context: Context) -> list[navigation.Entry]:
    return navigation.entries(navigation.personal, _viewer(context))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> SafeString:
    """This page in every language as list items, each language named by its own speakers."""
    request = context.get("request")
    return _language_links(request.get_full_path() if request else "/", get_language())


@lru_cache(maxsize=1024)
def _language_links(path: str, current: str | None) -> SafeString:
    """Stands twice on every page and depends on nothing but these two: kept for the pages read most."""
    return format_html_join(
        "",
        '<li><a href="{}" lang="{}" dir="{}" hreflang="{}"{}>{}</a></li>',
        (
            (
                navigation.in_language(path, code),
                code,
                "rtl" if info["bidi"] else "ltr",
                code,
                mark_safe(' aria-current="true"') if code == current else "",
                info["name_local"].capitalize(),
            )
            for code, info in ((code, get_language_info(code)) for code, _name in settings.LANGUAGES)
        ),
    )
