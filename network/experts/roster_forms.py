"""Asking for endorsements, nominations and what keepers of rosters write down."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.experts.fields import PlainLineField, TermsField
from network.experts.models import Roster
from network.experts.voices import Voice
from network.foundations.forms import WatchedMixin
from network.thesaurus.models import Term


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _lines(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}), **options)


def _in_two_years() -> date:
    return timezone.localdate() + timedelta(days=730)


class VoiceField(forms.TypedChoiceField):
    """In whose name; its cleaned value is the voice itself."""

    def __init__(self, voices: list[Voice], *, myself: bool = False) -> None:
        self.voices = {voice.key: voice for voice in voices}
        choices = [(voice.key, voice.label) for voice in voices]
        if myself:
            choices.insert(0, ("myself", _("In my own name, for myself")))
        super().__init__(label=_("In the name of"), choices=choices, coerce=self.voices.get)


class EndorsementForm(forms.Form):
    role = PlainLineField(
        label=_("As what"),
        max_length=150,
        help_text=_("What you vouch for, in a few words: “Adviser on wetlands to the ministry”."),
    )
    since = _day(label=_("First day"), initial=timezone.localdate)
    until = _day(
        label=_("Last day"),
        initial=_in_two_years,
        help_text=_("Five years at most. You can take it back before, with a reason."),
    )
    scope = TermsField(
        "subject", label=_("On these subjects"), required=False, help_text=_("None means: in general.")
    )

    def __init__(self, data: Any = None, *, voices: list[Voice]) -> None:
        super().__init__(data)
        self.fields["voice"] = VoiceField(voices)
        self.order_fields(["voice", "role", "since", "until", "scope"])

    @property
    def values(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        told["scope"] = list(Term.objects.filter(pk__in=told["scope"]))
        return told


class ReasonForm(forms.Form):
    """Why something is taken back or refused; the person reads it."""

    reason = PlainLineField(label=_("Reason"), max_length=300, help_text=_("The person reads it."))


class RosterForm(WatchedMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = PlainLineField(label=_("Name"), max_length=150)
    mandate = _lines(
        label=_("Mandate"), max_length=5000, help_text=_("What its people are asked to do, and by whom.")
    )
    criteria = _lines(
        label=_("Criteria"), max_length=5000, required=False, help_text=_("Who can stand on it.")
    )
    valid_months = forms.IntegerField(
        label=_("Months that a place lasts"), min_value=1, max_value=120, initial=48
    )
    check_months = forms.IntegerField(
        label=_("Months between checks"),
        min_value=1,
        max_value=60,
        initial=6,
        help_text=_("How often its people are asked whether what stands there is still true."),
    )
    self_nomination = forms.BooleanField(label=_("People may put themselves forward"), required=False)

    FIELDS = ("name", "mandate", "criteria", "valid_months", "check_months", "self_nomination")

    @classmethod
    def of(cls, roster: Roster, data: Any = None) -> "RosterForm":
        return cls(data, initial={name: getattr(roster, name) for name in (*cls.FIELDS, "version")})

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    def renew_version(self, current: Roster) -> None:
        """Let the next sending replace what was saved in between: both have now been seen."""
        self.data = self.data.copy()
        self.data["version"] = current.version


class NominationForm(WatchedMixin, forms.Form):
    """Whom, in whose name and why. The person is found by the address of her page."""

    person = PlainLineField(
        label=_("Person"),
        max_length=300,
        help_text=_("The address of her page in the directory, or its last part."),
    )
    why = _lines(
        label=_("Why this person"),
        max_length=3000,
        required=False,
        help_text=_("For the person and the keepers of the roster."),
    )

    def __init__(self, data: Any = None, *, voices: list[Voice], myself: bool, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["voice"] = VoiceField(voices, myself=myself)
        self.fields["person"].required = bool(voices)
        if not voices:
            del self.fields["person"]
        self.order_fields(["voice", "person", "why"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "person" in self.fields and told.get("voice") is None and not self.has_error("voice"):
            self._errors.pop("person", None)
        return told

    @property
    def slug(self) -> str:
        """The last part of the address that was typed."""
        return self.cleaned_data.get("person", "").split("?")[0].rstrip("/").rpartition("/")[2]


class KeeperForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of the person’s account in the network. It is not shown.")
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = User.objects.filter(email__iexact=email).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return email


class AssignmentForm(forms.Form):
    what = PlainLineField(label=_("What"), max_length=200, help_text=_("“Review of chapter 3”, for example."))
    since = _day(label=_("From"), initial=timezone.localdate)
    until = _day(label=_("Until"), required=False)


class ThanksForm(WatchedMixin, forms.Form):
    words = _lines(label=_("Thanks"), max_length=1000)


class RosterFilterForm(forms.Form):
    """Narrowing the people of a roster."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    fresh = forms.ChoiceField(
        label=_("Confirmed"), required=False, choices=[("", _("Any")), ("yes", _("Lately"))]
    )

    def __init__(self, data: Any, offered: dict[str, list[Term]]) -> None:
        super().__init__(data, auto_id="find_%s")
        for name, terms in offered.items():
            names = sorted(((term.code, term.label) for term in terms), key=lambda pair: pair[1].casefold())
            self.fields[name].choices = [("", _("Any")), *names]
