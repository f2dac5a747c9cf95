"""Asking about one member."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import Involvement, MemberRole
from communities.forms.settings import ReasonForm
from communities.voices import GROUPS


class InvolvementForm(forms.Form):
    involvement = forms.ChoiceField(label=_("Tell me of"), choices=Involvement, widget=forms.RadioSelect)


class MembersFilter(forms.Form):
    """What the list of members can be narrowed by; only what is in use is offered."""

    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *MemberRole.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    capacity = forms.ChoiceField(
        label=_("Speaks"), required=False, choices=[("", _("In any capacity")), *GROUPS.items()]
    )

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("All countries")), *countries]

    def active(self) -> int:
        return sum(1 for name in self.fields if self.data.get(name)) if self.is_bound else 0


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole)


class SuspensionForm(ReasonForm):
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty to suspend until somebody lifts it."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        self.order_fields(["until", "reason"])

    def clean_until(self) -> datetime | None:
        """The end of that day where the moderator lives."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.now().astimezone(self.zone).date() or day.year > 2999:
            raise forms.ValidationError(_("Choose today or a day that is still to come."))
        return datetime.combine(day + timedelta(days=1), time.min, tzinfo=self.zone)


class SilenceForm(SuspensionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = _("Leave it empty to silence until somebody lifts it.")
