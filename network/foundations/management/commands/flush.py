"""Django's ``flush``, for a database in which some tables only grow."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from network.foundations import appendonly


class Command(Flush):
    """Emptying everything is a deed of its own (it asks first), so the triggers step aside for it."""

    def handle(self, **options: Any) -> None:
        using = options["database"]
        appendonly.lift(using)
        try:
            super().handle(**options)
        finally:
            appendonly.install(using)
