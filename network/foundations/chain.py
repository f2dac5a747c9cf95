"""Hash chains: each record vouches for all before it, so that a change in the past shows."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

#: What the first record of a chain follows.
START = "0" * 64


def canonical(payload: dict[str, Any]) -> bytes:
    """``payload`` in the one spelling that is hashed: sorted keys, no blanks, UTF-8."""
    return json.dumps(
        payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder
    ).encode()


def digest(previous: str, payload: dict[str, Any]) -> str:
    """The digest of a record that follows the one with digest ``previous``.

    One chain for each aggregate: lock its head row, take the digest there as ``previous``, write the
    record and the new head in the same transaction.
    """
    return hashlib.sha256(previous.encode() + b"\n" + canonical(payload)).hexdigest()


def first_break(links: Iterable[tuple[dict[str, Any], str]]) -> int | None:
    """The index of the first record whose digest does not follow from those before it, if any.

    ``links`` are payloads with the digests that were stored with them, from the start of the chain.
    """
    previous = START
    for index, (payload, stored) in enumerate(links):
        if digest(previous, payload) != stored:
            return index
        previous = stored
    return None
