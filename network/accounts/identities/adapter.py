"""How django-allauth treats identities from elsewhere in this house."""

from typing import Any

from allauth.account.internal.emailkit import valid_email_or_none
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.accounts.models import User
from network.accounts.names import clean_name


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Nobody enters an account because somebody elsewhere says that an address is hers."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("Somebody has an account with this address."),
        "connected_other": _("This identity belongs to another account already."),
    }

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Out of the settings alone: secrets are not in the database, and no page asks it for them."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """The provider's own class says which addresses are proven (``openid.Provider``)."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """What the form starts from."""
        person = sociallogin.user
        person.name = _name_in(data)
        person.email = valid_email_or_none(data.get("email")) or ""
        return person

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        return {"email": sociallogin.user.email, "name": sociallogin.user.name}

    def validate_disconnect(self, account: SocialAccount, accounts: Any) -> None:
        if not account.user.emailaddress_set.filter(verified=True).exists():
            raise ValidationError(_("Confirm your e-mail address first."))


def _name_in(data: dict[str, Any]) -> str:
    parts = [data.get("first_name"), data.get("last_name")]
    whole = data.get("name") or " ".join(str(part) for part in parts if part)
    return clean_name(str(whole))[:150]
