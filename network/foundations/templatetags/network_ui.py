"""Small faces that components share: icons, form parts, tones."""

from functools import lru_cache

import lucide
from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from js_asset.media import Media

register = template.Library()

#: Icons that point along the line of reading and therefore turn round in Arabic.
DIRECTED = {
    "arrow-left",
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "log-in",
    "log-out",
    "reply",
    "send",
    "list-filter",
}

#: State -> icon, so that no state is told by color alone.
STATE_ICONS = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "octagon-alert",
    "withheld": "hand",
    "call": "megaphone",
    "quiet": "circle",
}

#: Django's message levels in our words.
MESSAGE_STATES = {"debug": "info", "info": "info", "success": "good", "warning": "warn", "error": "bad"}


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """An icon from the package, silent beside its word; ``label`` speaks where no word stands."""
    attributes = {"class": "icon icon--directed" if name in DIRECTED else "icon", "stroke_width": "1.75"}
    if label:
        attributes |= {"role": "img", "aria_label": str(label)}
    else:
        attributes |= {"aria_hidden": "true"}
    return mark_safe(lucide._render_icon(name, size, **attributes).replace("\n", ""))


@register.simple_tag
def state_icon(state: str, size: int = 18) -> SafeString:
    return icon(STATE_ICONS.get(state or "info", "info"), size)


@register.filter
def message_state(level: str) -> str:
    return MESSAGE_STATES.get(level, "info")


@register.filter
def tone(value: object) -> str:
    """The class of one of twelve muted tones, the same for the same number, id or name everywhere."""
    if isinstance(value, int):
        number = value
    else:
        number = sum(ord(letter) * (place + 1) for place, letter in enumerate(str(value)))
    return f"tone-{number % 12 + 1}"


@register.filter
def control(field: BoundField) -> str:
    """How a field is laid out: ``group`` (legend above choices), ``check`` (label beside) or ``line``."""
    if field.use_fieldset:
        return "group"
    return "check" if getattr(field.field.widget, "input_type", "") == "checkbox" else "line"


@register.simple_tag(takes_context=True)
def form_media(context: Context, form: BaseForm) -> str:
    """The scripts and styles that a form's widgets need, let through the content security policy.

    The nonce is asked for only where there is something to let through: a page with a nonce is never cached.
    """
    request = context.get("request")
    if not form.media.render() or request is None:
        return ""
    return Media.from_media(form.media, nonce=str(getattr(request, "csp_nonce", ""))).render()


@register.simple_tag(takes_context=True)
def with_query(context: Context, name: str, value: object) -> str:
    """The current query with one part set: how pagers and facets keep what else was asked."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def anchor(field: BoundField) -> str:
    """Where a link in the summary of errors leads: the control, or the group of controls."""
    if field.use_fieldset:
        return f"field_{field.id_for_label or field.auto_id}"
    return field.id_for_label or field.auto_id


@register.filter
def error_count(form: BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())
