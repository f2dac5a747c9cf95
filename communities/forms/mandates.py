"""Asking for a mandate and answering."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Capacity
from communities.forms.settings import TermsField
from communities.models import Mandate
from network.consent.models import Holder
from network.foundations.forms import WatchedMixin
from network.foundations.viewer import Viewer
from network.organizations.models import Affiliation, Organization
from network.thesaurus.models import Term

_DAY = {"type": "date"}


class MandateForm(forms.Form):
    """For whom she would like to speak: the line that fits the capacity is filled in."""

    capacity = forms.ChoiceField(label=_("You would speak"), choices=Capacity, widget=forms.RadioSelect)
    country = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Country"),
        required=False,
        help_text=_("For a Government. Its national focal point answers."),
    )
    organization = forms.CharField(
        label=_("Organization"),
        required=False,
        max_length=200,
        help_text=_("Its name or acronym as the Network knows it. Its officers answer."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    holder = forms.ModelChoiceField(
        Holder.objects.none(),
        label=_("Your people or community"),
        required=False,
        help_text=_("Its own authority answers, and nobody else: no Government has a voice in it."),
    )
    named = forms.CharField(
        label=_("Another people or community, as it calls itself"),
        required=False,
        max_length=200,
        help_text=_("If the Network does not know its authority yet, your mandate shows as self-declared."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    themes = TermsField("kmgbf-target", label=_("On these targets"), help_text=_("None: on everything."))
    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial = {"since": today, "until": today + timedelta(days=365), **self.initial}
        self.fields["country"].queryset = Term.objects.of("country").current()
        holders = Holder.objects.filter(pk__in=viewer.ids("holder"))
        self.fields["holder"].queryset = holders
        if not viewer.ids("holder"):
            del self.fields["holder"]
        if not self.is_bound:
            mine = Affiliation.objects.current().filter(person=viewer.user_id).select_related("organization")
            self.initial["organization"] = next((held.organization.name for held in mine[:1]), "")

    def clean(self) -> dict[str, Any]:
        """Only what fits the capacity counts: the form offers all of it at once."""
        data = self.cleaned_data
        capacity = data.get("capacity")
        country = data.get("country") if capacity == Capacity.GOVERNMENT else None
        organization, named = self._organization(), data.get("named", "")
        peoples = capacity == Capacity.PEOPLES
        if peoples and (data.get("holder") or named):
            organization = None
        return data | {
            "country": country,
            "organization": None if capacity == Capacity.GOVERNMENT else organization,
            "holder": data.get("holder") if peoples else None,
            "named": named if peoples and not data.get("holder") else "",
        }

    def _organization(self) -> Organization | None:
        typed = self.cleaned_data.get("organization", "")
        found = Organization.objects.named(typed)
        wanted = self.cleaned_data.get("capacity") == Capacity.ORGANIZATION
        if typed and found is None and wanted:
            self.add_error("organization", _("The Network does not know this organization."))
        return found


class MandateAnswerForm(WatchedMixin, forms.Form):
    """Yes, perhaps for a shorter time; no, or not any more, with the reason."""

    decision = forms.ChoiceField(
        choices=[("grant", _("Grant")), ("decline", _("Decline")), ("withdraw", _("Withdraw"))]
    )
    until = forms.DateField(
        label=_("Last day, if it shall be an earlier one"),
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        help_text=_("Needed to decline or withdraw. The person reads it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("decision") in ("decline", "withdraw") and not data.get("reason"):
            self.add_error("reason", _("Say in a sentence why, so that the person can understand it."))
        return data
