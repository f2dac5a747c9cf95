"""A person's consent to the processing of her data."""

from network.accounts import wordings
from network.accounts.enums import Purpose
from network.accounts.models import ProcessingConsent, User


def give_consent(*, person: User, purpose: Purpose = Purpose.ACCOUNT) -> ProcessingConsent:
    """Record that she agreed to the wording that stands now."""
    consent, _made = ProcessingConsent.objects.get_or_create(
        person=person, purpose=purpose, wording=wordings.current(purpose).version, withdrawn_at=None
    )
    return consent
