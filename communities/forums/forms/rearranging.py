"""Moving, splitting and merging threads."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.forms import ReasonForm
from communities.forums.forms.writing import seen
from communities.forums.models import Forum, Thread
from communities.models import Community


class _ForumField(forms.ModelChoiceField):
    """Forums by their titles; of another community, with its name."""

    here: Community | None = None

    def label_from_instance(self, obj: Forum) -> str:
        return obj.title if obj.community_id == getattr(self.here, "pk", None) else f"{obj.community}: {obj}"


class MoveForm(ReasonForm):
    """The forum that a thread goes to."""

    forum = _ForumField(
        Forum.objects.none(), label=_("To which forum"), empty_label=None, widget=forms.RadioSelect
    )
    field_order = ["forum", "reason"]

    def __init__(self, *args: Any, forums: QuerySet, here: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].here = here
        self.fields["forum"].queryset = forums


class SplitForm(ReasonForm):
    """Posts (by their numbers) that become a thread of their own; ``onward``: and all that follow."""

    numbers = forms.TypedMultipleChoiceField(
        label=_("Posts"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one post.")},
    )
    onward = forms.BooleanField(label=_("And every post after the last one that is chosen"), required=False)
    title = forms.CharField(label=_("Title of the new thread"), max_length=160, validators=[seen])
    field_order = ["numbers", "onward", "title", "reason"]

    def __init__(self, *args: Any, numbers: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numbers"].choices = [(number, str(number)) for number in numbers]

    @property
    def others(self) -> list[forms.BoundField]:
        """The posts stand in a list of their own."""
        return [field for field in self.visible_fields() if field.name != "numbers"]


#: A thread in an address, or its number alone; communities and forums may be called by a number as well.


_THREAD = re.compile(r"(?:/forums/[^/]+/|^)(?P<pk>\d{1,18})(?:-|$)")


class MergeForm(ReasonForm):
    """The thread that takes the posts: one of the last written in, or another one by its address."""

    target = forms.ModelChoiceField(
        Thread.objects.none(),
        label=_("Into which thread"),
        required=False,
        blank=True,
        empty_label=_("Another one: its address below"),
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Address of the thread"),
        required=False,
        max_length=500,
        help_text=_("Copied from the page of any other thread of this community."),
    )
    field_order = ["target", "address", "reason"]

    def __init__(self, *args: Any, threads: QuerySet, latest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._threads = threads
        chosen = list(threads.order_by("-last_posted_at", "-id").values_list("pk", flat=True)[:latest])
        self.fields["target"].queryset = threads.filter(pk__in=chosen).order_by("-last_posted_at", "-id")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        address = cleaned.pop("address", "")
        if address and "target" not in self.errors:
            number = _THREAD.search(address.strip())
            cleaned["target"] = self._threads.filter(pk=number["pk"]).first() if number else None
            if cleaned["target"] is None:
                self.add_error("address", _("No other thread of this community has this address."))
        elif cleaned.get("target") is None and "target" not in self.errors:
            self.add_error("target", _("Choose a thread, or give its address."))
        return cleaned
