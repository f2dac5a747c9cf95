"""Keep the catalogues of translations."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network.foundations import catalogues


class Command(BaseCommand):
    help = "Updates the .po files from the code, compiles them, or checks that nothing is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", choices=["update", "compile", "check"])

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        if deed == "compile":
            catalogues.compile_all()
            return
        template = catalogues.extracted()
        languages = [language for language, _name in settings.LANGUAGES]
        if deed == "update":
            for language in languages:
                catalogues.update(language, template)
            self.stdout.write(f"{len(template)} messages in {len(languages)} languages.")
            return
        found = [fault for language in languages for fault in catalogues.faults(language, template)]
        if found:
            raise CommandError("\n".join([*found[:200], f"{len(found)} faults in the catalogues."]))
