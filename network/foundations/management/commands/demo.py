"""Write the demo: people, communities, pages, an award, as a new installation would have them."""

from typing import Any

from django.core.management.base import BaseCommand

from network.foundations.demo import in_order, told


class Command(BaseCommand):
    help = "Writes the demo through the network's own actions. Safe to repeat: what is there stays."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        for name, seed in in_order():
            if verbosity:
                self.stdout.write(f"Demo: {name}")
            seed()
        if verbosity:
            self.stdout.write("\n".join(["", *told()]))
