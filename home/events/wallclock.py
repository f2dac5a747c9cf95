"""Hours in the Wagtail admin, as a clock at the place shows them."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from network.accounts.zones import choices, is_zone
from network.foundations.clock import wall_clock, zone_of


class WallClockForm(WagtailAdminPageForm):
    """Hours are typed and shown as a clock at the place shows them, in the zone chosen beside them."""

    wall_clocks = ("starts_at", "ends_at")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].widget = forms.Select(choices=choices())
        for name in self.wall_clocks:
            moment = getattr(self.instance, name)
            if moment:
                self.initial[name] = timezone.make_naive(moment, zone_of(self.instance.zone))

    def clean(self) -> dict:
        data = super().clean()
        zone = data.get("zone")
        if zone and not is_zone(zone):
            self.add_error("zone", _("There is no such time zone."))
            return data
        for name in self.wall_clocks:
            if data.get(name):
                data[name] = wall_clock(data[name], zone)
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at < starts_at:
            self.add_error("ends_at", _("The event ends before it starts."))
        return data
