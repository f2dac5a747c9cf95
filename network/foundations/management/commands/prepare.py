"""Make an installation ready to be served, whatever state it is in."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from network.foundations.migrating import migrate


class Command(BaseCommand):
    help = "Compiles the catalogues, migrates every database, loads the thesaurus, writes the demo."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        call_command("catalogues", "compile", verbosity=verbosity)
        for alias in settings.DATABASES:
            self.stdout.write(f"Migrating the database {alias}")
            migrate(alias)
        self.stdout.write("Loading the thesaurus")
        call_command("load_thesaurus", verbosity=0)
        call_command("demo", verbosity=0)
