"""What people agree to when they give consent to processing. A new text is a new version, never an edit."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.accounts.enums import Purpose


@dataclass(frozen=True)
class Wording:
    """One version of one text, as shown beside the box that is ticked."""

    purpose: Purpose
    version: str
    text: str | Promise


#: Newest last, for each purpose.
WORDINGS = [
    Wording(
        Purpose.ACCOUNT,
        "2026-11",
        _(
            "The network keeps my name, my e-mail address and what I add to it, so that I can take part and "
            "others can find me as far as I choose. I can take my data out or leave at any time."
        ),
    ),
]


def current(purpose: Purpose) -> Wording:
    return [wording for wording in WORDINGS if wording.purpose == purpose][-1]
