"""Writing in a blog."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.pages.actions import own_words
from home.pages.models import BlogEntryPage
from network.foundations.forms import RichTextFormField, WatchedMixin


class EntryForm(WatchedMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    introduction = forms.CharField(
        label=_("In two sentences"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Stands in lists, feeds and search."),
    )
    html = RichTextFormField(label=_("Text"))

    def __init__(self, *args: Any, entry: BlogEntryPage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entry:
            self.initial.update(
                version=entry.latest_revision_id,
                title=entry.title,
                introduction=entry.introduction,
                html=own_words(entry),
            )

    def renew_version(self, current: BlogEntryPage) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = current.latest_revision_id
