"""Putting files into a post: chosen one by one or many at once, kept beside the draft until it is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from communities.forums.models import Upload


class FilesWidget(forms.FileInput):
    """Chosen files are kept by the view before the form is looked at, so it has none to read here."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"multiple": True})

    @property
    def media(self) -> forms.Media:
        script: Any = Script("js/files.js", type="module")  # the stubs know paths only
        return forms.Media(js=[script])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:
        return None


class FilesMixin(forms.Form):
    """``files`` to choose some, ``kept`` for those that wait already; ``offered``: she was shown those."""

    # The metaclass takes fields out of the class: the form keeps its own ``files``.
    files = forms.FileField(  # type: ignore[assignment]
        label=_("Files and pictures"),
        required=False,
        widget=FilesWidget,
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, text, CSV or pictures: ten at most."),
    )
    offered = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3)

    def __init__(self, *args: Any, uploads: Sequence[Upload] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uploads = list(uploads)
        if self.uploads:
            self.initial.setdefault("offered", "yes")
        elif not (self.data and self.data.get("kept")):
            return
        self.fields["kept"] = forms.MultipleChoiceField(
            label=_("Files that go along"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(one.key, f"{one.name} ({filesizeformat(one.size)})") for one in self.uploads],
            initial=[one.key for one in self.uploads],
            error_messages={"invalid_choice": _("One of the files is not here any more. Choose it again.")},
        )
        self.order_fields(self.field_order)

    @property
    def written(self) -> dict[str, Any]:
        typed = dict(super().written)
        typed.pop("files", None)
        kept, offered = typed.pop("kept", []), typed.pop("offered", "")
        return typed | {"files": kept if offered else None}
