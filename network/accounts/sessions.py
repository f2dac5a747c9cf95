"""Where sessions are kept: in Django's table, asked only for keys that can stand in it."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """A cookie can carry any sign, also a NUL, which PostgreSQL refuses to compare with a text.

    Such a key is nobody's: its bearer is a stranger.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(super()._validate_session_key(key)) and str(key).isalnum()
