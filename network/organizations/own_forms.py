"""Asking for people, networks, merges and lists of organizations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.organizations.models import Organization

#: A list larger than this goes in by the command.
LARGEST_LIST = 1_000_000


class NamedField(forms.CharField):
    """An organization by its name, acronym or the address of its page; its cleaned value is the row."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Any:
        typed = (super().clean(value) or "").replace("\x00", "").strip()
        slug = typed.split("?")[0].rstrip("/").rpartition("/")[2]
        standing = Organization.objects.filter(merged_into=None)
        found = standing.filter(slug=slug).first() or Organization.objects.named(typed)
        if found is None:
            raise ValidationError(_("We know no organization of this name. Paste the address of its page."))
        return found


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Whoever has an account with it is asked."),
    )
    role = forms.CharField(label=_("Role"), max_length=150, required=False)


class BelongingForm(forms.Form):
    name = NamedField(label=_("Organization"), help_text=_("Its name, or the address of its page."))
    side = forms.ChoiceField(
        label=_("How they belong together"),
        choices=[("network", _("We belong to it")), ("member", _("It belongs to us"))],
    )
    since = forms.DateField(
        label=_("Since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )


class MergeForm(forms.Form):
    name = NamedField(
        label=_("The one to keep"),
        help_text=_("Its name, or the address of its page."),
    )
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)


class ListForm(forms.Form):
    """A list of organizations: a file, or what was read of it on the page before."""

    file = forms.FileField(label=_("List (XLSX or CSV)"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file, text = told.get("file"), told.get("text") or ""
        if file is not None:
            if file.size > LARGEST_LIST:
                self.add_error("file", _("This file is too large. Bring it in by the command."))
            else:
                told["content"] = file.read()
        elif text and len(text) <= LARGEST_LIST:
            told["content"] = text.encode()
        else:
            self.add_error("file", _("Choose a file."))
        return told
