"""The signature under each line of the change feed: that it was this network which asks to delete."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from network.foundations.secrets import derive


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive("network.consent change feed"))


def sign(text: str) -> str:
    """The Ed25519 signature (RFC 8032) of ``text`` in UTF-8, in base64."""
    return base64.b64encode(_key().sign(text.encode())).decode()


def public_key() -> str:
    return base64.b64encode(_key().public_key().public_bytes_raw()).decode()
