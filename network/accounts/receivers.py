"""What follows when django-allauth or Django rings."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from network.accounts import actions
from network.accounts.middleware import SEEN

#: Here the one who signed up types the code, in the browser in which she did.
_OWN_SIGN_UP = "account_email_verification_sent"


@receiver(email_confirmed)
def address_proven(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """By a code to sign in: nothing says that it is the same person who signed up."""
    match = getattr(request, "resolver_match", None)
    if match is None or match.view_name != _OWN_SIGN_UP:
        actions.claim(person=email_address.user)


@receiver(user_logged_in)
def session_begun(request: HttpRequest, **kwargs: Any) -> None:
    request.session[SEEN] = int(timezone.now().timestamp())
