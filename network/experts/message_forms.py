"""Asking for a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.experts.actions.messaging import LONGEST
from network.experts.fields import PlainLineField
from network.foundations.forms import WatchedMixin


class AnswerForm(WatchedMixin, forms.Form):
    text = forms.CharField(
        label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    shows_address = forms.BooleanField(
        label=_("Let the answer come straight to my e-mail address"),
        required=False,
        help_text=_("It is then shown to whoever you write to. Otherwise the network passes answers on."),
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\x00", "")


class MessageForm(AnswerForm):
    subject = PlainLineField(label=_("What it is about"), max_length=150)

    field_order = ("subject", "text", "shows_address")


class ReportForm(WatchedMixin, forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
