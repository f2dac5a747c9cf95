"""Asking for an edition, a nomination, a juror."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from network.accounts.zones import choices
from network.awards.enums import PROGRESS, Awarded, Criterion, Medal, QuestionKind, SupportKind
from network.awards.models import Edition, Nomination
from network.awards.questions import OpenURLField, asked_of, with_version
from network.foundations.clock import wall_clock
from network.foundations.forms import RowsField, WatchedMixin
from network.organizations.models import Organization
from network.thesaurus.models import Term

#: Addresses below /awards/ that are no edition's.
TAKEN = {"new", "map", "outreach", "early", "endorse", "certificates"}


class EditionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: Award 2027."))
    slug = forms.SlugField(
        label=_("Address"), max_length=50, required=False, help_text=_("Left empty, it follows the name.")
    )
    year = forms.IntegerField(label=_("Year"), min_value=2016, max_value=2100)
    place = forms.CharField(label=_("Place of the ceremony"), max_length=120, required=False)
    zone = forms.ChoiceField(label=_("Official time zone"), initial="UTC")
    opens_at = forms.DateTimeField(
        label=_("Opens"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_(
            "Both in the official time zone. A nomination handed in at this very instant is too late."
        ),
    )
    quorum = forms.IntegerField(
        label=_("Scores that each nomination needs"), min_value=1, max_value=20, initial=2
    )

    jurors = forms.IntegerField(
        label=_("Jurors for each nomination"), min_value=1, max_value=20, required=False,
        help_text=_("Left empty, the whole jury scores each. Otherwise files are shared out evenly."),
    )  # fmt: skip
    leads = forms.ChoiceField(
        label=_("What ranks first"),
        choices=[
            ("total", _("The sum of the six criteria")), (PROGRESS, _("Progress since the last edition")),
        ],
        help_text=_("The other of the two breaks ties, then content; who is still even shares a place."),
    )  # fmt: skip
    awarded = forms.ChoiceField(label=_("What is awarded"), choices=Awarded.choices, required=False)
    appeal_days = forms.IntegerField(
        label=_("Days for appeals after the release"), min_value=0, max_value=365, required=False,
        help_text=_("Left empty, there are no appeals."),
    )  # fmt: skip
    discrepancy = forms.IntegerField(
        label=_("Ask one more juror where totals differ by more than this"), min_value=1, max_value=100,
        required=False, help_text=_("In percent of the higher total; 30 is usual. Left empty, nobody is."),
    )  # fmt: skip
    discussion = forms.BooleanField(
        label=_("The jury discusses after its scores are sealed for good"), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = choices()
        self.fields["leads"].required = False
        for criterion in Criterion:
            self.fields[f"weight_{criterion.value}"] = forms.IntegerField(
                label=_("Weight of %(criterion)s") % {"criterion": criterion.label},
                min_value=0, max_value=10, required=False,
                widget=forms.NumberInput(attrs={"placeholder": "1"}),
            )  # fmt: skip

    def clean(self) -> dict:
        data = super().clean()
        opens_at, closes_at, zone = data.get("opens_at"), data.get("closes_at"), data.get("zone")
        if opens_at and closes_at and zone:
            data["opens_at"] = wall_clock(opens_at, zone)
            data["closes_at"] = wall_clock(closes_at, zone)
            if data["closes_at"] <= data["opens_at"]:
                self.add_error("closes_at", _("The call closes before it opens."))
        slug = data.get("slug") or slugify(data.get("name", ""))
        if not self.has_error("slug"):
            if not slug:
                self.add_error("slug", _("Give the edition an address in Latin letters."))
            elif Edition.objects.filter(slug=slug).exists() or slug in TAKEN:
                self.add_error("slug", _("There is an edition with this address."))
        data["slug"] = slug
        given = {criterion.value: data.pop(f"weight_{criterion.value}", None) for criterion in Criterion}
        data["weights"] = {code: 1 if weight is None else weight for code, weight in given.items()}
        if not any(data["weights"].values()):
            self.add_error("weight_content", _("One criterion at least weighs something."))
        data["awarded"] = data.get("awarded") or Awarded.MEDALS
        data["appeal_days"] = data.get("appeal_days") or 0
        percent = data.get("discrepancy")
        data["discrepancy"] = percent and percent / 100
        leads = data.pop("leads", "") or "total"
        data["ranking"] = [
            *sorted(["total", PROGRESS], key=lambda name: name != leads),
            Criterion.CONTENT.value,
        ]
        return data


#: How many pages a nominator may point to.
MOST_LINKS = 10


class NominateForm(forms.Form):
    party = forms.ModelChoiceField(label=_("Party"), queryset=Term.objects.none(), empty_label=None)

    def __init__(self, *args, parties, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties


class NominationForm(WatchedMixin, forms.ModelForm):
    site_url = OpenURLField(
        label=capfirst(Nomination._meta.get_field("site_url").verbose_name),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Nomination
        fields = ["language", "category", "site_name", "site_url", *Criterion.values, "progress", "links"]
        widgets = {
            "category": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 6}) for name in [*Criterion.values, "progress"]},
            "links": forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        }

    def clean_links(self) -> str:
        """One address a line, each of which anybody can open."""
        lines = self.cleaned_data["links"].split()
        if len(lines) > MOST_LINKS:
            raise forms.ValidationError(_("Give ten addresses at most."))
        field = OpenURLField(max_length=300, assume_scheme="https")
        for line in lines:
            try:
                field.clean(line)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("%(address)s is no address on the web that everybody can open."),
                    params={"address": line},
                ) from None
        return "\n".join(dict.fromkeys(field.clean(line) for line in lines))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked_of(self.instance.edition.call.rules)
        for question in self.asked:
            self.fields[question.name] = question.form_field()
            self.initial.setdefault(question.name, self.instance.more.get(question.code, {}).get("value", ""))
        # A draft may leave everything open; the page says what it will be asked for in the end.
        needed = ["site_name", "site_url", *Criterion.values, PROGRESS]
        for name in [*needed, *(question.name for question in self.asked if question.required)]:
            self.fields[name].needed_later = True  # type: ignore[attr-defined]

    @property
    def questions(self) -> list[str]:
        """Names of all that is asked, in order."""
        return [*(self._meta.fields or ()), *(question.name for question in self.asked)]

    @property
    def answers(self) -> dict[str, Any]:
        more = dict(self.instance.more)
        for question in self.asked:
            before = more.get(question.code, {})
            more[question.code] = with_version(question, self.cleaned_data[question.name], before)
        return {name: self.cleaned_data[name] for name in self._meta.fields} | {"more": more}


class JurorForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account here."))
    represents = forms.ModelChoiceField(
        label=_("Party represented"),
        queryset=Term.objects.none(),
        required=False,
        help_text=_("Somebody who represents a Party never sees its nomination."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["represents"].queryset = Term.objects.of("country").current()

    until = forms.DateField(
        label=_("Last day of the term"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty, the term ends with the edition."),
    )  # fmt: skip

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return email


class DisclosureForm(forms.Form):
    """Before any file opens: which nominees the juror has a connection with."""

    conflicts = RowsField(
        label=_("I have a connection with these nominees"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You built, hosted, funded or trained for the site, or work with those who run it."),
    )
    confirm = forms.BooleanField(
        label=_("I have no interest in the outcome for any other nominee."),
    )

    def __init__(self, *args, cases, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conflicts"].queryset = cases
        self.fields["conflicts"].label_from_instance = lambda case: str(case.party)


class ConflictForm(WatchedMixin, forms.Form):
    """The secretariat has learnt of a tie."""

    seat = forms.ModelChoiceField(label=_("Juror"), queryset=None)
    reason = forms.CharField(
        label=_("What ties this person to the nominee"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = people
        self.fields["seat"].label_from_instance = lambda seat: str(seat.person)


class LetterForm(forms.Form):
    """A nomination that came by letter: whose it is, and of which day."""

    party = forms.ModelChoiceField(label=_("Party"), queryset=Term.objects.none())
    letter_of = forms.DateField(label=_("Date of the letter"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = Term.objects.of("country").current()


class SupportForm(forms.Form):
    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.order_by("sort_name")
    )
    kind = forms.ChoiceField(label=_("What it did"), choices=SupportKind.choices)


def _text(label: str, length: int, help_text: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class MendForm(WatchedMixin, forms.Form):
    medal = forms.ChoiceField(
        label=_("Award"), choices=[choice for choice in Medal.choices if choice[0] != Medal.NONE]
    )
    site_name = forms.CharField(
        label=capfirst(_("name of the clearing-house")), max_length=200, required=False
    )
    site_url = forms.URLField(
        label=capfirst(_("its address on the web")), max_length=300, required=False, assume_scheme="https"
    )
    reason = _text(_("Reason"), 1000, _("Everybody can read it beside the result."), rows=3)


class RevokeForm(WatchedMixin, forms.Form):
    reason = _text(_("Reason"), 1000, _("Everybody can read it beside the result."), rows=3)


class FactsForm(WatchedMixin, forms.Form):
    asked = _text(
        _("Facts to check"),
        4000,
        _("The nominee reads this. Nothing of scores or of the jury's words in it."),
    )


class FactsAnswerForm(WatchedMixin, forms.Form):
    answer = _text(_("Your answer"), 4000, _("Those who decide read it."))


class AppealForm(WatchedMixin, forms.Form):
    text = _text(
        _("What was wrong about the procedure"), 4000,
        _("An appeal is about how the rules were kept, not about how the jury judges. There is one."),
    )  # fmt: skip


class AppealAnswerForm(WatchedMixin, forms.Form):
    upheld = forms.ChoiceField(
        label=_("Finding"), widget=forms.RadioSelect,
        choices=[("yes", _("The appeal is upheld")), ("no", _("The appeal is dismissed"))],
    )  # fmt: skip
    answer = _text(_("Reasons"), 4000, _("The nominee reads them."))


class EarlyForm(WatchedMixin, forms.Form):
    """Who is told before everybody else."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The link goes to this address alone."))
    reason = forms.CharField(
        label=_("Why she is told"), max_length=300,
        help_text=_("For example: receives the medal on stage; prints the certificates."),
    )  # fmt: skip


class LeaveForm(forms.Form):
    """Which answers others may learn from."""

    answers = forms.MultipleChoiceField(
        label=_("These answers may be published"), widget=forms.CheckboxSelectMultiple,
        help_text=_("As your Party wrote them, in the language in which they were written."),
    )  # fmt: skip

    def __init__(self, *args, nomination: Nomination, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [(code, label) for code, label, text in nomination.answers if text]


class SiteForm(forms.Form):
    """A Party has a clearing-house that nobody has nominated yet."""

    party = forms.ModelChoiceField(label=_("Party"), queryset=Term.objects.none())
    url = forms.URLField(label=capfirst(_("its address on the web")), max_length=300, assume_scheme="https")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = Term.objects.of("country").current()


class QuestionForm(WatchedMixin, forms.Form):
    """What an edition asks beyond the criteria."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices)
    words = _text(_("Question"), 500, _("In the language that you read this page in."), rows=2)
    options = forms.CharField(
        label=_("Options"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a choice: one on each line."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("It has to be answered"), required=False)
    asked = forms.BooleanField(label=_("It is asked"), required=False, initial=True)
    reason = _text(_("Reason"), 1000, _("Everybody can read it beside the change."), rows=2)
