"""Going to sign in elsewhere, and coming back."""

from collections.abc import Callable
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache

from network.accounts.identities import openid, orcid
from network.foundations.ratelimit import limited

#: In which language she left, for the page that she comes back to.
_LANGUAGE = "accounts_language"


@never_cache
@limited("sign-in-elsewhere", times=30, seconds=300)
def orcid_login(request: HttpRequest) -> HttpResponse:
    return _leave(request, orcid.Adapter)


@never_cache
@limited("back-from-elsewhere", times=30, seconds=300, methods=("GET",))
def orcid_callback(request: HttpRequest) -> HttpResponse:
    return _come_back(request, orcid.Adapter)


@never_cache
@limited("sign-in-elsewhere", times=30, seconds=300)
def openid_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _leave(request, lambda asked: openid.Adapter(asked, provider_id))


@never_cache
@limited("back-from-elsewhere", times=30, seconds=300, methods=("GET",))
def openid_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _come_back(request, lambda asked: openid.Adapter(asked, provider_id))


def _leave(request: HttpRequest, made: Callable[[HttpRequest], OAuth2Adapter]) -> HttpResponse:
    """A page that says where one is going, then the way there."""
    adapter = _adapter(request, made)
    if request.method == "POST":
        request.session[_LANGUAGE] = translation.get_language()
    try:
        response = OAuth2LoginView.adapter_view(adapter)(request)
        # Browsers hold a form to where it may lead, also by way of a redirect.
        there = urlsplit(adapter.authorize_url)
    except (requests.RequestException, OAuth2Error, KeyError, ValueError) as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)
    response._csp_update = {"form-action": [f"{there.scheme}://{there.netloc}"]}
    return response


def _come_back(request: HttpRequest, made: Callable[[HttpRequest], OAuth2Adapter]) -> HttpResponse:
    adapter = _adapter(request, made)
    with translation.override(request.session.get(_LANGUAGE) or translation.get_language()):
        try:
            return OAuth2CallbackView.adapter_view(adapter)(request)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # What the other side answers is not ours to trust, also in its shape.
            return render_authentication_error(request, adapter.get_provider(), exception=error)


def _adapter(request: HttpRequest, made: Callable[[HttpRequest], OAuth2Adapter]) -> OAuth2Adapter:
    """Whoever is not named in the settings does not exist."""
    try:
        adapter = made(request)
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return adapter
