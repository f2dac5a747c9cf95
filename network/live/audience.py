"""The people behind sockets, asked afresh."""

from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from network.foundations.viewer import Viewer, anonymous, viewer_for
from network.live.readers import Reader


def _session_model():
    return import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()


class Audience:
    """Who ``readers`` are now: two queries for all, and each person's keys at most once a language.

    A socket is opened once and may stay for hours, so nothing that was true then is believed now: the person
    may have signed out, been suspended, changed her password or lost a membership since.
    """

    def __init__(self, readers: Iterable[Reader]) -> None:
        self._readers = [reader for reader in readers if reader.user_id is not None]
        self._users: dict | None = None
        self._sessions: set[str] = set()
        self._viewers: dict[tuple[int, str], Viewer] = {}

    def _load(self) -> dict:
        if self._users is None:
            ids = {reader.user_id for reader in self._readers}
            keys = {reader.session_key for reader in self._readers}
            self._users = get_user_model().objects.filter(is_active=True).in_bulk(ids)
            self._sessions = set(
                _session_model()
                .objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
                .values_list("session_key", flat=True)
            )
        return self._users

    def is_over(self, reader: Reader) -> bool:
        """Whether the session that opened this socket has ended."""
        if reader.user_id is None:
            return False
        user = self._load().get(reader.user_id)
        if user is None or reader.session_key not in self._sessions:
            return True
        return not constant_time_compare(user.get_session_auth_hash(), reader.session_hash)

    def viewer(self, reader: Reader, language: str) -> Viewer | None:
        """The reader's viewer now; None if her session is over."""
        if reader.user_id is None:
            return anonymous(language)
        if self.is_over(reader):
            return None
        known = (reader.user_id, language)
        if known not in self._viewers:
            self._viewers[known] = viewer_for(self._load()[reader.user_id], language)
        return self._viewers[known]
