"""Putting a link or a document where all can find it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Resource
from network.foundations.forms import WatchedMixin
from network.foundations.uploads import clean_document


class ResourceForm(WatchedMixin, forms.ModelForm):
    """A link or a document, not both."""

    url = forms.URLField(
        label=_("Web address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    file = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, text or CSV, up to 20 MB."),
    )

    class Meta:
        model = Resource
        fields = ["title", "description", "url", "file"]
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "description": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    def _post_clean(self) -> None:
        """Nothing is written onto the row here: the action does that."""
        return

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return clean_document(file) if file else None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and bool(data.get("url")) == bool(data.get("file")):
            self.add_error("url", _("Give a web address or a document, one of the two."))
        return data
