"""Asking moderators, those who report, and those who appeal."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from communities.moderation.cases import Case, kinds_in_order
from communities.moderation.models import CannedReason, Report, RuleBook
from network.foundations.forms import WatchedMixin


class ReportForm(WatchedMixin, forms.ModelForm):
    class Meta:
        model = Report
        fields = ["reason", "note"]
        widgets = {
            "reason": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Report._meta.get_field("reason").choices


class DecisionForm(WatchedMixin, forms.Form):
    """A pressed button, and the words for it: typed, or ready-made (``canned``, a number)."""

    decision = forms.CharField(max_length=20)
    canned = forms.ModelChoiceField(queryset=CannedReason.objects.none(), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, reasons: Any, verbs: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["canned"].queryset = reasons
        self.verbs = {verb.name: verb for verb in verbs}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        verb = self.verbs.get(given.get("decision", ""))
        if verb is None:
            self.add_error(None, _("Press one of the buttons."))
        elif verb.needs_words and not given.get("reason") and not given.get("canned"):
            self.add_error("reason", _("Say in a sentence why; those concerned read it."))
        return given


class QueueFilter(forms.Form):
    """What the queue can be narrowed by."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    community = forms.ModelChoiceField(
        label=_("Community"),
        required=False,
        queryset=Community.objects.none(),
        empty_label=_("All communities"),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *settings.LANGUAGES]
    )
    age = forms.ChoiceField(
        label=_("Waits"),
        required=False,
        choices=[
            ("", _("However long")),
            ("day", _("More than a day")),
            ("week", _("More than a week")),
            ("month", _("More than a month")),
        ],
    )

    def __init__(self, *args: Any, communities: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, kind.label) for name, kind in kinds_in_order()]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]
        if communities is None:
            del self.fields["community"]
        else:
            self.fields["community"].queryset = communities

    @property
    def wanted(self) -> dict[str, Any]:
        """What is asked for and understood; the rest is as if it was not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def active(self) -> int:
        return len(self.wanted)


class AppealForm(WatchedMixin, forms.Form):
    words = forms.CharField(
        label=_("Why should it be looked at again?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Another moderator reads this and decides once and for all."),
    )


class ClaimForm(WatchedMixin, forms.Form):
    words = forms.CharField(
        label=_("How can the moderators tell that they are yours?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The address that you wrote from then, what you were, who knows you."),
    )


class NoteForm(WatchedMixin, forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Moderators of this community read it. It is in the copy of her data that she may take."),
    )


class AwayForm(forms.Form):
    """Handing over for a while, in hours from now."""

    hours = forms.TypedChoiceField(
        label=_("Back in"),
        coerce=int,
        choices=[
            (1, _("an hour")),
            (4, _("four hours")),
            (24, _("a day")),
            (72, _("three days")),
            (168, _("a week")),
        ],
    )
    note = forms.CharField(
        label=_("What others should know"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    @property
    def until(self) -> datetime:
        return timezone.now() + timedelta(hours=self.cleaned_data["hours"])


class RulesForm(WatchedMixin, forms.ModelForm):
    """What makes a post wait; the form knows what stood there when it was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    class Meta:
        model = RuleBook
        fields = ["first_posts", "trusted_after", "new_links", "new_an_hour", "words"]
        fields += ["hides_repeats", "report_threshold"]
        widgets = {"words": forms.Textarea(attrs={"rows": 6, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0

    def renew_version(self, current: RuleBook | None) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data = self.data.copy()
        self.data["version"] = str(current.version if current else 0)


class CannedForm(WatchedMixin, forms.Form):
    """A ready-made reason, in as many of the languages as the moderator knows."""

    def __init__(self, *args: Any, reason: CannedReason | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {text.language: text for text in reason.texts.all()} if reason else {}
        for code, name in settings.LANGUAGES:
            known = texts.get(code)
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("In a word (%(language)s)") % {"language": _(name)},
                required=False,
                max_length=60,
                initial=known.title if known else "",
                widget=forms.TextInput(attrs={"dir": "auto", "lang": code}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("In a sentence (%(language)s)") % {"language": _(name)},
                required=False,
                max_length=1000,
                initial=known.text if known else "",
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        for code, _name in settings.LANGUAGES:
            title, text = self.cleaned_data.get(f"title_{code}"), self.cleaned_data.get(f"text_{code}")
            if bool(title) != bool(text):
                missing = "text" if title else "title"
                self.add_error(f"{missing}_{code}", _("Both are needed, the word and the sentence."))
        return self.cleaned_data

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        given = self.cleaned_data
        return {code: (given[f"title_{code}"], given[f"text_{code}"]) for code, _name in settings.LANGUAGES}


def verbs_of(cases: Iterable[Case]) -> list[Any]:
    """Every decision that can be made about one of these at least, each once."""
    return list({verb.name: verb for case in cases for verb in case.verbs}.values())
