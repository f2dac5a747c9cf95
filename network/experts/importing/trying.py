"""What would happen to each row, without writing anything."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts.importing import headers
from network.experts.importing.rows import Rejection, Vocabularies, email_in, person_in
from network.foundations.tables import Table

_AT_ONCE = 500
#: Reasons that are shown before it is brought in; all of them stand in the file afterwards.
SHOWN = 30


class Seen:
    """Addresses of the rows above: the second of two with the same is a slip."""

    def __init__(
        self, rows: Iterable[tuple[int, list[str]]] = (), columns: Mapping[int, str] | None = None
    ) -> None:
        self._lines: dict[str, int] = {}
        for line, cells in rows:
            try:
                self._lines.setdefault(email_in(headers.told_by(cells, columns or {}).get("email", "")), line)
            except Rejection:
                continue

    def once(self, email: str, line: int) -> None:
        """Raises ``Rejection`` where it stands above."""
        if email in self._lines:
            raise Rejection(
                _("%(email)s stands on line %(line)d already.") % {"email": email, "line": self._lines[email]}
            )
        self._lines[email] = line


def tried(found: Table, columns: Mapping[int, str]) -> dict[str, Any]:
    """How many would be new, known, left alone or not taken, and why. A few questions for any number."""
    known = Vocabularies()
    seen = Seen()
    emails: list[str] = []
    reasons: list[list[Any]] = []
    for line, cells in found.rows:
        try:
            person = person_in(headers.told_by(cells, columns), known)
            seen.once(person.email, line)
            emails.append(person.email)
        except Rejection as rejection:
            reasons.append([line, str(rejection)])
    counts = _counted(emails)
    return {"counts": {**counts, "REJECTED": len(reasons)}, "reasons": reasons[:SHOWN]}


def _counted(emails: list[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for start in range(0, len(emails), _AT_ONCE):
        some = emails[start : start + _AT_ONCE]
        rows = User.objects.annotate(lower=Lower("email")).filter(lower__in=some)
        there = set(rows.values_list("lower", flat=True))
        verified = EmailAddress.objects.filter(verified=True).values("user")
        hers = Q(last_login__isnull=False) | Q(is_active=False) | Q(pk__in=verified)
        hers |= ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        counts["ADDED"] += len(some) - len(there)
        counts["CLAIMED"] += rows.filter(hers).count()
        counts["KNOWN"] += len(there) - rows.filter(hers).count()
    return counts
