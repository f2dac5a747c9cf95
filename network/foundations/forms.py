"""Asking for written text, and for several rows at once."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from network.foundations import richtext


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing: a button without fields is an answer too. None where a page is opened."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class Tool:
    """A button of the editor: what it does there, its icon and its word."""

    command: str
    icon: str
    label: str | Promise
    #: Whether it shows being on (bold) or just acts (undo).
    toggles: bool = True


TOOLS: list[list[Tool]] = [
    [
        Tool("bold", "bold", _("Bold")),
        Tool("italic", "italic", _("Italic")),
        Tool("link", "link", _("Link")),
    ],
    [
        Tool("heading", "heading", _("Heading")),
        Tool("bulletList", "list", _("List with points")),
        Tool("orderedList", "list-ordered", _("Numbered list")),
        Tool("blockquote", "text-quote", _("Quotation")),
        Tool("table", "table", _("Table"), toggles=False),
    ],
    [
        Tool("undo", "undo-2", _("Undo"), toggles=False),
        Tool("redo", "redo-2", _("Redo"), toggles=False),
    ],
]


@dataclass(frozen=True)
class Insert:
    """Something that a room lets people put into a text.

    ``url`` is a page with a search (``?q=``); what it finds stands there as ``data-insert="what to put in"``,
    inside ``data-inserts``. The editor asks it without leaving; without scripts it is a page to copy from.
    """

    url: str | Promise
    label: str | Promise
    search: str | Promise
    icon: str


class RichTextWidget(forms.Textarea):
    """A text box that becomes an editor where scripts run, and works as it is where they do not."""

    template_name = "foundations/widgets/richtext.html"

    #: Address that answers who may be meant by a name, where people are named in the text.
    mentions = ""

    def __init__(self, attrs: dict[str, Any] | None = None, *, insert: Insert | None = None) -> None:
        super().__init__({"rows": 8, "dir": "auto"} | (attrs or {}))
        self.insert = insert

    @property
    def media(self) -> forms.Media:
        script: Any = Script("js/richtext.js", type="module")  # the stubs know paths only
        return forms.Media(js=[script])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        shown = {"tools": TOOLS, "insert": self.insert, "mentions": self.mentions}
        return super().get_context(name, value, attrs) | shown


class RichTextFormField(forms.CharField):
    """Its cleaned value is HTML by the one policy, or an empty text where there is nothing to read.

    ``max_length`` counts the characters that people read, not those of the markup. What a watcher objects to
    is refused, unless the room asks about it itself (``watched=False``).
    """

    widget = RichTextWidget

    def __init__(self, *, max_length: int | None = 20_000, watched: bool = True, **kwargs: Any) -> None:
        super().__init__(strip=True, **kwargs)
        self.text_length = max_length
        self.watched = watched

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        html = richtext.clean(text if richtext.looks_like_html(text) else richtext.from_plain_text(text))
        return "" if richtext.is_empty(html) else html

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.watched and (objection := richtext.objection(richtext.to_text(value))):
            raise ValidationError(objection, code="watched")
        if self.text_length is None:
            return
        surplus = len(richtext.to_text(value)) - self.text_length
        if surplus > 0:
            raise ValidationError(
                ngettext_lazy(
                    "This text is %(surplus)d character too long.",
                    "This text is %(surplus)d characters too long.",
                    "surplus",
                ),
                params={"surplus": surplus},
                code="max_length",
            )


class WatchedMixin:
    """Mixed into a form whose plain texts others read: what a watcher objects to is refused beside its field.

    Rich text asks by itself (``RichTextFormField``); a field that goes into the vault is ``sealed``.
    """

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            if not isinstance(value, str) or not self._is_read_by_others(name):
                continue
            if objection := richtext.objection(value):
                self.add_error(name, ValidationError(objection, code="watched"))  # type: ignore[attr-defined]

    def _is_read_by_others(self, name: str) -> bool:
        field = self.fields.get(name)
        return (
            isinstance(field, forms.CharField)
            and not isinstance(field, RichTextFormField)
            and not getattr(field, "sealed", False)
        )


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows. A number too large for any database is refused like every other that is not offered."""

    def clean(self, value: Any) -> Any:
        for chosen in value if isinstance(value, list | tuple) else ():
            if len(str(chosen)) > _LONGEST_NUMBER:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": chosen}
                )
        return super().clean(value)


#: Digits of the largest number that fits into every database's keys, less one.
_LONGEST_NUMBER = 18
