"""What the outbox owes, and a second chance for what it gave up."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from network.outbox import actions, watch
from network.outbox.models import Delivery


class Command(BaseCommand):
    help = "Tell what the outbox owes and what it gave up; --retry tries what was given up again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--retry", action="store_true", help="Put what was given up back among what is due."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{watch.owed()} owed, {watch.lag():.0f} s behind, {watch.given_up()} given up.")
        by_cause = Delivery.objects.given_up().values("handler", "error").annotate(count=Count("pk"))
        for row in by_cause.order_by("handler", "error"):
            self.stdout.write(f"  {row['handler']}: {row['error']} ({row['count']})")
        if options["retry"]:
            self.stdout.write(f"{actions.retry_given_up()} to be tried again.")
