"""Signing up with an identity from elsewhere, and letting go of one."""

from allauth.socialaccount.forms import DisconnectForm, SignupForm
from allauth.socialaccount.internal import flows
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.http import HttpRequest

from network.accounts.forms import JoiningForm
from network.accounts.models import User


class IdentitySignUpForm(JoiningForm, SignupForm):
    """Name, address, language, consent. An address that the organization vouches for stays as it is; any
    other has to be confirmed by the code that is sent there."""

    field_order = ["name", "email", "language", "agree"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.proven = [address for address in self.sociallogin.email_addresses if address.verified]
        if self.proven:
            self.initial["email"] = self.proven[0].email
            self.fields["email"].disabled = True

    def save(self, request: HttpRequest) -> User:
        # Only what is proven goes with her; what she typed is confirmed like anybody's.
        self.sociallogin.email_addresses = self.proven[:1]
        return super().save(request)


class UnlinkForm(DisconnectForm):
    """One of her identities; she can always come in with a code by mail."""

    def clean(self) -> dict:
        data = forms.Form.clean(self) or self.cleaned_data
        account: SocialAccount | None = data.get("account")
        if account:
            adapter_check(account, self.accounts)
        return data

    def save(self) -> None:
        flows.connect.disconnect(self.request, self.cleaned_data["account"])


def adapter_check(account: SocialAccount, accounts) -> None:
    """Refuses where she could not come in without it."""
    from allauth.socialaccount.adapter import get_adapter

    get_adapter().validate_disconnect(account, accounts)
