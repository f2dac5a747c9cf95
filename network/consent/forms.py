"""Asking holders and stewards; saving is the actions' business."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.consent import audiences
from network.consent.decision import ANY_LANGUAGE, Clause
from network.consent.enums import Basis, Exposure, HolderKind, Method, PartName
from network.consent.exits import exits
from network.consent.models import Authority, Holder, KnowledgeItem
from network.consent.presets import Preset
from network.consent.querysets import STEWARD
from network.foundations.forms import RowsField
from network.foundations.once import OnceFormMixin
from network.foundations.viewer import Viewer

#: A sealed text can be long; this keeps an accident out.
LONGEST_TEXT = 50_000
_BOX = {"rows": 6, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}


def _sealed_box(label: Any, rows: int = 6, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(_BOX | {"rows": rows}),
        help_text=help_text,
    )


class ItemForm(OnceFormMixin):
    """What is to be known in public, and what is to be sealed."""

    title = forms.CharField(
        label=_("Neutral title"),
        max_length=150,
        help_text=_("Everybody may see this. Choose words that the holders approved and that tell nothing."),
    )
    holders = RowsField(
        label=_("Whose knowledge this is"),
        queryset=Holder.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    exposure = forms.ChoiceField(
        label=_("How far it may ever go"),
        choices=Exposure.choices,
        initial=Exposure.REFERENCE,
        widget=forms.RadioSelect,
        help_text=_(
            "Secret, sacred or initiated knowledge should not be kept on any shared computer: "
            "a reference is enough."
        ),
    )
    archive_url = forms.URLField(
        label=_("The holders’ own archive"),
        required=False,
        assume_scheme="https",
        help_text=_("A web address."),
    )
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES)
    name = _sealed_box(_("Its own name (sealed)"), rows=1)
    summary = _sealed_box(_("Summary (sealed)"), rows=3)
    body = _sealed_box(_("Text (sealed)"), rows=10)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holders"].queryset = Holder.objects.visible_to(viewer).order_by("id")
        self.fields["language"].initial = viewer.language

    @property
    def parts(self) -> dict[PartName, str]:
        typed = self.cleaned_data
        return {
            PartName.TITLE: typed["name"],
            PartName.SUMMARY: typed["summary"],
            PartName.BODY: typed["body"],
        }


class PartForm(OnceFormMixin):
    """One more text of an item, or another one in the place of what was sealed."""

    name = forms.ChoiceField(label=_("Which text"), choices=PartName.choices, initial=PartName.BODY)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("Text (sealed)"), max_length=LONGEST_TEXT, widget=forms.Textarea(_BOX | {"rows": 10})
    )


class AnswerForm(OnceFormMixin):
    """What the holders answered, who decided, and how it came about."""

    authority = forms.ModelChoiceField(
        label=_("Who decided"),
        queryset=Authority.objects.none(),
        empty_label=None,
        help_text=_("Somebody whom the holders chose to decide, by their own law."),
    )
    method = forms.ChoiceField(label=_("How it was said"), choices=Method.choices)
    note = _sealed_box(
        _("How it came about (sealed)"),
        rows=4,
        help_text=_(
            "The meeting, the place, the language, the interpreter, what was explained. "
            "Only the holders read this, and they can erase it."
        ),
    )
    note_language = forms.ChoiceField(label=_("Language of this note"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, viewer: Viewer, item: KnowledgeItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        deciding = Authority.objects.in_force().filter(holder__in=item.holders.all()).select_related("holder")
        if not viewer.has(STEWARD):
            deciding = deciding.filter(user=viewer.user_id)
        field: Any = self.fields["authority"]
        field.queryset = deciding.order_by("id")
        field.label_from_instance = lambda authority: f"{authority.office}: {authority.holder}"
        self.fields["note_language"].initial = viewer.language


class RefusalForm(AnswerForm):
    """A refusal or a pause allows nothing, so there is nothing more to ask."""

    @property
    def asked_first(self) -> list[forms.BoundField]:
        return self.visible_fields()

    @property
    def clauses(self) -> list[Clause]:
        return []


class ConsentForm(AnswerForm):
    """A preset with its details: each can only make it narrower."""

    basis = forms.ChoiceField(label=_("On what basis"), choices=Basis.choices, widget=forms.RadioSelect)
    audience = forms.ChoiceField(label=_("Which community"), required=False)
    exits = forms.MultipleChoiceField(label=_("Where it may appear"), widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=_("Only in these languages"),
        required=False,
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: in every language in which it was sealed."),
    )
    starts = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    ends = forms.DateField(
        label=_("Until and including"), required=False, widget=forms.DateInput({"type": "date"})
    )
    months = forms.TypedMultipleChoiceField(
        label=_("Only in these months"),
        required=False,
        coerce=int,
        choices=list(MONTHS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all year."),
    )
    review_on = forms.DateField(
        label=_("Look at it again on"), required=False, widget=forms.DateInput({"type": "date"})
    )
    understood = forms.BooleanField(
        label=_("The holders were told what cannot be undone before they decided."),
    )

    field_order = [
        "authority", "basis", "method", "audience", "exits", "languages", "starts", "ends", "months",
        "review_on", "note", "note_language", "understood",
    ]  # fmt: skip

    def __init__(self, *args: Any, preset: Preset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preset = preset
        self.fields["exits"].choices = [(name, exits.get(name).label) for name in preset.exits]
        self.fields["exits"].initial = list(preset.exits)
        if preset.audience:
            del self.fields["audience"]
        else:
            self.fields["audience"].choices = audiences.choices(self.viewer)
            self.fields["audience"].required = True

    #: What is folded away until somebody wants to narrow the preset.
    DETAILS = ("exits", "languages", "starts", "ends", "months", "review_on")

    @property
    def asked_first(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.DETAILS]

    @property
    def details(self) -> list[forms.BoundField]:
        return [self[name] for name in self.DETAILS]

    @property
    def details_wrong(self) -> bool:
        return any(name in self.errors for name in self.DETAILS)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        starts, ends = typed.get("starts"), typed.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", __("The end must come after the start."))
        return typed

    @property
    def clauses(self) -> list[Clause]:
        typed = self.cleaned_data
        return [
            self.preset.clause(
                typed.get("audience", ""),
                exits=frozenset(typed["exits"]),
                languages=frozenset(typed["languages"] or {ANY_LANGUAGE}),
                starts=self._instant(typed["starts"]),
                ends=self._instant(typed["ends"] and typed["ends"] + timedelta(days=1)),
                months=frozenset(typed["months"]),
            )
        ]

    def _instant(self, day: date | None) -> datetime | None:
        """The first moment of ``day`` where the person who writes it down lives."""
        return day and datetime.combine(day, time.min, ZoneInfo(self.viewer.zone))


class HolderForm(OnceFormMixin):
    """Whom the network knows as holders, in their own words."""

    kind = forms.ChoiceField(label=_("What they are"), choices=HolderKind.choices)
    own_name = forms.CharField(
        label=_("Their own name for themselves"), max_length=200, widget=forms.TextInput({"dir": "auto"})
    )
    attribution = forms.CharField(
        label=_("How they wish to be named"),
        max_length=300,
        required=False,
        help_text=_("Beside what they share."),
    )
    contact = forms.CharField(
        label=_("How to ask them"),
        max_length=300,
        help_text=_("Everybody may see this: an office, a telephone number, an address that will last."),
    )
    withheld_words = forms.CharField(
        label=_("Their words where a text is withheld"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )


class PersonForm(OnceFormMixin):
    """Somebody who belongs to the holders, and perhaps decides for them."""

    email = forms.EmailField(label=_("E-mail address of the person"))
    office = forms.CharField(
        label=_("Decides as"),
        max_length=200,
        required=False,
        help_text=_("For example: speaker of the council. Leave it empty for somebody who only belongs."),
    )
    basis = forms.CharField(label=_("By what right"), max_length=300, required=False)

    def clean_email(self) -> str:
        self.person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(__("Nobody here has this address."))
        return self.cleaned_data["email"]


class ConfirmForm(OnceFormMixin):
    """A deed that is confirmed on a page of its own."""
