"""Asking for a name in each language."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class NamesWidget(forms.MultiWidget):
    """One line for each language of the network."""

    template_name = "thesaurus/widgets/names.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        lines = {code: forms.TextInput({"lang": code, "dir": "auto"}) for code, _name in settings.LANGUAGES}
        super().__init__(lines, attrs)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        lines = zip(settings.LANGUAGES, context["widget"]["subwidgets"], strict=True)
        return context | {"lines": [(language, line) for (_code, language), line in lines]}


class NamesField(forms.MultiValueField):
    """Language code to name; English is what the others fall back on."""

    widget = NamesWidget

    def __init__(self, **kwargs: Any) -> None:
        lines = [forms.CharField(max_length=200, required=False) for _language in settings.LANGUAGES]
        super().__init__(lines, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> dict[str, str]:
        languages = [code for code, _language in settings.LANGUAGES]
        names = {code: name for code, name in zip(languages, values, strict=True) if name}
        if "en" not in names:
            raise ValidationError(_("Give the name in English: it stands in where another is missing."))
        return names
