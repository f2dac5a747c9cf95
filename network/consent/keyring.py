"""The cipher. Only the gate and its sealed files may import it; the import contract holds them to that.

Each item has a key of its own, wrapped by the key-encryption key of the installation. Ciphertexts are bound
to their place (AES-GCM's associated data): a text moved to another item or part does not open.
"""

import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from network.foundations.secrets import derive

_NONCE = 12
#: So many bytes more has what is encrypted: the nonce before it, the tag behind it.
OVERHEAD = _NONCE + 16


def _key_encryption_key() -> bytes:
    return derive("network.consent key encryption")


def fingerprint() -> str:
    """Names the key-encryption key without telling anything of it."""
    return hashlib.sha256(b"fingerprint" + _key_encryption_key()).hexdigest()[:16]


def new_wrapped_key(place: bytes) -> bytes:
    return encrypt(_key_encryption_key(), secrets.token_bytes(32), place)


def unwrap(wrapped: bytes, place: bytes) -> bytes:
    return decrypt(_key_encryption_key(), wrapped, place)


def key_of_file(key: bytes, name: str) -> bytes:
    """A key for one file alone, from that of its item: gone with it, and never used for anything else."""
    return HKDF(SHA256(), 32, salt=None, info=f"network.consent file {name}".encode()).derive(key)


def encrypt(key: bytes, plain: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
