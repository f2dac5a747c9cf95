"""Writing: posts, threads, their tags, and what is kept of them before they are sent."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from communities.forms import VoiceMixin
from communities.forums.actions import Mask, tags_version
from communities.forums.actions.scheduling import is_rewritable, opening, schedule_version
from communities.forums.enums import Told
from communities.forums.forms.files import FilesMixin
from communities.forums.forms.scheduling import AppearsMixin, on_a_clock, zone_field
from communities.forums.knowledge import Wish
from communities.forums.models import Forum, Thread
from communities.forums.tags import LONGEST, MOST_TAGS, names_in, visible
from network.consent.models import Holder
from network.foundations.forms import Insert, RichTextFormField, RichTextWidget
from network.foundations.hours import HourField, on_the_clock
from network.foundations.once import OnceFormMixin
from network.foundations.viewer import Viewer

_INSERT = Insert(
    url=reverse_lazy("consent:quotable"),
    label=_("Insert shared knowledge"),
    search=_("Search by title"),
    icon="hand",
)


def _words(label: Any) -> RichTextFormField:
    """The box of a post: copies of sealed knowledge are the actions' business, and no browser keeps it."""
    widget = RichTextWidget({"autocomplete": "off"}, insert=_INSERT)
    return RichTextFormField(label=label, widget=widget, watched=False)


def seen(line: str) -> None:
    """A title is a link to click on: signs that nobody sees make none."""
    if not visible(line):
        raise forms.ValidationError(forms.Field.default_error_messages["required"], code="required")


class TagsField(forms.CharField):
    """Tags in one line; what is clean is a list of them."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("Tags"),
            "required": False,
            "max_length": 400,
            "widget": forms.TextInput(attrs={"dir": "auto"}),
            "help_text": _("Up to five, with commas between them, in any language."),
        }
        super().__init__(**options | kwargs)

    def clean(self, value: Any) -> Any:
        names = names_in(super().clean(value))
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(_("At most %(n)s tags."), params={"n": MOST_TAGS})
        if any(len(name) > LONGEST for name in names):
            raise forms.ValidationError(
                _("A tag is a word or two: at most %(n)s letters."), params={"n": LONGEST}
            )
        return names


class KnowledgeMixin(forms.Form):
    """*This post holds traditional knowledge*: folded away until somebody needs it."""

    knowledge = forms.ChoiceField(
        label=_("Whose knowledge is it?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "The text is then sealed: it keeps its paragraphs and no other formatting, and is neither mailed "
            "nor found by search. What you share in this thread, its community reads here and nowhere else; "
            "you can stop that at any time in your workspace. The title stays open for everybody."
        ),
    )
    holder = forms.ModelChoiceField(
        label=_("My people"), queryset=Holder.objects.none(), required=False, empty_label=None
    )
    whose = forms.CharField(
        label=_("From whom you hold it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto", "autocomplete": "off"}),
        help_text=_(
            "Who they are and how they agreed. A steward asks them; until they say yes nobody but you reads "
            "the text."
        ),
    )

    fold_title = _("This post holds traditional knowledge")
    _FOLDED = ("knowledge", "holder", "whose")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = viewer.ids("holder")
        told = [(choice.value, choice.label) for choice in Told if own or choice is not Told.OWN]
        self.fields["knowledge"].choices = [("", _("It holds none, or only inserted references")), *told]
        if own:
            self.fields["holder"].queryset = Holder.objects.filter(pk__in=own).order_by("id")
        if len(own) < 2:
            self.fields["holder"].widget = forms.HiddenInput()
            self.fields["holder"].initial = next(iter(own), None)

    @property
    def unfolded(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self._FOLDED]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in self._FOLDED]

    @property
    def fold_open(self) -> bool:
        return self.is_bound and bool(
            self["knowledge"].value() or any(f in self.errors for f in self._FOLDED)
        )

    @property
    def wish(self) -> Wish | None:
        typed = self.cleaned_data
        if not typed["knowledge"]:
            return None
        return Wish(Told(typed["knowledge"]), typed["holder"], typed["whose"])

    @property
    def written(self) -> dict[str, Any]:
        """What an action takes."""
        return {k: v for k, v in self.cleaned_data.items() if k not in self._FOLDED} | {"wish": self.wish}


class DraftedMixin(forms.Form):
    """A form whose content is kept while it is written; ``version`` is the draft that it began from."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )

    @property
    def written(self) -> dict[str, Any]:
        return {name: value for name, value in super().written.items() if name != "version"}


class MaskMixin(forms.Form):
    """*Without my name*, in a forum that takes it: ``unnamed``, and the group that she speaks for."""

    def __init__(self, *args: Any, forum: Forum | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        if forum is None or not (forum.takes_unnamed or self.data.get("unnamed")):
            return
        self.fields["unnamed"] = forms.BooleanField(
            label=_("Without my name"),
            required=False,
            help_text=_(
                "Readers see “Participant” and a number. The moderators of this community can look up who "
                "you are, and that is logged. What you write may still show it. It is not edited afterwards."
            ),
        )
        if "mandate" in self.fields:
            self.fields["shows_group"] = forms.BooleanField(
                label=_("Show the group that I speak for (Parties, organizations and so on)"),
                required=False,
                help_text=_("Counts for what is written without a name. For whom you speak is not shown."),
            )

    @property
    def written(self) -> dict[str, Any]:
        typed = dict(super().written)
        unnamed, shows_group = typed.pop("unnamed", False), typed.pop("shows_group", False)
        return typed | {"mask": Mask(shows_group) if unnamed else None}


class QuestionMixin(MaskMixin):
    """Which guiding question a thread of a consultation is about."""

    def __init__(self, *args: Any, forum: Forum | None = None, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        if forum is not None and forum.is_consultation and forum.guiding_questions.exists():
            self.fields["question"] = forms.ModelChoiceField(
                label=_("Which question do you answer?"),
                queryset=forum.guiding_questions.all(),
                widget=forms.RadioSelect,
                empty_label=None,
            )
            self.order_fields(["question", *self.field_order])


class ReplyForm(FilesMixin, MaskMixin, DraftedMixin, VoiceMixin, KnowledgeMixin, OnceFormMixin):
    html = _words(_("Your reply"))

    field_order = ["html", "kept", "files", "mandate", "conduct", "knowledge", "holder", "whose"]


class ThreadForm(
    FilesMixin, QuestionMixin, DraftedMixin, VoiceMixin, AppearsMixin, KnowledgeMixin, OnceFormMixin
):
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        validators=[seen],
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("A question or a subject in one line, so that others know whether it concerns them."),
    )
    html = _words(_("Text"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    tags = TagsField()
    asks = forms.BooleanField(label=_("Add a poll in the next step"), required=False)

    field_order = [
        "title",
        "html",
        "kept",
        "files",
        "language",
        "tags",
        "asks",
        "appears_at",
        "appears_zone",
        "mandate",
        "conduct",
        "knowledge",
        "holder",
        "whose",
    ]


class DraftForm(OnceFormMixin):
    """What is kept of a form before it is sent: nothing in it has to be complete."""

    title = forms.CharField(required=False, max_length=160)
    html = RichTextFormField(required=False, watched=False)
    version = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000)
    knowledge = forms.CharField(required=False)

    @property
    def kept(self) -> dict[str, Any]:
        """What an action takes."""
        typed = dict(self.cleaned_data)
        is_knowledge = bool(typed.pop("knowledge"))
        return typed | {"version": typed["version"] or 0, "is_knowledge": is_knowledge}


class VersionMixin(forms.Form):
    """``version`` is the text that whoever edits had before her when she began."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def take_version(self, version: int) -> None:
        """After a stale edit: the next sending replaces the text that stands now."""
        self.data: Any = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)


class EditForm(VersionMixin, KnowledgeMixin):
    html = _words(_("Text"))

    field_order = ["html", "knowledge", "holder", "whose"]


class AmendForm(VersionMixin):
    """A moderator edits somebody else's words."""

    html = _words(_("Text"))
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Stands below the post for everybody: what you changed, and why."),
    )

    field_order = ["html", "note"]


class TagsForm(forms.Form):
    """The tags of a thread: the form knows which stood there when it was opened."""

    tags = TagsField()
    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        line = ", ".join(name for _slug, name in thread.tag_line)
        super().__init__(*args, initial={"tags": line, "version": tags_version(thread)}, **kwargs)

    def renew_version(self, current: Thread) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = tags_version(current)


class RescheduleForm(forms.Form):
    """A thread that has not appeared: its time, and for its author its words."""

    title = forms.CharField(
        label=_("Title"), max_length=160, validators=[seen], widget=forms.TextInput(attrs={"dir": "auto"})
    )
    html = _words(_("Text"))
    appears_at = HourField(label=_("Appears"))
    appears_zone = zone_field()
    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, thread: Thread, may_rewrite: bool, **kwargs: Any) -> None:
        initial = {
            "title": thread.title,
            "appears_at": on_the_clock(thread.appears_at, thread.appears_zone),
            "appears_zone": thread.appears_zone,
            "version": schedule_version(thread),
        }
        may_rewrite = may_rewrite and is_rewritable(thread)
        if may_rewrite:
            initial["html"] = opening(thread).html
        super().__init__(*args, initial=initial, **kwargs)
        if not may_rewrite:
            del self.fields["title"], self.fields["html"]

    def clean(self) -> dict[str, Any]:
        return on_a_clock(super().clean() or self.cleaned_data)

    def renew_version(self, current: Thread) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = schedule_version(current)
