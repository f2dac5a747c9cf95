"""Ways in: joining, asking, inviting, nominating, and what is asked of those who come."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from communities.actions import entrance_version
from communities.addresses import MOST, read
from communities.conduct import code_of
from communities.enums import MemberRole
from communities.forms.voice import ConductField
from communities.models import Community, Invitation, JoinRequest
from communities.policies import can_invite
from network.accounts import forms as accounts
from network.foundations.forms import RichTextFormField, WatchedMixin
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term

#: So many questions may be put to somebody who asks to join, each so long.
QUESTIONS, QUESTION_LENGTH = 6, 200
#: A file of addresses is no larger.
MANY_BYTES = 200_000


class JoinForm(forms.Form):
    """Coming in: the code of conduct is agreed to."""

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conduct"] = ConductField(community.conduct_version)


class ByMailForm(accounts.JoinForm, JoinForm):
    """Coming in by the letter alone: a name, a language, consent to processing, the code of conduct."""

    field_order = ["name", "language", "conduct", "agree"]


class JoinRequestForm(WatchedMixin, forms.ModelForm):
    """Asking to join: why, the answers to the community's own questions, and the code of conduct."""

    class Meta:
        model = JoinRequest
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}
        help_texts = {
            "message": _(
                "Who you are and what you would like to bring in. Those who look after the community read it."
            )
        }

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"question_{n}": text for n, text in enumerate(community.questions)}
        for name, text in self.questions.items():
            self.fields[name] = forms.CharField(
                label=text, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
            )
        self.fields["conduct"] = ConductField(community.conduct_version)

    def values(self) -> dict[str, Any]:
        """The clean answers as the action takes them, each beside its question."""
        data = self.cleaned_data
        answers = [{"question": text, "answer": data[name]} for name, text in self.questions.items()]
        return {"message": data["message"], "answers": answers, "conduct": data["conduct"]}


class AnswerForm(WatchedMixin, forms.Form):
    """The answer to a request to join."""

    accept = forms.TypedChoiceField(
        choices=[("yes", _("Accept")), ("no", _("Decline"))], coerce=lambda value: value == "yes"
    )
    reason = forms.CharField(
        label=_("A word to the person"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("accept") is False and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say in a sentence why, so that the person can understand it."))
        return self.cleaned_data


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role", "language"]

    def __init__(
        self, *args: Any, viewer: Viewer, community: Community, by_name: bool = False, **kwargs: Any
    ) -> None:
        """Offers the roles that she may invite to; whoever is invited by her name needs no address."""
        super().__init__(*args, **kwargs)
        offer_roles(self, viewer, community)
        if by_name:
            del self.fields["email"]


def offer_roles(form: forms.BaseForm, viewer: Viewer, community: Community) -> None:
    roles = [(role, role.label) for role in MemberRole if can_invite(viewer, community, role)]
    form.fields["role"].choices = roles
    form.initial.setdefault("role", roles[0][0] if roles else "")


class ManyForm(WatchedMixin, forms.Form):
    """Many addresses, typed, pasted or out of a file; what the file holds joins what was typed."""

    addresses = forms.CharField(
        label=_("Addresses"),
        required=False,
        max_length=100_000,
        help_text=_("One on each line, alone or with a name: Ada Okafor <ada@example.org>. 500 at most."),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "ltr", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("Text or CSV, at most 200 KB. It is not kept."),
    )
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, viewer: Viewer, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self, viewer, community)

    def clean_file(self) -> str:
        """The words of the file."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MANY_BYTES:
            raise forms.ValidationError(_("This file is larger than 200 KB."))
        raw = file.read()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
        if any(ord(sign) < 32 and not sign.isspace() for sign in text):
            raise forms.ValidationError(_("This is no text. Save the table as CSV first."))
        return text

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        text = f"{data.get('addresses', '')}\n{data.get('file') or ''}".strip()
        data["text"] = text
        if not text and not self.errors:
            self.add_error("addresses", _("Type, paste or upload at least one address."))
        elif read(text).found > MOST:
            self.add_error("addresses", _("Invite 500 people at most at a time."))
        return data

    def gather(self) -> None:
        """Show what the file held among what was typed, so that it is sent again with the form."""
        self.data = self.data.copy()
        self.data["addresses"] = self.cleaned_data["text"]


class NominationForm(forms.Form):
    """A focal point sends somebody for a country that has named her."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    country = forms.ModelChoiceField(Term.objects.none(), label=_("Country"), empty_label=None)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Term.objects.of("country").filter(pk__in=viewer.ids("focal_point"))


class EntranceForm(WatchedMixin, forms.Form):
    """What is asked of those who come; it knows what stood there when it was opened."""

    questions = forms.CharField(
        label=_("Questions to those who ask to join"),
        required=False,
        help_text=_("One on each line, six at most. Those who answer the request read what was said."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    conduct = RichTextFormField(
        label=_("Code of conduct"),
        help_text=_(
            "Everybody agrees to it on coming in. "
            "When it changes, members are asked again before their next post."
        ),
    )
    version = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "questions": "\n".join(community.questions),
            "conduct": code_of(community),
            "version": entrance_version(community),
        }

    def clean_questions(self) -> list[str]:
        questions = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines()]
        questions = [question for question in questions if question]
        if len(questions) > QUESTIONS:
            raise forms.ValidationError(_("Ask six questions at most."))
        if any(len(question) > QUESTION_LENGTH for question in questions):
            raise forms.ValidationError(_("A question has at most 200 characters."))
        return questions

    def renew_version(self, current: Community) -> None:
        """Saving again then replaces what was saved in the meantime."""
        self.data = self.data.copy()
        self.data["version"] = entrance_version(current)
