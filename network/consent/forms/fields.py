"""Fields that several forms of this room ask with."""

import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.consent.enums import ContactKind
from network.foundations import tongues

#: A sealed text can be long; this keeps an accident out.
LONGEST_TEXT = 50_000
BOX = {"rows": 6, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}


def sealed_box(label: Any, rows: int = 6, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A box whose text goes into the vault."""
    box = forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(BOX | {"rows": rows}),
        help_text=help_text,
    )
    box.sealed = True  # type: ignore[attr-defined]
    return box


class LanguageField(forms.CharField):
    """Any language of the world, by its code or by a name of it; its value is the code."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "max_length": 80,
            "help_text": _("Any language: its code or its name, for example en or Tzotzil."),
            "widget": forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        }
        super().__init__(**options | kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return tongues.cleaned(text) if text else ""


class EvidenceField(forms.FileField):
    """A file that shows how a word came about."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("A file that shows it (sealed)"),
            "required": False,
            "allow_empty_file": True,  # what is wrong with a file is said where it is cleaned
            "widget": forms.FileInput({"accept": "application/pdf,image/*,audio/*"}),
            "help_text": _(
                "Minutes as PDF, a photograph of a paper, a recording. Where and when it was made, and with "
                "what, is taken out of it. The holders can erase it; the record stands without it."
            ),
        }
        super().__init__(**options | kwargs)


class PairsWidget(forms.MultiWidget):
    """Rows of two boxes, each with its own label; what is left empty counts for nothing."""

    template_name = "consent/widgets/pairs.html"
    rows = 4

    def __init__(self, first: forms.Widget, second: forms.Widget, labels: tuple[Any, Any]) -> None:
        self.labels = labels
        boxes = [copy.deepcopy(widget) for _row in range(self.rows) for widget in (first, second)]
        super().__init__(boxes)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, self._flat(value), attrs)
        boxes = context["widget"]["subwidgets"]
        for box in boxes:
            # The group is required, no row of it is.
            box["required"] = False
            box["attrs"].pop("required", None)
        context["pairs"] = list(zip(boxes[::2], boxes[1::2], strict=True))
        context["labels"] = self.labels
        return context

    def _flat(self, value: Any) -> list[Any]:
        """What was typed comes as one box after the other, what stands there already in pairs."""
        is_typed = bool(value) and not isinstance(value[0], tuple)
        return value if is_typed else self.decompress(value)

    def decompress(self, value: Any) -> list[Any]:
        flat: list[Any] = [box for pair in (value or [])[: self.rows] for box in pair]
        while len(flat) < 2 * self.rows:
            flat += self.empty_row(len(flat) // 2)
        return flat

    def empty_row(self, number: int) -> list[Any]:
        return ["", ""]


class PairsField(forms.MultiValueField):
    """``[(first, second), ...]`` of the rows that say something."""

    def __init__(self, first: forms.Field, second: forms.Field, widget: PairsWidget, **kwargs: Any) -> None:
        fields = [copy.deepcopy(field) for _row in range(widget.rows) for field in (first, second)]
        super().__init__(fields, require_all_fields=False, widget=widget, **kwargs)

    def compress(self, data_list: list[Any]) -> list[tuple[Any, Any]]:
        return list(zip(data_list[::2], data_list[1::2], strict=False))

    def clean(self, value: Any) -> list[tuple[Any, Any]]:
        """Kinds alone are no answer: each select has one from the start."""
        pairs = super().clean(value)
        if self.required and not pairs:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return pairs


class ContactsWidget(PairsWidget):
    def __init__(self) -> None:
        kinds = [(kind.value, kind.label) for kind in ContactKind]
        words = forms.TextInput({"dir": "auto", "maxlength": 300})
        super().__init__(forms.Select(choices=kinds), words, (_("Kind"), _("In words")))

    def empty_row(self, number: int) -> list[Any]:
        return [list(ContactKind)[number].value, ""]


class ContactsField(PairsField):
    """Ways to ask holders, the one that will last longest first: ``[(kind, words), ...]``."""

    def __init__(self, **kwargs: Any) -> None:
        kind = forms.ChoiceField(choices=ContactKind.choices, required=False)
        words = forms.CharField(max_length=300, required=False)
        super().__init__(kind, words, ContactsWidget(), **kwargs)

    def compress(self, data_list: list[Any]) -> list[tuple[ContactKind, str]]:
        pairs = super().compress(data_list)
        return [(ContactKind(kind or ContactKind.OFFICE), words) for kind, words in pairs if words]


class NamesWidget(PairsWidget):
    rows = 6

    def __init__(self) -> None:
        box = {"dir": "auto", "autocomplete": "off"}
        name = forms.TextInput(box | {"maxlength": 200})
        super().__init__(forms.TextInput(box), name, (_("Language"), _("Name")))


class NamesField(PairsField):
    """What others call them: ``[(language, name), ...]``."""

    def __init__(self, **kwargs: Any) -> None:
        language = LanguageField(required=False)
        name = forms.CharField(max_length=200, required=False)
        super().__init__(language, name, NamesWidget(), **kwargs)

    def compress(self, data_list: list[Any]) -> list[tuple[str, str]]:
        pairs = super().compress(data_list)
        if any(name and not language for language, name in pairs):
            raise forms.ValidationError(_("Say in which language each name is."), code="no_language")
        return [(language, name) for language, name in pairs if name]
