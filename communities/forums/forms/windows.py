"""Asking when a forum is open: every hour is one of the official clock."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import ReasonForm
from communities.forums.actions import window_version
from communities.forums.models import Forum
from network.accounts.zones import choices
from network.foundations.clock import wall_clock, zone_name, zone_of
from network.foundations.forms import WatchedMixin
from network.foundations.hours import HourField, on_the_clock


class VersionedForm(WatchedMixin, forms.Form):
    """The form knows what stood there when it was opened."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.initial["version"] = window_version(forum)

    def renew_version(self, current: Forum) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = window_version(current)


class WindowForm(VersionedForm):
    zone = forms.ChoiceField(label=_("Official time zone"))
    opens_at = HourField(label=_("Opens"), required=False)
    closes_at = HourField(
        label=_("Closes"),
        required=False,
        help_text=_(
            "Both in the official time zone. What is sent at this very instant is too late. Leave both empty "
            "for a forum that is always open."
        ),
    )
    pauses_at_weekends = forms.BooleanField(
        label=_("It pauses at weekends"),
        required=False,
        help_text=_("From Saturday to Sunday by the official clock: everybody reads, nobody writes."),
    )
    final_call_days = forms.IntegerField(
        label=_("Days of the final call"),
        min_value=0,
        max_value=60,
        help_text=_("So many days before the close all members are told that it comes; 0 for none."),
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        self.fields["zone"].choices = choices()
        self.initial.update(
            {
                "zone": forum.zone,
                "opens_at": on_the_clock(forum.opens_at, forum.zone),
                "closes_at": on_the_clock(forum.closes_at, forum.zone),
                "pauses_at_weekends": forum.pauses_at_weekends,
                "final_call_days": forum.final_call_days,
            }
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("opens_at", "closes_at"):
            if data.get(name) and data.get("zone"):
                data[name] = wall_clock(data[name], data["zone"])
        return data


class ExtensionForm(VersionedForm, ReasonForm):
    closes_at = HourField(label=_("New close"))

    field_order = ["closes_at", "reason"]

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        self.initial["closes_at"] = on_the_clock(forum.closes_at, forum.zone)
        city = zone_name(zone_of(forum.zone))
        self.fields["closes_at"].help_text = _("In the official time zone: %(city)s.") % {"city": city}
        self.fields["reason"].help_text = _("It stands on the forum's page, and every member is told.")

    def clean_closes_at(self) -> datetime:
        return wall_clock(self.cleaned_data["closes_at"], self.forum.zone)


class SummaryForm(VersionedForm):
    summary_url = forms.URLField(
        label=_("Address of the summary"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_(
            "A thread here, a page or a document elsewhere. Left empty, the forum is not summarised."
        ),
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        self.initial["summary_url"] = forum.summary_url
