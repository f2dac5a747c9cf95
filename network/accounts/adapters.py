"""How django-allauth behaves in this house: what it asks, says, mails and refuses."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from network.accounts import actions, second_factor
from network.accounts.actions.devices import KEPT as DEVICES_KEPT
from network.accounts.mails import paragraphs
from network.accounts.models import Suspension, User
from network.accounts.templatetags.accounts_ui import browser

#: Where a refused sign-in leaves the number of the suspension for the page that explains it.
SUSPENSION_KEY = "accounts_suspension"
#: By what a browser is known again that somebody has signed in with.
DEVICE_COOKIE = "known_browser"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_code": _("This code is not right."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries in a short time. Wait a minute, then try again."),
        "enter_current_password": _("Enter your present password."),
        "invalid_password_reset": _("This link is too old, or it was used before. Ask for a new one."),
        "unverified_primary_email": _("Confirm your e-mail address first."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", user.name)
        user.language = form.cleaned_data.get("language") or user.language
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        """No longer than the row can hold: PostgreSQL would answer with an error, not with a sentence."""
        email = super().clean_email(email)
        MaxLengthValidator(User._meta.get_field("email").max_length)(email)
        return email

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """A suspension that has run out ends here at the latest, not when some clock comes by."""
        if not user.is_active and Suspension.objects.run_out().filter(person=user).exists():
            actions.lift_run_out()
            user.refresh_from_db(fields=["is_active"])
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        suspension = Suspension.objects.standing().filter(person=user).first()
        if suspension:
            request.session[SUSPENSION_KEY] = suspension.pk
        return super().respond_user_inactive(request, user)

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        """Into the person's own language; past the second factor's page first, where a role demands one."""
        response = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        target = translate_url(response["Location"], user.language)
        if second_factor.owed_by(user):
            target = translate_url(reverse("accounts:second_factor"), user.language)
        answer = HttpResponseRedirect(target)
        self._remember_device(request, answer, user)
        return answer

    def _remember_device(self, request: HttpRequest, answer: HttpResponse, person: User) -> None:
        """A mail where this browser is a new one of hers. The cookie says nothing and opens nothing."""
        secret, is_new = actions.remember_device(
            person=person,
            secret=request.COOKIES.get(DEVICE_COOKIE, "")[:100],
            browser=browser(self.get_http_user_agent(request)),
        )
        answer.set_cookie(
            DEVICE_COOKIE,
            secret,
            max_age=DEVICES_KEPT,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        if is_new:
            with translation.override(person.language):
                self.send_notification_mail("account/email/new_device", person)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """The words are written once, as text; the HTML part is made of them."""
        message = super().render_mail(template_prefix, email, context, headers)
        if isinstance(message, EmailMultiAlternatives) and not message.alternatives:
            page = render_to_string(
                "account/email/base_message.html",
                {
                    "subject": message.subject,
                    "paragraphs": paragraphs(str(message.body), code=context.get("code", "")),
                },
            )
            message.attach_alternative(page, "text/html")
        return message


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets lie encrypted, and a role that demands one keeps the last of them."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Codes change every 30 seconds: try the newest."),
        "cannot_delete_authenticator": _(
            "Your role demands a second factor, and this is your only one. Add another first."
        ),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not second_factor.demanded_by(second_factor.roles_of(authenticator.user)):
            return True
        return second_factor.of(authenticator.user).exclude(pk=authenticator.pk).exists()


def _cipher() -> MultiFernet:
    """Keys drawn from SECRET_KEY and, while it is being changed, from those before it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.second_factor")
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
