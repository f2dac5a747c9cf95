"""What tests of sign-in do again and again."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail

from tests import people


def code_in(message: mail.EmailMessage) -> str:
    """The code that stands alone on a line of the mail."""
    found = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", message.body, re.MULTILINE)
    assert found, message.body
    return found.group(1)


def totp_code(secret: str = people.TOTP_SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


SIGN_UP = {
    "name": "María José Ñáñez",
    "email": "maria@example.org",
    "password1": "",
    "language": "es",
    "agree": "on",
}
