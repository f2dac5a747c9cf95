"""Asking holders, talking with them, warning them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.consent import audiences, policies
from network.consent.forms.fields import LanguageField, sealed_box
from network.consent.models import KnowledgeItem
from network.consent.presets import ALONE, asked_for, presets
from network.foundations.once import OnceFormMixin
from network.foundations.viewer import Viewer

_I_ALONE = _("I alone, when I am signed in. Nobody else.")


class SpokenField(forms.FileField):
    """A recording in the place of writing, or beside it."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("Or spoken: a recording (sealed)"),
            "required": False,
            "allow_empty_file": True,  # what is wrong with a file is said where it is cleaned
            "widget": forms.FileInput({"accept": "audio/*"}),
            "help_text": _("MP3, Ogg, WAV, M4A or WebM up to 50 MB. What is heard may be written above."),
        }
        super().__init__(**options | kwargs)


class WordsForm(OnceFormMixin):
    """Something said, in any language."""

    language = LanguageField(label=_("In which language"))

    field_order = ["text", "file", "language"]

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = viewer.language


class MessageForm(WordsForm):
    """Something said in a request, written or spoken."""

    text = sealed_box(_("What you want to say (sealed)"), rows=5)
    file = SpokenField()


class FlagForm(WordsForm):
    """What others noticed about an item."""

    text = sealed_box(
        _("What you noticed (sealed)"),
        rows=5,
        required=True,
        help_text=_("The holders and their stewards read this, nobody else."),
    )


class AskForm(OnceFormMixin):
    """For what somebody would like to have it, who would read it, and until when."""

    purpose = sealed_box(
        _("For what (sealed)"),
        rows=6,
        help_text=_(
            "What you would do with it, what the holders would have of it, and who you are to them. "
            "Only you and the holders read this."
        ),
    )
    file = SpokenField()
    language = LanguageField(label=_("In which language you said this"))
    preset = forms.ChoiceField(label=_("Who would read it"), widget=forms.RadioSelect)
    audience = forms.ChoiceField(
        label=_("Which community"), required=False, help_text=_("Only if one community would read it.")
    )
    until = forms.DateField(
        label=_("Until when"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("The last day. Left empty: until the holders end it."),
    )

    def __init__(self, *args: Any, viewer: Viewer, item: KnowledgeItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communities = audiences.choices(viewer)
        offered = {ALONE: asked_for(ALONE, viewer.user_id)} | dict(presets.items())
        if not communities:
            del offered["community"]
        self.fields["preset"].choices = [
            (name, _I_ALONE if name == ALONE else f"{preset.label}. {preset.description}")
            for name, preset in offered.items()
            if preset and policies.may_be_asked_for(item, preset, name)
        ]
        self.fields["preset"].initial = ALONE
        self.fields["language"].initial = viewer.language
        if communities and "community" in dict(self.fields["preset"].choices):
            self.fields["audience"].choices = [("", _("None")), *communities]
        else:
            del self.fields["audience"]


class RefuseForm(OnceFormMixin):
    """Whether whoever asked is told."""

    tell = forms.ChoiceField(
        label=_("What she learns"),
        choices=[
            ("", _("Nothing. It looks as if you had not answered.")),
            ("yes", _("That the holders said no.")),
        ],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )


class AgreeForm(OnceFormMixin):
    """Who agrees to what was proposed: oneself, or for a steward those who were at the meeting."""

    authorities = forms.MultipleChoiceField(label=_("Who agrees"), widget=forms.CheckboxSelectMultiple)
    understood = forms.BooleanField(
        label=_("They were told what cannot be undone before they agreed."),
    )

    def __init__(self, *args: Any, authorities: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = {str(authority.pk): authority for authority in authorities}
        self.fields["authorities"].choices = [
            (number, authority.office) for number, authority in self.by_number.items()
        ]
        if len(authorities) == 1:
            self.fields["authorities"].initial = list(self.by_number)

    @property
    def agreeing(self) -> list[Any]:
        return [self.by_number[number] for number in self.cleaned_data["authorities"]]
