"""Asking people about themselves."""

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network.accounts import actions, invitations, policies, wordings, zones
from network.accounts.enums import Leaving, Purpose, Role
from network.accounts.models import User
from network.accounts.names import clean_name
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer


class NameField(forms.CharField):
    """A name, cleaned of what would forge another; at most as long as the row can hold."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            label=_("Name"),
            help_text=_("As you write it yourself, in any script. Others see it beside what you write."),
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            **kwargs,
        )

    def to_python(self, value: object) -> str:
        return clean_name(super().to_python(value))


class Plain:
    """A form of django-allauth in our words: no text in the box that only says the label again."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in ("email", "login"):
            if name in self.fields:
                self.fields[name].label = _("E-mail address")


class LoginForm(Plain, allauth.LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Keep me signed in on this device")


class RequestCodeForm(Plain, allauth.RequestLoginCodeForm):
    pass


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    pass


class ChangeEmailForm(Plain, allauth.AddEmailForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class JoiningForm(Plain):
    """What everybody is asked who joins, by whatever door: a name, a language, consent to processing."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = NameField()
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=settings.LANGUAGES,
            help_text=_("For pages and mail."),
            initial=get_language(),
        )
        self.fields["agree"] = forms.BooleanField(
            label=_("I agree"),
            help_text=wordings.current(Purpose.ACCOUNT).text,
            error_messages={"required": _("Without this we may not keep an account for you.")},
        )
        self.order_fields(self.field_order)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        actions.give_consent(person=user, purpose=Purpose.ACCOUNT)


class SignUpForm(JoiningForm, allauth.SignupForm):
    """Sign-up with an address and, if she wants one, a password."""

    field_order = ["name", "email", "password1", "language", "agree"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "password1" in self.fields:
            self.fields["password1"].help_text = _(
                "At least ten characters. Leave it empty to sign in with codes by e-mail instead."
            )

    def try_save(self, request: HttpRequest):
        """Hash the password for a known address too: else the pause tells who has an account."""
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class DetailsForm(forms.Form):
    """Name, language and time zone, with a mark of what stood there when the form was opened."""

    name = NameField()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones.choices,
        help_text=_("Times are shown in the zone of the event, with your own beside them."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, person: User, **kwargs) -> None:
        self.person = person
        values = {"name": person.name, "language": person.language, "zone": person.zone}
        super().__init__(*args, initial={**values, "seen": actions.details_mark(person)}, **kwargs)

    def save(self) -> bool:
        """False, with the reason beside the field, if the action refused."""
        data = self.cleaned_data
        try:
            actions.change_details(
                person=self.person,
                name=data["name"],
                language=data["language"],
                zone=data["zone"],
                seen=data["seen"],
            )
        except StaleEdit as stale:
            # What stands now is shown beside what was typed; saving again is then meant.
            self.add_error(None, stale.sentence)
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = stale.current
        except Refused as refused:
            self.add_error(refused.field, refused.sentence)
        return not self.errors


class LeaveForm(forms.Form):
    """The last question."""

    choice = forms.ChoiceField(
        label=_("What you wrote for others"),
        choices=Leaving.choices,
        widget=forms.RadioSelect,
        initial=Leaving.KEEP,
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone."),
        error_messages={"required": _("Tick this to go on.")},
    )


class OtherAccountForm(forms.Form):
    """By which address she signs in with her other account."""

    email = forms.EmailField(
        label=_("E-mail address of your other account"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class InviteForm(forms.Form):
    """Whom one asks in, in whose name, and for an administrator with which role."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    behalf = forms.ChoiceField(label=_("In the name of"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("None")), *Role.choices],
        help_text=_("It begins when the person has answered and, where it needs one, has a second factor."),
    )

    def __init__(self, *args, viewer: Viewer, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        names = list(invitations.behalves_of(viewer).items())
        if policies.can_manage_people(viewer):
            names.insert(0, ("", _("Yourself")))
        else:
            del self.fields["role"]
        self.fields["behalf"].choices = names
        if len(names) == 1 and not names[0][0]:
            del self.fields["behalf"]


class JoinForm(forms.Form):
    """What somebody is asked who answers an invitation."""

    name = NameField()
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("For pages and mail.")
    )
    agree = forms.BooleanField(
        label=_("I agree"),
        help_text=wordings.current(Purpose.ACCOUNT).text,
        error_messages={"required": _("Without this we may not keep an account for you.")},
    )
