"""In what capacity somebody writes, and her agreement to the code of conduct where it is due."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.models import Mandate
from communities.voices import Voice


class _ConductBox(forms.CheckboxInput):
    """A box whose value is the version of the text beside it."""

    def __init__(self, version: int) -> None:
        super().__init__(check_test=lambda value: str(value) == str(version))
        self.version = version

    def format_value(self, value: Any) -> str:
        return str(self.version)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class ConductField(forms.IntegerField):
    """Agreeing to the code of conduct, in the version that was shown."""

    def __init__(self, version: int, **kwargs: Any) -> None:
        super().__init__(
            label=_("I have read the code of conduct and will keep to it"),
            widget=_ConductBox(version),
            min_value=0,
            max_value=2_000_000_000,
            error_messages={"required": _("Agree to the code of conduct to go on.")},
            **kwargs,
        )
        self.version = version

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def clean(self, value: Any) -> int:
        agreed = super().clean(value)
        if agreed != self.version:
            raise ValidationError(_("The code of conduct has changed. Read it and agree to it."))
        return agreed


class VoiceMixin(forms.Form):
    """Adds what has to be asked of whoever writes: ``mandate`` where she has any, ``conduct`` where due."""

    def __init__(self, *args: Any, voice: Voice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voice = voice
        if voice is None:
            return
        # A mandate that has ended since the form was opened is told, never left out in silence.
        if voice.mandates or self.data.get("mandate"):
            self.fields["mandate"] = _capacities(voice.mandates)
        if voice.conduct is not None:
            self.fields["conduct"] = ConductField(voice.conduct)


def _capacities(mandates: list[Mandate]) -> forms.TypedChoiceField:
    by_key = {str(mandate.pk): mandate for mandate in mandates}
    said = [(key, _said(mandate)) for key, mandate in by_key.items()]
    return forms.TypedChoiceField(
        label=_("You write"),
        choices=[("", _("personally")), *said],
        coerce=by_key.get,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": _("You no longer hold this mandate. Choose in what capacity you write.")
        },
    )


def _said(mandate: Mandate) -> str:
    if mandate.granted_at:
        return mandate.line
    return f"{mandate.line} ({mandate.current_state.label})"
