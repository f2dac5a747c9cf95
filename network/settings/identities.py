"""Identities from elsewhere that people may sign in with, as the environment describes them."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from network.settings.env import env_bool, env_list, env_secret, env_text

_ORCID = "network.accounts.identities.orcid.Provider"
_OPENID = "network.accounts.identities.openid.Provider"


def orcid_hosts() -> tuple[str, str]:
    """The site where people sign in and the interface that tells what is public of them."""
    domain = "sandbox.orcid.org" if env_bool("ORCID_SANDBOX", False) else "orcid.org"
    site = env_text("ORCID_SITE", f"https://{domain}").rstrip("/")
    return site, env_text("ORCID_API", f"https://pub.{domain}").rstrip("/")


def providers() -> dict[str, dict[str, Any]]:
    """For django-allauth: ORCID where a client is named, and each organization in ``OIDC_PROVIDERS``."""
    orcid: dict[str, Any] = {"provider_class": _ORCID, "APPS": []}
    if client := env_text("ORCID_CLIENT_ID", ""):
        orcid["APPS"] = [{"name": "ORCID", "client_id": client, "secret": env_secret("ORCID_CLIENT_SECRET")}]
    organizations = [_organization(name) for name in env_list("OIDC_PROVIDERS", [])]
    return {
        "orcid": orcid,
        "openid_connect": {
            "provider_class": _OPENID,
            "OAUTH_PKCE_ENABLED": True,
            "APPS": organizations,
        },
    }


def _organization(name: str) -> dict[str, Any]:
    """One organization: ``OIDC_UNEP_ISSUER`` and its like describe the one called ``unep``."""
    if not (name.isascii() and name.replace("-", "").isalnum() and name == name.lower()):
        raise ImproperlyConfigured(
            f"OIDC_PROVIDERS: {name!r} is not understood. Use small letters, digits and hyphens."
        )
    prefix = f"OIDC_{name.upper().replace('-', '_')}"
    issuer = env_text(f"{prefix}_ISSUER").rstrip("/")
    if not issuer.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ImproperlyConfigured(f"{prefix}_ISSUER={issuer!r} is not safe. Use an address with https://.")
    return {
        "provider_id": name,
        "name": env_text(f"{prefix}_NAME", name),
        "client_id": env_text(f"{prefix}_CLIENT_ID"),
        "secret": env_secret(f"{prefix}_CLIENT_SECRET"),
        "settings": {
            "server_url": issuer,
            # Addresses that the organization itself gives out; of all others its word proves nothing.
            "domains": [domain.lower() for domain in env_list(f"{prefix}_DOMAINS", [])],
        },
    }
