"""Text that people write: made clean once, at write time, by the one policy of the house.

``clean`` takes any HTML (typed, pasted from Word, forged) and gives HTML of the policy in
``policy.py``: parsed within limits (``parsing``), tidied as a tree (``tidying``), sanitised and
linkified by bleach, and sanitised once more by nh3 with the same allow list (``nets``).
"""

from django.utils.translation import gettext as _

from network.foundations.richtext.nets import through_bleach, through_nh3
from network.foundations.richtext.parsing import TooMuch, parse, read
from network.foundations.richtext.plain import excerpt, is_empty, to_text
from network.foundations.richtext.policy import TOKEN
from network.foundations.richtext.tidying import as_html, tidy
from network.foundations.richtext.typed import from_plain_text, looks_like_html
from network.foundations.richtext.watchers import objection, watchers

__all__ = [
    "TOKEN",
    "clean",
    "excerpt",
    "from_plain_text",
    "is_empty",
    "looks_like_html",
    "objection",
    "to_text",
    "watchers",
]


def clean(html: str) -> str:
    """``html`` by the policy; raises ``ValidationError`` where it is too long or nested too deeply.

    Cleaning what is clean changes nothing.
    """
    from django.core.exceptions import ValidationError

    try:
        tidied = as_html(tidy(read(parse(html))))
    except TooMuch as error:
        raise ValidationError(error.sentence(_), code="too_much") from None
    return through_nh3(through_bleach(tidied)) if tidied else ""
