"""The room of a session: its rules, asking there, speaking there."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities.forums.models import Forum
from home.events.actions.rooms import RULES
from home.events.models import EventPage, LiveRoom
from home.events.rooms import Standing
from network.foundations.forms import WatchedMixin


class RoomForm(forms.Form):
    """All rules of a room, asked in the words of the row itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, room: LiveRoom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in RULES:
            self.fields[name] = _field(name)
            self.initial[name] = getattr(room, name)
        self.initial["version"] = room.version
        for name in ("recording_url", "transcript_url"):
            self.fields[name].help_text = _("Shown once every speaker with an account agrees.")

    def renew_version(self, current: LiveRoom) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = current.version

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RULES}


def _field(name: str) -> forms.Field:
    column: Any = LiveRoom._meta.get_field(name)
    words = {"label": capfirst(column.verbose_name), "help_text": column.help_text}
    if name.endswith("_url"):
        return forms.URLField(max_length=300, required=False, assume_scheme="https", **words)
    if name == "opens_minutes":
        return forms.IntegerField(min_value=0, max_value=1440, **words)
    return forms.BooleanField(required=False, **words)


class RoomQuestionForm(WatchedMixin, forms.Form):
    text = forms.CharField(
        label=_("Your question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, here: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["language"] = get_language()
        if here.room.allows_unnamed:
            self.fields["is_unnamed"] = forms.BooleanField(
                label=_("Ask without my name"),
                required=False,
                help_text=_(
                    "Nobody can find out who asked, not even those who keep the session; they look at the "
                    "question before others do. You cannot take it back."
                ),
            )


class WrittenAnswerForm(WatchedMixin, forms.Form):
    answer = forms.CharField(
        label=_("Answer in writing"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Left empty, it was answered aloud."),
    )


class ClaimForm(forms.Form):
    """One of the names that stand in the programme."""

    name = forms.ChoiceField(label=_("I am"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, here: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, name) for name in here.session.names]


class ReviewForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    agrees = forms.ChoiceField(
        label=_("May it be shown?"),
        choices=[("yes", _("Yes, show it")), ("no", _("No, do not show it"))],
        widget=forms.RadioSelect,
    )

    def renew_version(self, current: LiveRoom) -> None:
        """Answering again then speaks of what is there now."""
        self.data: Any = self.data.copy()
        self.data["version"] = current.materials_version


class MoveForm(WatchedMixin, forms.Form):
    """Where the discussion goes on."""

    title = forms.CharField(label=_("Title of the thread"), max_length=160)
    forum = forms.ModelChoiceField(label=_("Forum"), queryset=Forum.objects.none())

    def __init__(self, *args: Any, event: EventPage, here: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["forum"]
        field.queryset = (
            Forum.objects.visible_to(here.viewer)
            .filter(community__in=event.hosts.all())
            .select_related("community")
            .order_by("community__name", "title")
        )
        field.label_from_instance = lambda forum: f"{forum.community.name}: {forum.title}"
        self.initial["title"] = here.session.title
