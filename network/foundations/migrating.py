"""Every database brought up to date, each with the tables that belong there and no others."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, router


def _rooms_in(alias: str) -> Iterator[str]:
    """The labels of the apps that keep rows in a database, according to the routers."""
    for app in apps.get_app_configs():
        if any(router.allow_migrate_model(alias, model) for model in app.get_models()):
            yield app.label


def migrate(alias: str) -> None:
    """Migrate one database.

    The default one as a whole. Django works through every migration there is in another one too, and writes
    nothing for most: where one app of many keeps rows, only that app and what it depends on is asked.
    """
    if alias == DEFAULT_DB_ALIAS:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        return
    for label in _rooms_in(alias):
        call_command("migrate", label, database=alias, interactive=False, verbosity=0)
