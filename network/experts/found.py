"""What was found elsewhere, carried through a form for its person to choose from: signed, hers, for a day."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from network.foundations.exceptions import Refused

_DAY = 24 * 60 * 60


def pack(user_id: int | None, thing: Any) -> str:
    return signing.dumps(thing, salt=f"experts.found:{user_id}", compress=True)


def unpack(user_id: int | None, packed: str) -> Any:
    """Raises ``Refused`` for what was not packed for her, or too long ago."""
    try:
        return signing.loads(packed, salt=f"experts.found:{user_id}", max_age=_DAY)
    except signing.BadSignature:
        raise Refused(_("This list is not fresh any more. Look it up again.")) from None
