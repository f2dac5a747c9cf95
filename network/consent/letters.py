"""The letter to those who had received something: plain text in any language of the interface."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_info

from network.consent.models import KnowledgeItem


def asking_to_delete(item: KnowledgeItem, language: str) -> str:
    """Asks whoever had ``item`` to delete every copy; a neutral title and ways to ask, no knowledge."""
    with translation.override(language):
        context = {"item": item, "holders": list(item.holders.order_by("id"))}
        return render_to_string("consent/received/letter.txt", context).strip() + "\n"


def language_or(wanted: str, otherwise: str) -> str:
    return wanted if wanted in dict(settings.LANGUAGES) else otherwise


def direction(language: str) -> str:
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def tabs(chosen: str) -> list[dict[str, Any]]:
    """A link for each language, in that language."""
    return [
        {
            "label": get_language_info(code)["name_local"],
            "url": f"?letter={code}#letter",
            "current": code == chosen,
            "language": code,
        }
        for code, _name in settings.LANGUAGES
    ]
