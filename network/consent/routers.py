"""The keys live in a database of their own: destroying one makes every backup of the rest unreadable."""

from typing import Any

from django.db.models import Model

KEYS = "keys"
_MODELS = {"itemkey", "closing"}


def _holds_keys(app_label: str, model_name: str | None) -> bool:
    return app_label == "consent" and model_name in _MODELS


class KeysRouter:
    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return KEYS if _holds_keys(model._meta.app_label, model._meta.model_name) else None

    db_for_write = db_for_read

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool | None:
        return None

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """Key tables in the keys database and nowhere else; nothing else in there."""
        if _holds_keys(app_label, model_name):
            return db == KEYS
        return False if db == KEYS else None
