"""Who has which address: topics name people by their username alone, the list of users has the rest."""

import csv
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


def stand_in(username: str, host: str) -> str:
    """For whom nobody knows an address: one that can never receive mail, so that no stranger claims it."""
    return f"{quote(username.lower(), safe='')}@{host.partition(':')[0]}.invalid"


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
