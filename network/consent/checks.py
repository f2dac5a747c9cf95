"""A wrong line in the settings must not open a way around the gate."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

_GATE = "network.consent.middleware.EgressMiddleware"
_MAIL = "network.consent.mail.GatedBackend"
_COMPRESSION = "django.middleware.gzip.GZipMiddleware"
#: What Django's test runners put in the place of the mail backend; nothing is sent from there.
_TEST_MAIL = "django.core.mail.backends.locmem.EmailBackend"


@register()
def check_gate(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    return [*_middleware(), *_mail(), *_keys(), *_vault()]


def _middleware() -> list[CheckMessage]:
    order = list(settings.MIDDLEWARE)
    if _GATE not in order:
        return [Error("The consent gate is not in MIDDLEWARE.", hint=f"Add {_GATE!r}.", id="consent.E001")]
    inside = order[order.index(_GATE) :]
    outside = order[: order.index(_GATE)]
    found = []
    if any("Cache" in name or "ConditionalGet" in name for name in outside):
        found.append(
            Error(
                "A cache stands outside the consent gate.", hint="Move the gate before it.", id="consent.E002"
            )
        )
    if _COMPRESSION in inside:
        found.append(
            Error(
                "Compression stands inside the consent gate, which cannot read what is compressed.",
                hint=f"Move {_COMPRESSION!r} before the gate.",
                id="consent.E003",
            )
        )
    return found


def _mail() -> list[CheckMessage]:
    if settings.EMAIL_BACKEND in (_MAIL, _TEST_MAIL):
        return []
    return [
        Error(
            "Mail would leave without passing the consent gate.",
            hint=f"Leave EMAIL_BACKEND at {_MAIL!r} and name your backend in CONSENT_MAIL_BACKEND.",
            id="consent.E004",
        )
    ]


def _keys() -> list[CheckMessage]:
    if settings.KEY_ENCRYPTION_KEY:
        return []
    return [
        Error(
            "KEY_ENCRYPTION_KEY is not set: nothing can be sealed or opened.",
            hint="Set KEY_ENCRYPTION_KEY_FILE to a file that holds a long random secret.",
            id="consent.E005",
        )
    ]


def _vault() -> list[CheckMessage]:
    if "vault" in settings.STORAGES:
        return []
    return [
        Error(
            "STORAGES names no place for sealed files.",
            hint="Add 'vault': {'BACKEND': 'network.consent.vault.VaultStorage'}.",
            id="consent.E006",
        )
    ]
