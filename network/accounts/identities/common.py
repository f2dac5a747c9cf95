"""What both kinds of identities share."""

from typing import Any

from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


class AnyLanguage:
    """One address to come back to, whatever the language of the page: it is registered over there."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        with translation.override(settings.LANGUAGE_CODE):
            return build_absolute_uri(request, self.get_provider().get_callback_url())  # type: ignore[attr-defined]


class OwnWords:
    """What is asked of the other side is ours to say, not the address line's."""

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()  # type: ignore[attr-defined]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return self.get_auth_params()  # type: ignore[attr-defined]
