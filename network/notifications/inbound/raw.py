"""Mails as they came, sealed: in the vault, each under a key of its own, until they are no longer needed.

What people quote back to us may be what holders of knowledge released for one reader. So a mail lies nowhere
in the open, whatever thread it belongs to, and goes for good some time after it is settled.
"""

import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from network.consent import vault
from network.foundations.secrets import derive
from network.notifications.models import IncomingMail

_NONCE = 12


class Gone(Exception):
    """The mail is not kept any more, or not what was kept."""


def keep(content: bytes) -> str:
    """Seal ``content``; returns where it lies."""
    path = vault.new_path()
    nonce = secrets.token_bytes(_NONCE)
    vault.write(path, [nonce, AESGCM(_key(path)).encrypt(nonce, content, path.encode())])
    return path


def read(path: str) -> bytes:
    if not path:
        raise Gone("This mail is not kept any more.")
    try:
        with vault.open_sealed(path) as file:
            sealed = file.read()
        return AESGCM(_key(path)).decrypt(sealed[:_NONCE], sealed[_NONCE:], path.encode())
    except (InvalidTag, OSError, ValueError):
        raise Gone("This mail is not kept any more.") from None


def known() -> Iterable[str]:
    """Files in the vault that are mails."""
    return IncomingMail.objects.exclude(path="").values_list("path", flat=True)


def _key(path: str) -> bytes:
    secret = derive("network.notifications incoming mails")
    return HKDF(SHA256(), 32, salt=None, info=path.encode()).derive(secret)
