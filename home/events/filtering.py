"""Which events a reader asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from home.events.enums import Kind
from network.thesaurus.models import Term


class EventFilter(forms.Form):
    """Which events to list; every field may be left out, and what is not understood is left out too."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    theme = forms.ModelChoiceField(
        label=_("Theme"), queryset=Term.objects.none(), required=False, to_field_name="code"
    )
    past = forms.BooleanField(label=_("Past events"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *Kind.choices]
        self.fields["theme"].queryset = Term.objects.of("kmgbf-target").current()
        self.fields["theme"].empty_label = _("All targets")
