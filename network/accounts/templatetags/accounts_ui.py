"""Small helpers of the pages about a person's account."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

#: What a browser calls itself, the more particular name first: Edge and Opera say "Chrome" as well.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iPadOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """``Firefox, Windows`` out of the long line that browsers send; that line where it tells nothing."""
    name = next((name for sign, name in _BROWSERS.items() if re.search(rf"{sign}\w*/", user_agent)), "")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), "")
    return ", ".join(filter(None, [name, system])) or user_agent[:80] or _("Unknown browser")


@register.filter
def kind(value: object) -> str:
    """``dict``, ``list``, ``nothing`` or ``plain``: how a value in a person's copy is written out."""
    if isinstance(value, dict):
        return "dict"
    if isinstance(value, list | tuple | set):
        return "list"
    if value is None or value == "":
        return "nothing"
    return "plain"


@register.filter
def named(names: dict[str, str], key: str) -> str:
    """What ``key`` is called; nothing where the viewer does not hold it any more."""
    return names.get(key, "")
