"""Findings in the thesaurus."""

from django.db import models


class TermQuerySet(models.QuerySet):
    def of(self, domain: str) -> "TermQuerySet":
        """The terms of one domain in their own order."""
        return self.filter(domain_id=domain).order_by("position", "code")

    def current(self) -> "TermQuerySet":
        return self.filter(retired_on=None)
