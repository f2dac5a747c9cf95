"""Choosing how to be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from network.foundations.viewer import Viewer
from network.notifications import preferences, reading, special
from network.notifications.enums import Channel, Family, Timing
from network.notifications.kinds import USUAL, Kind, families, kinds, names_of
from network.notifications.places import named
from network.notifications.preferences import Habits, Wishes, family_key
from network.notifications.special import How


class AddressForm(forms.Form):
    """An address to which no notices shall go."""

    address = forms.EmailField(
        label=_("Address"),
        max_length=254,
        help_text=_("Of somebody who has asked for no more mail in another way than in her settings."),
    )


class ReadForm(forms.Form):
    """How far the page went that somebody calls read; without it, all."""

    until = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    family = forms.ChoiceField(required=False, choices=Family)
    place = forms.CharField(required=False, max_length=60)


class FilterForm(forms.Form):
    """What of the inbox is shown: one heading, one community."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)
    family = forms.ChoiceField(label=_("About"), required=False)
    place = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("Everything"))]
        self.fields["family"].choices = everything + [(f.value, f.label) for f in families()]
        where = named(viewer, reading.places_of(viewer))
        titled = sorted(((place, words.title) for place, words in where.items()), key=lambda pair: pair[1])
        self.fields["place"].choices = [("", _("Everywhere")), *titled]

    @property
    def narrowed(self) -> dict[str, str]:
        """What was chosen and is offered; anything else narrows nothing."""
        self.is_valid()
        kept = {name: self.cleaned_data.get(name, "") for name in ("family", "place")}
        return {name: value for name, value in kept.items() if value}


def _hour(hour: int) -> str:
    return date_format(time(hour), "TIME_FORMAT")


_told_hour = lazy(_hour, str)
_HOURS = [(hour, _told_hour(hour)) for hour in range(24)]


class PreferencesForm(forms.Form):
    """A matrix: a row for each heading and, folded away, for each of its kinds; and her hours."""

    digest_hour = forms.TypedChoiceField(label=_("Digests come at"), choices=_HOURS, coerce=int)
    digest_weekday = forms.TypedChoiceField(
        label=_("The weekly one on"), choices=list(WEEKDAYS.items()), coerce=int
    )
    quiet_from = forms.TypedChoiceField(
        label=_("Quiet from"), choices=[("", _("No quiet hours")), *_HOURS], coerce=int, empty_value=None,
        required=False, help_text=_("Mails that come at once wait until these hours are over."),
    )  # fmt: skip
    quiet_to = forms.TypedChoiceField(
        label=_("Quiet until"), choices=[("", _("No quiet hours")), *_HOURS], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    paused_until = forms.DateField(
        label=_("Pause all mails until"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("On that day one mail tells what was held. Codes for signing in always come."),
    )
    language = forms.ChoiceField(
        label=_("Language of mails"),
        required=False,
        choices=[("", _("The language of my account")), *settings.LANGUAGES],
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    HOURS = ("digest_hour", "digest_weekday", "quiet_from", "quiet_to", "paused_until", "language")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        self.viewer = viewer
        self.kept = preferences.wishes_of([viewer.user.pk])[viewer.user.pk]
        super().__init__(*args, initial=self._hours(), **kwargs)
        for family in families():
            self._add(family_key(family), family.label, self._family(family))
            for name in names_of(family):
                self._add(name, kinds.get(name).label, self._kind(name))

    def _hours(self) -> dict[str, Any]:
        habits = self.kept.habits
        account = self.viewer.user.language
        language = habits.language if habits.language != account else ""
        kept = {name: getattr(habits, name) for name in self.HOURS if name != "language"}
        return kept | {"language": language, "version": habits.version}

    def _family(self, family: Family) -> dict[str, forms.Field]:
        inbox = self.kept.kinds.get((family_key(family), Channel.INBOX), Timing.AT_ONCE)
        mail = self.kept.kinds.get((family_key(family), Channel.MAIL), USUAL[family])
        return {
            Channel.INBOX: forms.BooleanField(required=False, initial=inbox != Timing.NEVER),
            Channel.MAIL: forms.ChoiceField(choices=Timing, initial=mail, widget=forms.RadioSelect),
        }

    def _kind(self, name: str) -> dict[str, forms.Field]:
        usual = [("", _("As its heading"))]
        inbox = [*usual, (Timing.AT_ONCE.value, _("Yes")), (Timing.NEVER.value, _("No"))]
        return {
            Channel.INBOX: forms.ChoiceField(
                required=False, choices=inbox, initial=self.kept.kinds.get((name, Channel.INBOX), "")
            ),
            Channel.MAIL: forms.ChoiceField(
                required=False,
                choices=[*usual, *Timing.choices],
                initial=self.kept.kinds.get((name, Channel.MAIL), ""),
            ),
        }

    def _add(self, key: str, label: Any, fields: Mapping[str, forms.Field]) -> None:
        for channel, field in fields.items():
            field.label = label
            self.fields[_field(key, channel)] = field

    def rows(self) -> Iterator["Row"]:
        """Each heading with its box, its choices and its kinds, for the table."""
        for family in families():
            inbox, mail = self._bound(family_key(family))
            yield Row(family, inbox, mail, [(kinds.get(n), *self._bound(n)) for n in names_of(family)])

    def _bound(self, key: str) -> tuple[BoundField, BoundField]:
        return self[_field(key, Channel.INBOX)], self[_field(key, Channel.MAIL)]

    @property
    def single_chosen(self) -> bool:
        """Whether a kind differs from its heading, or was refused: then they stand unfolded."""
        names = [_field(name, channel) for name in kinds.names() for channel in Channel]
        return any(self[name].value() or self[name].errors for name in names)

    def hours(self) -> list[BoundField]:
        return [self[name] for name in self.HOURS]

    def clean_paused_until(self) -> date | None:
        day = self.cleaned_data["paused_until"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if day and (day - timezone.localdate()).days > _LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("quiet_from") is None) != (data.get("quiet_to") is None):
            missing = "quiet_from" if data.get("quiet_from") is None else "quiet_to"
            if not self.errors.keys() & {"quiet_from", "quiet_to"}:
                self.add_error(missing, _("Quiet hours have a beginning and an end."))
        return data

    def choices(self) -> dict[tuple[str, str], str]:
        """Kind or heading and channel to timing, as ticked; empty where that is the usual anyway."""
        chosen: dict[tuple[str, str], str] = {}
        for family in families():
            key = family_key(family)
            mail = self.cleaned_data[_field(key, Channel.MAIL)]
            chosen[key, Channel.INBOX] = "" if self.cleaned_data[_field(key, Channel.INBOX)] else Timing.NEVER
            chosen[key, Channel.MAIL] = "" if mail == USUAL[family] else mail
            for name in names_of(family):
                for channel in Channel:
                    chosen[name, channel] = self.cleaned_data[_field(name, channel)]
        return chosen

    def habits(self) -> Habits:
        hours = {name: self.cleaned_data[name] for name in (*self.HOURS, "version")}
        return replace(self.kept.habits, **hours)

    def wishes(self) -> Wishes:
        """What holds under what is ticked now: saved or not."""
        if not self.is_bound:
            return self.kept
        chosen = {place: timing for place, timing in self.choices().items() if timing}
        return Wishes(self.habits(), chosen, self.kept.places)


#: Days that a pause may last.
_LONGEST_PAUSE = 366


@dataclass(frozen=True)
class Row:
    """One heading in the table."""

    family: Family
    inbox: BoundField
    mail: BoundField
    kinds: list[tuple[Kind, BoundField, BoundField]]


class PlaceForm(forms.Form):
    """How to hear of one place."""

    how = forms.ChoiceField(label=_("How do you want to hear of it?"), widget=forms.RadioSelect)
    own_posts = forms.BooleanField(
        label=_("Send me my own posts as well"),
        required=False,
        help_text=_("Counts where every post is a mail of its own: your mailbox then holds the whole talk."),
    )

    def __init__(self, *args: Any, viewer: Viewer, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = special.offered(viewer, place)
        self.fields["how"].choices = [(choice.value, choice.label) for choice in offered]
        if How.LIST not in offered:
            del self.fields["own_posts"]


def _field(key: str, channel: str) -> str:
    return f"{key}-{channel}".replace(".", "_").replace(":", "_")
