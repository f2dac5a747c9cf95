"""An organization's own sign-in, by OpenID Connect: code flow with PKCE, tokens checked by signature."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest
from jwt import PyJWTError, get_unverified_header

from network.accounts.identities.common import AnyLanguage, OwnWords

#: With the key of a public pair, so that nobody who knows our secret alone can sign.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_KEPT_SECONDS = 600
#: What is kept of what the organization tells.
_KEPT = ("sub", "name", "given_name", "family_name", "email", "email_verified")


class Adapter(AnyLanguage, OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        """What the organization's server says of itself, asked every ten minutes at most."""
        if not hasattr(self, "_openid_config"):
            key = f"openid:{self.provider_id}:{self.get_provider().server_url}"
            told = cache.get(key)
            if told is None:
                told = self._discover()
                cache.set(key, told, _KEPT_SECONDS)
            self._openid_config = told
        return self._openid_config

    def _discover(self) -> dict[str, Any]:
        provider = self.get_provider()
        with get_adapter().get_requests_session() as session:
            answer = session.get(provider.server_url)
            answer.raise_for_status()
            told = answer.json()
        if told.get("issuer", "").rstrip("/") != provider.app.settings["server_url"]:
            raise OAuth2Error("The server gives another name than the one that it was asked by.")
        return told

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """The signed token says who it is; the rest may come from the server's page about her."""
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("No signed token came.")
        told = self._decode_id_token(app, signed)
        if "email" not in told and self.openid_config.get("userinfo_endpoint"):
            more = self._fetch_user_info(token.token)
            if more.get("sub") != told.get("sub"):
                raise OAuth2Error("The page about the person is about another one.")
            told = {**more, **told}
        kept = {name: told[name] for name in _KEPT if name in told}
        return self.get_provider().sociallogin_from_response(request, {"id_token": kept})

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Always by its signature, also where it came over our own connection."""
        try:
            if get_unverified_header(id_token).get("alg") not in ALGORITHMS:
                raise OAuth2Error("The token is signed in a way that proves nothing.")
            return jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The token cannot be read.") from error


class Provider(OwnWords, OpenIDConnectProvider):
    package = "allauth.socialaccount.providers.openid_connect"
    oauth2_adapter_class = Adapter

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Proven only where the organization says so of an address in a domain of its own."""
        told = data["id_token"]
        address = told.get("email")
        if not isinstance(address, str):
            return []
        own = address.rpartition("@")[2].lower() in self.app.settings["domains"]
        proven = own and told.get("email_verified") is True
        return [EmailAddress(email=address, verified=proven, primary=True)]
