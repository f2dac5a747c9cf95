"""ORCID: the iD that researchers carry from place to place. Only the iD and the public name are kept."""

from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.orcid.provider import OrcidProvider, extract_from_dict
from allauth.socialaccount.providers.orcid.views import OrcidOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

from network.accounts.identities.common import AnyLanguage, OwnWords


class Adapter(AnyLanguage, OrcidOAuth2Adapter):
    """The addresses of the sandbox or of the real place, as the settings say."""

    @property
    def authorize_url(self) -> str:
        return f"{settings.ORCID_SITE}/oauth/authorize"

    @property
    def access_token_url(self) -> str:
        return f"{settings.ORCID_SITE}/oauth/token"

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """The iD comes with the token, over our own connection; her public name makes the form shorter."""
        told = kwargs["response"]
        orcid = told.get("orcid")
        if not isinstance(orcid, str) or not orcid:
            raise OAuth2Error("ORCID told no iD.")
        record = {
            "orcid-identifier": {"path": orcid, "uri": f"{settings.ORCID_SITE}/{orcid}"},
            "name": _public_name(orcid) or str(told.get("name") or ""),
        }
        return self.get_provider().sociallogin_from_response(request, record)


def _public_name(orcid: str) -> str:
    """As the public record writes it; empty where it is not public or the interface is down."""
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(
                f"{settings.ORCID_API}/v3.0/{orcid}/personal-details",
                headers={"Accept": "application/json"},
            )
        details = answer.json() if answer.ok else {}
    except (requests.RequestException, ValueError):
        return ""
    credit = extract_from_dict(details, ["name", "credit-name", "value"])
    parts = [extract_from_dict(details, ["name", part, "value"]) for part in ("given-names", "family-name")]
    return str(credit or " ".join(str(part) for part in parts if part))


class Provider(OwnWords, OrcidProvider):
    name = "ORCID"
    package = "allauth.socialaccount.providers.orcid"
    oauth2_adapter_class = Adapter

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"name": data["name"]} if data.get("name") else {}
