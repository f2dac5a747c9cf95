"""Bring the vocabularies that come with the network into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from network.thesaurus.loading import load_shipped
from network.thesaurus.models import Domain, Term


class Command(BaseCommand):
    help = "Load the vocabularies that come with the network. Safe to repeat; nothing is ever deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        for domain, outcome in load_shipped(Domain, Term).items():
            self.stdout.write(f"{domain}: {outcome}.")
