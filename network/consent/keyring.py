"""The cipher. Only ``network.consent.gate`` may import this module; the import contract holds it to that.

Each item has a key of its own, wrapped by the key-encryption key of the installation. Ciphertexts are bound
to their place (AES-GCM's associated data): a text moved to another item or part does not open.
"""

import hashlib
import secrets
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


@lru_cache(maxsize=4)
def _derive(secret: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"network.consent key encryption").derive(secret.encode())


def _key_encryption_key() -> bytes:
    return _derive(settings.KEY_ENCRYPTION_KEY)


def fingerprint() -> str:
    """Names the key-encryption key without telling anything of it."""
    return hashlib.sha256(b"fingerprint" + _key_encryption_key()).hexdigest()[:16]


def new_wrapped_key(place: bytes) -> bytes:
    return encrypt(_key_encryption_key(), secrets.token_bytes(32), place)


def unwrap(wrapped: bytes, place: bytes) -> bytes:
    return decrypt(_key_encryption_key(), wrapped, place)


def encrypt(key: bytes, plain: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
