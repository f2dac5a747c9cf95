"""Asking that more people may read, and answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import ReasonForm
from communities.forums.enums import Audience
from communities.forums.models import Forum
from communities.models import Community


class WideningForm(ReasonForm):
    """Proposing more readers: for the whole community, or for a forum that is for members."""

    forum = forms.ModelChoiceField(
        Forum.objects.none(), label=_("What should more people read"), required=False
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].queryset = community.forums.filter(audience=Audience.MEMBERS)
        self.fields["forum"].empty_label = _("The whole community")
        self.order_fields(["forum", "reason"])


class WideningAnswerForm(forms.Form):
    decision = forms.ChoiceField(choices=[(name, name) for name in ("agree", "keep", "open", "take_back")])
