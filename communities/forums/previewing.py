"""What is being written as it will stand, before it is sent: nothing is written down."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from communities.forums.mentions import named_in
from communities.models import Community
from network.foundations.richtext import from_plain_text, to_text
from network.foundations.viewer import Viewer

#: The name of the button that asks for it.
BUTTON = "preview"


@dataclass(frozen=True)
class Preview:
    """``html`` is clean; ``is_sealed``: the text will go into the vault and keeps its paragraphs alone."""

    html: str
    title: str = ""
    is_sealed: bool = False


def is_wanted(request: HttpRequest) -> bool:
    """She pressed *Preview*, not the button that sends."""
    return request.method == "POST" and BUTTON in request.POST


def preview_of(viewer: Viewer, community: Community, form: forms.Form) -> dict[str, Any]:
    """For the page that shows ``form`` again: what can be read of it so far, whatever else is missing."""
    form.is_valid()
    html = form.cleaned_data.get("html")
    if not html:
        return {}
    title = form.cleaned_data.get("title", "")
    if form.cleaned_data.get("knowledge"):
        return {"preview": Preview(from_plain_text(to_text(html)), title, is_sealed=True)}
    return {"preview": Preview(named_in(viewer, community, html).html, title)}
