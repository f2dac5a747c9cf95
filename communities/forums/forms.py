"""Asking and cleaning in forums; views hand what is clean to one action."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from communities.forums.models import Forum
from network.foundations.forms import RichTextFormField
from network.foundations.once import OnceFormMixin


class ForumForm(forms.ModelForm):
    class Meta:
        model = Forum
        fields = ["title", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def _post_clean(self) -> None:
        """Nothing is written onto the row here: the action does that."""
        return


class ForumSettingsForm(ForumForm):
    class Meta(ForumForm.Meta):
        fields = ["title", "description", "position"]
        help_texts = {"position": _("Forums with a smaller number stand further up.")}


class ReplyForm(OnceFormMixin):
    html = RichTextFormField(label=_("Your reply"))


class ThreadForm(OnceFormMixin):
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("A question or a subject in one line, so that others know whether it concerns them."),
    )
    html = RichTextFormField(label=_("Text"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    field_order = ["title", "html", "language"]


class EditForm(forms.Form):
    """``version`` is the text that the author had before her when she began."""

    html = RichTextFormField(label=_("Text"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def take_version(self, version: int) -> None:
        """After a stale edit: the next sending replaces the text that stands now."""
        self.data: Any = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)
