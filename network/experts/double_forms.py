"""Which of two is kept, and which two are meant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.foundations.forms import WatchedMixin


class TwoAddressesForm(forms.Form):
    """Two accounts that no rule has found."""

    one = forms.EmailField(label=_("E-mail address of one account"), max_length=254)
    other = forms.EmailField(label=_("E-mail address of the other account"), max_length=254)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.people: list[User] = []
        for name in ("one", "other"):
            if not data.get(name):
                continue
            person = User.objects.filter(email__iexact=data[name], merged_into=None).first()
            if person is None:
                self.add_error(name, _("There is no account with this address."))
            else:
                self.people.append(person)
        if len(self.people) == 2 and self.people[0] == self.people[1]:
            self.add_error("other", _("This is the same account."))
        return data


class MergeForm(WatchedMixin, forms.Form):
    """``people``: the two; whoever has signed in last is offered as the one that is kept."""

    kept = forms.ModelChoiceField(
        label=_("Which account is kept"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = forms.CharField(
        label=_("How do you know that they are one person?"),
        help_text=_("Both addresses are told, with this sentence."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept: Any = self.fields["kept"]
        kept.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        kept.label_from_instance = lambda person: f"{person.get_full_name()} <{person.email}>"
        latest = max(people, key=lambda person: (person.last_login is not None, person.last_login or 0))
        kept.initial = latest.pk
