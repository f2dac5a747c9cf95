"""Findings in the thesaurus."""

from collections.abc import Iterable

from django.db import models


class TermQuerySet(models.QuerySet):
    def of(self, domain: str) -> "TermQuerySet":
        """The terms of one domain in their own order."""
        return self.filter(domain_id=domain).order_by("position", "code")

    def current(self) -> "TermQuerySet":
        return self.filter(retired_on=None)

    def coded(self, domain: str, codes: Iterable[str]) -> "TermQuerySet":
        """The terms of ``domain`` with these codes; a code that there is not is simply missing."""
        return self.of(domain).filter(code__in=list(codes))
