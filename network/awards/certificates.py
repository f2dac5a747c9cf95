"""Certificates and letters as PDF files. All that people wrote goes in as data and is never markup."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.awards.models import Certificate, Nomination
from network.calls.models import Call
from network.foundations.typesetting import typeset

_HERE = Path(__file__).parent / "print"


def certificate_pdf(certificate: Certificate) -> bytes:
    """In the reader's language, with the code by which anybody can verify it."""
    laureate = certificate.laureate
    return typeset(_HERE / "certificate.typ", {
        "title": _("Certificate"),
        "edition": str(laureate.edition),
        "award": str(laureate.get_medal_display()),
        "category": str(laureate.get_category_display()),
        "party": str(laureate.party or laureate.awarded_to),
        "site": laureate.site_name,
        "for": _("for the national clearing-house"),
        "day": date_format(laureate.edition.held_on or certificate.issued_at.date(), "DATE_FORMAT"),
        "place": laureate.edition.place,
        "verify": _("Verify this certificate at"),
        "address": settings.NETWORK_BASE_URL + certificate.get_absolute_url(),
        "code": certificate.code,
    })  # fmt: skip


def _day_of(call: Call) -> date:
    """Of the release; of a preview the day for which that is planned, or today."""
    return (call.released_at or call.release_at or call.at).date()


def letter_pdf(nomination: Nomination, outcome: str, feedback: list[dict[str, Any]]) -> bytes:
    """What the nominee is told after the release, to be filed."""
    return typeset(_HERE / "letter.typ", {
        "title": _("Result of the nomination"),
        "edition": str(nomination.edition),
        "party": str(nomination.case.party),
        "site": nomination.site_name,
        "result": outcome,
        "result_title": _("The decision"),
        "feedback_title": _("What the jury saw, criterion by criterion"),
        "nothing": _("Too few scores count for a statement on each criterion."),
        "rows": [[str(row["label"]), str(row["words"]), str(row["place"])] for row in feedback],
        "thanks": _("Thank you for your nomination."),
        "day": date_format(_day_of(nomination.edition.call), "DATE_FORMAT"),
    })  # fmt: skip
