"""A sealed text as a value that can be handed around without harm."""

from typing import SupportsIndex

from django.utils.html import escape

from network.consent.tokens import Token


class Sealed(str):
    """A ``str`` that *is* its token and carries the ciphertext beside it.

    Printing, formatting, logging, JSON, pickling and templates therefore all show the token.
    Only ``network.consent.gate`` can turn the ciphertext into text.
    """

    __slots__ = ("ciphertext",)
    ciphertext: bytes

    def __new__(cls, token: Token, ciphertext: bytes) -> "Sealed":
        self = super().__new__(cls, str(token))
        self.ciphertext = ciphertext
        return self

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple:
        """Pickled, copied or sent to a worker, only the token travels."""
        return str, (str(self),)
