"""What holders say about an item."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from network.consent import audiences
from network.consent.actions import Note, Particulars
from network.consent.decision import ANY_LANGUAGE, Clause
from network.consent.enums import Basis, Method
from network.consent.exits import exits
from network.consent.forms.fields import EvidenceField, LanguageField, sealed_box
from network.consent.forms.terms import Fold, TermsFields, after, first_moment
from network.consent.models import Authority, ConsentRequest, KnowledgeItem
from network.consent.presets import Preset
from network.consent.querysets import STEWARD
from network.consent.wording import audience_name
from network.foundations import tongues
from network.foundations.forms import RowsField
from network.foundations.once import OnceFormMixin
from network.foundations.viewer import Viewer, viewer_for


class AnswerForm(OnceFormMixin):
    """What the holders answered, who decided, and how it came about."""

    authorities = RowsField(
        label=_("Who decided"),
        queryset=Authority.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Somebody whom the holders chose to decide, by their own law."),
    )
    method = forms.ChoiceField(label=_("How it was said"), choices=Method.choices)
    note = sealed_box(
        _("How it came about (sealed)"),
        rows=4,
        help_text=_(
            "The meeting, the place, the language, the interpreter, what was explained. "
            "Only the holders read this, and they can erase it."
        ),
    )
    note_language = LanguageField(label=_("Language of this note"))
    file = EvidenceField()

    def __init__(self, *args: Any, viewer: Viewer, item: KnowledgeItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.item = viewer, item
        deciding = Authority.objects.in_force().filter(holder__in=item.holders.all()).select_related("holder")
        if not viewer.has(STEWARD):
            deciding = deciding.filter(user=viewer.user_id)
        field: Any = self.fields["authorities"]
        field.queryset = deciding.order_by("id")
        only = list(field.queryset[:2])
        if len(only) == 1:
            field.initial = only
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


class ConsentForm(AnswerForm, TermsFields):
    """A preset with its details, which can only make it narrower, and what the record tells beside."""

    basis = forms.ChoiceField(label=_("On what basis"), choices=Basis.choices, widget=forms.RadioSelect)
    audience = forms.ChoiceField(label=_("Which community"), required=False)
    exits = forms.MultipleChoiceField(label=_("Where it may appear"), widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=_("Only in these languages"),
        required=False,
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
    onward = forms.BooleanField(
        label=_("Whoever reads it may pass it on under these same terms"), required=False
    )
    understood = forms.BooleanField(
        label=_("The holders were told what cannot be undone before they decided."),
    )

    field_order = [
        "authorities", "basis", "method", "audience", "exits", "languages", "starts", "ends", "months",
        "review_on", "onward", "note", "note_language", "file", "understood",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, preset: Preset, request: ConsentRequest | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.preset = preset
        self.add_terms(self.item)
        self.fields["exits"].choices = [(name, exits.get(name).label) for name in preset.exits]
        self.fields["exits"].initial = list(preset.exits)
        self.fields["languages"].choices = self._languages()
        self._ask_for_audience(request)
        if request:
            self.fields["ends"].initial = request.until

    def _ask_for_audience(self, request: ConsentRequest | None) -> None:
        """Where the preset leaves it open: a community that the holders know, or the one asked for."""
        if self.preset.audience:
            del self.fields["audience"]
            return
        offered = dict(audiences.choices(self.viewer))
        if request and request.audience:
            name = audience_name(request.audience, self.viewer, viewer_for(request.requester))
            offered = {request.audience: name} | offered
            self.fields["audience"].initial = request.audience
        self.fields["audience"].choices = list(offered.items())
        self.fields["audience"].required = True

    def _languages(self) -> list[tuple[str, Any]]:
        """Those of the interface, and those in which the item is sealed."""
        sealed = self.item.parts.knowledge().values_list("language", flat=True).distinct()
        more = {tag: tongues.name_of(tag) for tag in sorted(sealed)}
        return [*settings.LANGUAGES, *((t, n) for t, n in more.items() if t not in dict(settings.LANGUAGES))]

    #: What is folded away until somebody wants to narrow the preset.
    NARROWER = ("exits", "languages", "starts", "ends", "months", "review_on", "onward")
    FIRST = ("authorities", "basis", "method", "audience", "note", "note_language", "file", "understood")

    @property
    def asked_first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST if name in self.fields]

    @property
    def folds(self) -> list[Fold]:
        narrower = self.fold(_("Make it narrower: where, in which languages, when"), self.NARROWER)
        return [narrower, *super().folds]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        starts, ends = typed.get("starts"), typed.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", __("The end must come after the start."))
        self.clean_terms(typed)
        return typed

    @property
    def clauses(self) -> list[Clause]:
        typed = self.cleaned_data
        return [
            self.preset.clause(
                typed.get("audience", ""),
                exits=frozenset(typed["exits"]),
                languages=frozenset(typed["languages"] or {ANY_LANGUAGE}),
                starts=first_moment(typed["starts"], self.viewer.zone),
                ends=after(typed["ends"], self.viewer.zone),
                months=frozenset(typed["months"]),
                onward=typed["onward"],
            )
        ]

    @property
    def sealed_note(self) -> Note:
        typed = self.cleaned_data
        return Note(typed["note"], typed["note_language"], self.details_said, typed["file"])

    def particulars(self, preset: str, request: ConsentRequest | None) -> Particulars:
        typed = self.cleaned_data
        return Particulars(
            preset=preset,
            protocol=typed["protocol"],
            request=request.pk if request else None,
            recipients=(f"user:{request.requester_id}",) if request else (),
            permit=typed["permit"],
            agreement=typed["agreement"],
            visibility=self.visibility,
            valid_from=first_moment(typed["valid_from"], self.viewer.zone),
            valid_until=after(typed["valid_until"], self.viewer.zone),
            review_on=typed["review_on"],
            duties=self.duties,
        )


class ConfirmForm(OnceFormMixin):
    """A deed that is confirmed on a page of its own."""
