"""Whatever migrations did to the tables, the index over them stands afterwards."""

from typing import Any

from django.apps import AppConfig
from django.db import connections

from network.search import engines


def install_index(sender: AppConfig, using: str, **_: Any) -> None:
    if "search_segment" in connections[using].introspection.table_names():
        engines.install(connections[using])
