"""Choosing how to be told."""

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField

from network.notifications import preferences
from network.notifications.enums import Channel, Timing
from network.notifications.kinds import kinds


class ReadForm(forms.Form):
    """How far the page went that somebody calls read; without it, all."""

    until = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class PreferencesForm(forms.Form):
    """A matrix: a row for each kind, a tick for each channel."""

    def __init__(self, *args, person_id: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kept = preferences.of_person(person_id)
        for name, kind in kinds.items():
            for channel in Channel:
                timing = kept.get((name, channel), preferences.default(kind, channel))
                self.fields[_field(name, channel)] = forms.BooleanField(
                    required=False, initial=timing == Timing.AT_ONCE, label=kind.label
                )

    def rows(self) -> Iterator[tuple[object, list[tuple[str, BoundField]]]]:
        """Each kind with its ticks, for the table."""
        for name, kind in kinds.items():
            yield kind, [(channel.label, self[_field(name, channel)]) for channel in Channel]

    def choices(self) -> dict[tuple[str, str], str]:
        """Kind and channel to timing, as ticked."""
        return {
            (name, channel): Timing.AT_ONCE if self.cleaned_data[_field(name, channel)] else Timing.NEVER
            for name in kinds.names()
            for channel in Channel
        }


def _field(kind: str, channel: str) -> str:
    return f"{kind}-{channel}".replace(".", "_")
