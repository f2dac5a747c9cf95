"""Instants in pages."""

from datetime import datetime

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from network.foundations import clock

register = template.Library()


@register.simple_tag(takes_context=True)
def instant(
    context: Context,
    when: datetime | None,
    zone: str | None = None,
    style: str = "datetime",
    utc: bool = False,
) -> str:
    """``{% instant event.starts_at event.zone %}``: the official hour with its zone, the reader's beside it.

    Without a ``zone`` the reader's own is the official one. Somebody signed in has told us her zone; for
    everybody else a script adds the hour of her browser. ``style`` is ``datetime``, ``date`` or ``time``.
    ``utc`` tells those whose zone is not known the hour in UTC too.
    """
    if when is None:
        return ""
    viewer = context.get("viewer")
    hers = viewer.zone if viewer is not None and viewer.is_member else None
    zone = zone or hers
    told = clock.official(when, zone, style)
    beside = clock.reader(when, zone, hers, style) if hers else ""
    if utc and not hers:
        beside = clock.universal(when, zone, style)
    ahead = when.astimezone(clock.zone_of(zone)).utcoffset()
    attributes = ""
    if not hers and style != "date":
        attributes = format_html(
            ' data-offset="{}" data-yours="{}"',
            int(ahead.total_seconds() // 60) if ahead else 0,
            _("%(time)s your time") % {"time": "{time}"},
        )
    return _element(when, attributes, told) + (_beside(beside) if beside else SafeString(""))


@register.simple_tag(takes_context=True)
def ago(context: Context, when: datetime | None) -> str:
    """``{% ago post.created_at %}``: the hour, which a script tells as "3 hours ago" where it is near."""
    if when is None:
        return ""
    viewer = context.get("viewer")
    zone = viewer.zone if viewer is not None else None
    return _element(when, SafeString(" data-relative"), clock.official(when, zone))


def _element(when: datetime, attributes: str, told: str) -> SafeString:
    return format_html(
        '<time datetime="{}"{}>{}</time>', when.isoformat(timespec="seconds"), attributes, told
    )


def _beside(told: str) -> SafeString:
    return format_html(' <span class="instant__yours">{}</span>', told)
