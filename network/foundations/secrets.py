"""Keys for one purpose each, all from the one secret of the installation."""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@lru_cache(maxsize=16)
def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())


def derive(purpose: str) -> bytes:
    """32 bytes that only this installation can make, another 32 for each purpose (RFC 5869)."""
    return _derive(settings.KEY_ENCRYPTION_KEY, purpose)
