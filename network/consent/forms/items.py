"""Items and their texts."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from network.consent.enums import Exposure, PartName, ReleaseRule, State
from network.consent.forms.fields import LanguageField, sealed_box
from network.consent.models import Authority, Holder, KnowledgeItem
from network.foundations.forms import RowsField
from network.foundations.once import OnceFormMixin
from network.foundations.viewer import Viewer

#: More holders than this share no item.
MOST_HOLDERS = 100


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
            "Secret, sacred or initiated knowledge should not be uploaded to any shared computer: "
            "a reference is enough."
        ),
    )
    rule = forms.ChoiceField(
        label=_("Who must agree before it is shared"),
        choices=ReleaseRule.choices,
        initial=ReleaseRule.ALL,
        widget=forms.RadioSelect,
        help_text=_("Any one of the holders can stop it, whatever you choose here."),
    )
    needed = forms.IntegerField(
        label=_("How many of the holders"),
        required=False,
        min_value=1,
        max_value=MOST_HOLDERS,
        help_text=_("Only where a number of them is enough."),
    )
    decider = forms.ModelChoiceField(
        label=_("Which authority"),
        queryset=Authority.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Only where one named authority decides."),
    )
    of_women = forms.BooleanField(
        label=_("It is women’s knowledge"),
        required=False,
        help_text=_("Where the holders named a women’s authority, she alone decides on sharing it."),
    )
    derived_from = forms.ModelMultipleChoiceField(
        label=_("Made from"),
        queryset=KnowledgeItem.objects.none(),
        required=False,
        help_text=_("A translation, an excerpt, a retelling: it goes no farther than what it was made from."),
    )
    archive_url = forms.URLField(
        label=_("The holders’ own archive"),
        required=False,
        assume_scheme="https",
        help_text=_("A web address."),
    )
    language = LanguageField(label=_("Language of the texts"))
    name = sealed_box(_("Its own name (sealed)"), rows=1)
    summary = sealed_box(_("Summary (sealed)"), rows=3)
    body = sealed_box(_("Text (sealed)"), rows=10)
    place = sealed_box(_("Place (sealed)"), rows=1)
    people = sealed_box(_("People in it (sealed)"), rows=2)

    #: How the page groups what it asks.
    SEALED = ("language", "name", "summary", "body", "place", "people")
    DECIDING = ("rule", "needed", "decider", "of_women", "derived_from")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        holders = Holder.objects.visible_to(viewer)
        fields["holders"].queryset = holders.order_by("id")
        fields["language"].initial = viewer.language
        deciding = Authority.objects.in_force().filter(holder__in=holders).select_related("holder")
        fields["decider"].queryset = deciding.order_by("id")
        fields["decider"].label_from_instance = lambda authority: f"{authority.office}: {authority.holder}"
        fields["derived_from"].queryset = KnowledgeItem.objects.discoverable_by(viewer).order_by(
            "title", "pk"
        )
        if not (settings.CONSENT_HIDDEN_ITEMS and viewer.ids("holder")):
            fields["exposure"].choices = [c for c in Exposure.choices if c[0] != Exposure.HIDDEN]

    @property
    def public_fields(self) -> list[forms.BoundField]:
        folded = self.SEALED + self.DECIDING
        return [field for field in self.visible_fields() if field.name not in folded]

    @property
    def deciding_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.DECIDING]

    @property
    def deciding_wrong(self) -> bool:
        return any(name in self.errors for name in self.DECIDING)

    @property
    def sealed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SEALED]

    @property
    def parts(self) -> dict[PartName, str]:
        typed = self.cleaned_data
        return {
            PartName.TITLE: typed["name"],
            PartName.SUMMARY: typed["summary"],
            PartName.BODY: typed["body"],
            PartName.PLACE: typed["place"],
            PartName.PEOPLE: typed["people"],
        }


class ItemsFilterForm(forms.Form):
    """Whose items, and in which state."""

    holder = forms.ModelChoiceField(
        label=_("Holders"), queryset=Holder.objects.none(), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *State.choices])

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = Holder.objects.visible_to(viewer).order_by("id")


class PartForm(OnceFormMixin):
    """One more text of an item, or another one in the place of what was sealed; a file with its words."""

    name = forms.ChoiceField(label=_("Which text"), choices=PartName.choices, initial=PartName.BODY)
    language = LanguageField(label=_("Language"))
    text = sealed_box(
        _("Text (sealed)"),
        rows=10,
        required=True,
        help_text=_("For a recording or a picture: in words what is heard or seen in it."),
    )
    file = forms.FileField(
        label=_("Recording or picture (sealed)"),
        required=False,
        allow_empty_file=True,  # what is wrong with a file is said in one place
        widget=forms.FileInput({"accept": "audio/*,image/*"}),
        help_text=_(
            "MP3, Ogg, WAV, M4A or WebM up to 50 MB; a picture up to 15 MB. "
            "What the file tells of place, time, device and people is taken out first."
        ),
    )
