"""Who has which address, and who liked what: topics name people by their username alone and count likes
without names. Tables that an administrator exports have the rest."""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from communities.forums.discourse.files import NotAnArchive


def read_addresses(path: Path) -> dict[str, str]:
    """Addresses by username, from the list of users that an administrator of Discourse exports."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"username", "email"} <= set(rows.fieldnames or ()):
                raise NotAnArchive(f"{path} has no columns 'username' and 'email'.")
            pairs = [((row["username"] or "").lower(), (row["email"] or "").strip().lower()) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise NotAnArchive(f"{path} is no table (CSV, UTF-8) that can be read.") from None
    return {username: address for username, address in pairs if username and _is_address(address)}


@dataclass(frozen=True)
class Liked:
    """Somebody liked a post; ``at`` where the table says when."""

    username: str
    at: datetime | None


def read_likes(path: Path) -> dict[int, list[Liked]]:
    """Who liked which post, by its number: a table with the columns ``post_id`` and ``username``, and
    ``created_at`` if it is known."""
    found: dict[int, list[Liked]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"post_id", "username"} <= set(rows.fieldnames or ()):
                raise NotAnArchive(f"{path} has no columns 'post_id' and 'username'.")
            for row in rows:
                number, username = (row["post_id"] or "").strip(), (row["username"] or "").strip().lower()
                if username and number.isascii() and number.isdigit() and len(number) < 19:
                    found.setdefault(int(number), []).append(Liked(username, _instant(row.get("created_at"))))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise NotAnArchive(f"{path} is no table (CSV, UTF-8) that can be read.") from None
    return found


def _instant(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat((text or "").strip().removesuffix(" UTC"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def stand_in(username: str, host: str) -> str:
    """For whom nobody knows an address: one that can never receive mail, so that no stranger claims it."""
    return f"{quote(username.lower(), safe='')}@{host.partition(':')[0]}.invalid"


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
