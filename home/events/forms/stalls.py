"""Writing at a stall, and asking there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.events.enums import HourKind
from home.events.models import Booth, KnowledgeFairPage
from network.foundations.clock import wall_clock, zone_name, zone_of
from network.foundations.forms import RichTextFormField, WatchedMixin
from network.foundations.hours import HourField


class StoryForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    story = RichTextFormField(label=_("What we show"), required=False)
    of_people = forms.BooleanField(
        label=_("It shows what belongs to an indigenous people or a local community"),
        required=False,
        help_text=_(
            "Then it disappears when the fair ends, unless your people want it to stay. Traditional "
            "knowledge itself is sealed first and shown only with the consent of its holders."
        ),
    )

    def __init__(self, *args: Any, booth: Booth | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = booth.version if booth else 0
        if booth:
            self.initial.update(story=booth.story, of_people=booth.of_people)

    def renew_version(self, current: Booth) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = current.version


class HourForm(forms.Form):
    """An hour by the clock at the fair."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=HourKind.choices, widget=forms.RadioSelect, initial="open"
    )
    starts_at = HourField(label=_("From"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=60)

    def __init__(self, *args: Any, fair: KnowledgeFairPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fair = fair
        city = zone_name(zone_of(fair.zone))
        self.fields["starts_at"].help_text = _("By the clock at the fair: %(city)s.") % {"city": city}

    def clean_starts_at(self) -> Any:
        return wall_clock(self.cleaned_data["starts_at"], self.fair.zone)


class QuestionForm(WatchedMixin, forms.Form):
    text = forms.CharField(
        label=_("Ask the people of the stall"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("In any language. Everybody who comes to the stall reads your question and the answer."),
    )


class AnswerForm(WatchedMixin, forms.Form):
    text = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
