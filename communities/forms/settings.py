"""What a community says of itself, and finding one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.actions import version_of
from communities.models import Community
from network.foundations.forms import RichTextFormField, RowsField, WatchedMixin
from network.thesaurus.models import Term

#: Vocabularies that a community may be about.
THEME_DOMAINS = ("kmgbf-target", "subject")


class TermsField(RowsField):
    """Terms of one vocabulary, chosen by ticking; a long list scrolls."""

    def __init__(self, domain: str, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "choices-scroll"})
        super().__init__(Term.objects.of(domain).current(), required=False, widget=widget, **kwargs)


class CommunityForm(forms.ModelForm):
    """What a community says of itself. Two vocabularies are asked for apart and make up its themes."""

    purpose = RichTextFormField(label=_("Purpose"), help_text=_("What brings these people together."))
    welcome = RichTextFormField(
        label=_("Welcome"), required=False, help_text=_("What new members read when they come in.")
    )
    targets = TermsField("kmgbf-target", label=_("Targets of the Global Biodiversity Framework"))
    subjects = TermsField("subject", label=_("Subjects"))
    languages = TermsField("language", label=_("Languages"), help_text=_("In which people write here."))

    class Meta:
        model = Community
        fields = ["name", "summary", "purpose", "targets", "subjects", "languages"]
        fields += ["visibility", "joining", "welcome"]
        widgets = {"visibility": forms.RadioSelect, "joining": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            themes = list(self.instance.themes.all())
            self.initial["targets"] = [term.pk for term in themes if term.domain_id == "kmgbf-target"]
            self.initial["subjects"] = [term.pk for term in themes if term.domain_id == "subject"]

    def _post_clean(self) -> None:
        """Nothing is written onto the row here: the action does that, under a lock."""
        return

    def values(self) -> dict[str, Any]:
        """The clean answers as the actions take them."""
        values = dict(self.cleaned_data)
        values["themes"] = [*values.pop("targets"), *values.pop("subjects")]
        return values


class SettingsForm(CommunityForm):
    """Changing it: the form knows what stood there when it was opened."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version_of(self.instance)

    def renew_version(self, current: Community) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data = self.data.copy()
        self.data["version"] = version_of(current)


class ReasonForm(WatchedMixin, forms.Form):
    """An act that is explained: the reason stands in the log and is shown to those concerned."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class CommunityFilter(forms.Form):
    """What the list of communities can be narrowed by; only what is in use is offered."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = Term.objects.filter(communities_about__isnull=False, domain__in=THEME_DOMAINS)
        languages = Term.objects.filter(communities_speaking__isnull=False)
        self.fields["theme"].choices = _choices(themes, _("All themes"))
        self.fields["language"].choices = _choices(languages, _("All languages"))
        if not is_member:
            del self.fields["mine"]

    def active(self) -> int:
        return sum(1 for name in self.fields if self.data.get(name)) if self.is_bound else 0


def _choices(terms: Any, everything: Any) -> list[tuple[str, str]]:
    found = terms.distinct().order_by("domain", "position", "code")
    return [("", everything), *((f"{term.domain_id}:{term.code}", term.name) for term in found)]
