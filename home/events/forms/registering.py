"""What somebody is asked who wants to take part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.events import policies
from home.events.enums import Asking, Attendance, Shown
from home.events.models import Desk, EventPage, Question, Registration
from network.thesaurus.models import Term


class RegistrationForm(forms.Form):
    """Asks only for what the desk needs: the way where there are two, the country where there are quotas.

    ``place`` is what somebody has said already; her country and her number stay.
    """

    def __init__(
        self, *args: Any, event: EventPage, desk: Desk, place: Registration | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.desk = event, desk
        self.questions: dict[str, Question] = {}
        ways = policies.ways(event)
        if len(ways) > 1:
            self.fields["attendance"] = forms.ChoiceField(
                label=_("How you take part"),
                choices=[(way, Attendance(way).label) for way in ways],
                widget=forms.RadioSelect,
            )
        if place is None and desk.quotas.exists():
            self.fields["country"] = forms.ModelChoiceField(
                label=_("Country for which you come"),
                queryset=Term.objects.of("country").current(),
                to_field_name="code",
                required=False,
                help_text=_(
                    "Some places are kept for regions of the world. Only those who keep the event see it."
                ),
            )
        for question in desk.questions.all():
            name = f"question_{question.pk}"
            self.questions[name] = question
            self.fields[name] = _field_for(question)
        if desk.asks_needs:
            self.fields["needs"] = forms.CharField(
                label=_("What you need to take part"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
                help_text=_(
                    "Access, interpretation into sign, food. Only those who keep the event read it, "
                    "and it is erased two weeks after the event."
                ),
            )
        if desk.capacity and desk.has_waiting_list:
            self.fields["takes_at_once"] = forms.BooleanField(
                label=_("If I have to wait, give me a place as soon as one is free"),
                required=False,
                help_text=_("Otherwise you are asked first and have some hours to answer."),
            )
        if desk.shown_to == Shown.PARTICIPANTS:
            self.fields["is_listed"] = forms.BooleanField(
                label=_("Show my name to the others who have a place"), required=False
            )

        if place is not None:
            self._remember(place)

    def _remember(self, place: Registration) -> None:
        said = {one["question"]: one["answer"] for one in place.answers}
        self.initial.update({name: said.get(asked.text, "") for name, asked in self.questions.items()})
        for name in ("attendance", "needs", "takes_at_once", "is_listed"):
            self.initial[name] = getattr(place, name)

    def values(self) -> dict[str, Any]:
        """What the action takes; each answer beside its question as it was put."""
        data = self.cleaned_data
        answers = [
            {"question": question.text, "answer": data[name]}
            for name, question in self.questions.items()
            if data[name]
        ]
        rest = {name: value for name, value in data.items() if name not in self.questions}
        return {"attendance": policies.ways(self.event)[0], "answers": answers, **rest}


def _field_for(question: Question) -> forms.Field:
    common = {"label": question.text, "required": question.required, "help_text": question.purpose}
    if question.kind == Asking.CHOICE:
        choices = [(answer, answer) for answer in question.choices]
        offered = choices if question.required else [("", _("No answer")), *choices]
        return forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **common)
    return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), **common)
