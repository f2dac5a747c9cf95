"""Opening and changing forums, and narrowing a list of questions."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.forums.actions import version_of
from communities.forums.models import Forum
from network.foundations.forms import WatchedMixin


class ForumForm(WatchedMixin, forms.ModelForm):
    class Meta:
        model = Forum
        fields = ["title", "description", "kind", "takes_replies"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "kind": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and "kind" not in self.data:
            # Whoever says nothing of it leaves the kind as it is.
            self.data: Any = self.data.copy()
            self.data["kind"] = self.instance.kind

    def _post_clean(self) -> None:
        """Nothing is written onto the row here: the action does that."""
        return


class ForumSettingsForm(ForumForm):
    """Changing a forum: the form knows what stood there when it was opened."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    class Meta(ForumForm.Meta):
        fields = [
            "title", "description", "kind", "takes_replies", "takes_unnamed", "attribution",
            "correction_days", "position", "audience",
        ]  # fmt: skip
        help_texts = {"position": _("Forums with a smaller number stand further up.")}
        widgets: ClassVar[dict[str, Any]] = {
            **ForumForm.Meta.widgets,
            "attribution": forms.RadioSelect,
            "audience": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version_of(self.instance)
        for name in ("attribution", "correction_days"):
            # Whoever says nothing of it leaves it as it is.
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("attribution", "correction_days"):
            data[name] = data.get(name) or None
        return data

    def renew_version(self, current: Forum) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data: Any = self.data.copy()
        self.data["version"] = version_of(current)


class QuestionFilter(forms.Form):
    """What a list of questions can be narrowed by, and its order; what is not offered narrows nothing."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All questions")), ("open", _("Without an answer")), ("answered", _("Answered"))],
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Last written in first")), ("wanted", _("Most people have it first"))],
    )

    def active(self) -> int:
        return sum(1 for name in self.fields if self._chosen(name))

    def _chosen(self, name: str) -> str:
        if not self.is_bound:
            return ""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def narrowing(self) -> Q:
        shown = self._chosen("show")
        return Q(answer__isnull=shown == "open") if shown else Q()

    def keys(self) -> list[str]:
        """What the list is ordered by first."""
        return ["-wanted_count"] if self._chosen("order") else []
