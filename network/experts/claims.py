"""Whether somebody from a list has come, or does not want to be there."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.crypto import salted_hmac

from network.accounts.models import ListRefusal, User

_SALT = "experts.roster.refusal"


def is_claimed(person: User) -> bool:
    """Whether somebody has come and shown that the address is hers."""
    return (
        person.has_usable_password()
        or person.last_login is not None
        or not person.is_active
        or EmailAddress.objects.filter(user=person, verified=True).exists()
    )


def has_refused(email: str) -> bool:
    """Whether the person with this address did not want to stand in lists. One question."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    hashes = [refusal_hash(email, secret) for secret in secrets]
    return ListRefusal.objects.filter(email_hash__in=hashes).exists()


def refusal_hash(email: str, secret: str = "") -> str:
    """Whoever sees the table cannot try addresses out without the secret."""
    key = secret or str(settings.SECRET_KEY)
    return salted_hmac(_SALT, email.lower(), secret=key, algorithm="sha256").hexdigest()
